import { Square, SquareCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import type { Candidate } from './candidates'
import { choose, useImport } from './import-store'

export interface CandidateItem {
  readonly candidate: Candidate
  /** Accounts there are already at this site. */
  readonly stored: readonly GlanceRow[]
}

interface Props {
  item: CandidateItem
  tabIndex: 0 | -1
}

/** One site that may be looked at; the whole row takes the click. */
export function CandidateRow({ item: { candidate, stored }, tabIndex }: Props) {
  const { t, i18n } = useTranslation('import')
  const { origin, label, title, folders } = candidate
  const blocked = useImport((state) => stored.length > 0 && !state.includeStored)
  const chosen = useImport((state) => state.chosen.has(origin)) && !blocked
  const looked = useImport((state) => state.outcomes.has(origin))
  const Box = chosen ? SquareCheck : Square
  const names = new Intl.ListFormat(i18n.language).format(stored.map(({ name }) => name))
  return (
    // A button, not an input: the arrow keys of the list pass inputs by.
    <button
      type="button"
      role="checkbox"
      data-row-target
      tabIndex={tabIndex}
      aria-checked={chosen}
      aria-disabled={blocked}
      onClick={() => {
        if (!blocked) choose([origin], !chosen)
      }}
      className={`flex h-12 w-full items-center gap-3 border-b border-line px-3 text-start -outline-offset-2 aria-disabled:text-text-3 ${chosen ? 'bg-selected' : 'hover:bg-hover'}`}
    >
      <Box size={16} aria-hidden className={`shrink-0 ${chosen ? 'text-accent' : 'text-mark'}`} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{label}</span>
        <span className={`block truncate text-12 ${blocked ? '' : 'text-text-2'}`}>
          {[title, ...folders].filter((part) => part !== '').join(' · ')}
        </span>
      </span>
      <span className="max-w-1/2 truncate text-12">
        {stored.length > 0 ? t('choose.stored', { names }) : looked && t('choose.looked')}
      </span>
    </button>
  )
}
