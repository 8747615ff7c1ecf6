import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { JournalKind } from '@/src/domain/journal'

import { KIND_ICONS } from './entry-mark'

const KINDS = Object.keys(KIND_ICONS) as JournalKind[]

interface Props {
  /** `null` = all. */
  kind: JournalKind | null
  onKind: (kind: JournalKind | null) => void
  onlyProblems: boolean
  onOnlyProblems: (on: boolean) => void
}

/** Narrows the journal; a chosen chip pressed again shows everything. */
export function JournalFilters({ kind, onKind, onlyProblems, onOnlyProblems }: Props) {
  const { t } = useTranslation('journal')
  return (
    <div role="group" aria-label={t('filter.label')} className="flex flex-wrap gap-1.5">
      {KINDS.map((one) => (
        <Chip
          key={one}
          isPressed={kind === one}
          onPress={() => {
            onKind(kind === one ? null : one)
          }}
        >
          {t(`kind.${one}`)}
        </Chip>
      ))}
      <span aria-hidden className="mx-1 border-s border-line" />
      <Chip
        isPressed={onlyProblems}
        onPress={() => {
          onOnlyProblems(!onlyProblems)
        }}
      >
        {t('filter.problems')}
      </Chip>
    </div>
  )
}

interface ChipProps {
  isPressed: boolean
  onPress: () => void
  children: ReactNode
}

function Chip({ isPressed, onPress, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      onClick={onPress}
      className="inline-flex h-7 items-center rounded-full border border-line px-2.5 text-12 whitespace-nowrap text-text-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-text"
    >
      {children}
    </button>
  )
}
