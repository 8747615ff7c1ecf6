import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { JournalEntry } from '@/src/domain/journal'

import { useNow } from '../../components/use-now'
import { formatExact } from '../../text/format'
import { formatClock, formatDayHeading, formatDuration } from '../../text/times'
import type { GlanceEntry } from '../../view/glance-view'
import { EntryDetails } from './entry-details'
import { EntryMark, KIND_ICONS } from './entry-mark'
import type { JournalItem } from './journal-items'
import { useEntryCounts } from './use-entry-counts'

interface Props {
  item: JournalItem
  accounts: ReadonlyMap<string, GlanceEntry>
  isOpen: boolean
  onToggle: (id: string) => void
  /** Of all rows only one is a stop of the Tab key. */
  tabIndex: 0 | -1
}

/** One job: when, what, why, and what came of it; opened, what came of each account. */
export function EntryRow({ item, accounts, isOpen, onToggle, tabIndex }: Props) {
  const { t } = useTranslation('journal')
  const detailsId = useId()
  const { entry, isFirstOfDay } = item
  const Icon = KIND_ICONS[entry.kind]
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      {isFirstOfDay && <DayHeading atMs={entry.startedAtMs} />}
      <div className="border-b border-line">
        <button
          type="button"
          data-row-target
          tabIndex={tabIndex}
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId : undefined}
          onClick={() => {
            onToggle(entry.id)
          }}
          className="flex min-h-11 w-full flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-start hover:bg-hover"
        >
          <Chevron size={16} aria-hidden className="shrink-0 text-text-2" />
          <Time atMs={entry.startedAtMs} />{' '}
          <span className="flex w-36 shrink-0 items-center gap-1.5 font-medium">
            <Icon size={16} aria-hidden className="shrink-0 text-text-2" />
            {t(`kind.${entry.kind}`)}
          </span>{' '}
          <span className="min-w-0 flex-1 basis-64">
            <Result entry={entry} />
          </span>{' '}
          <span className="flex flex-1 basis-72 items-center justify-between gap-4 text-12 text-text-2">
            <span>{t(`why.${entry.why}`)}</span> <Took entry={entry} />
          </span>
        </button>
        {isOpen && (
          <div id={detailsId} className="px-3 pt-1 pb-3 ps-11">
            <EntryDetails entry={entry} accounts={accounts} tabIndex={tabIndex} />
          </div>
        )}
      </div>
    </>
  )
}

function DayHeading({ atMs }: { atMs: number }) {
  const { i18n } = useTranslation('journal')
  const now = useNow()
  return (
    <h2 className="border-b border-line bg-panel px-3 py-1.5 text-12 font-semibold text-text-2">
      {formatDayHeading(atMs, now, i18n.language)}
    </h2>
  )
}

function Time({ atMs }: { atMs: number }) {
  const { i18n } = useTranslation('journal')
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs, i18n.language)}
      className="w-16 shrink-0 tabular-nums"
    >
      {formatClock(atMs, i18n.language)}
    </time>
  )
}

/** How it stands in a word, and its parts counted. */
function Result({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation('journal')
  const counts = useEntryCounts()(entry)
  return (
    <span className="flex items-start gap-1.5">
      <span className="mt-0.5 flex">
        <EntryMark state={entry.state} />
      </span>
      <span>
        {t(`state.${entry.state}`)}{' '}
        {counts !== '' && <span className="ms-1 text-text-2 tabular-nums">{counts}</span>}
      </span>
    </span>
  )
}

/** How long it took, or has taken so far. */
function Took({ entry: { startedAtMs, endedAtMs } }: { entry: JournalEntry }) {
  const { t, i18n } = useTranslation('journal')
  const now = useNow()
  const ms = Math.max(0, (endedAtMs ?? now) - startedAtMs)
  const duration = formatDuration(ms, i18n.language)
  return (
    <span className="shrink-0 tabular-nums">
      {endedAtMs === undefined ? t('so-far', { duration }) : duration}
    </span>
  )
}
