import { useTranslation } from 'react-i18next'

import type { JournalEntry } from '@/src/domain/journal'

import { Age } from '../../components/age'
import { HealthMark } from '../../components/health-mark'
import { useNow } from '../../components/use-now'
import { formatCount, formatExact } from '../../text/format'
import { formatUntil } from '../../text/times'
import { type CheckInEntry, isDone } from './entries'
import { useCheckInChoices } from './list-choices'
import { STATE_LOOK } from './state-mark'
import type { CheckInView } from './use-check-in-view'

interface Props {
  view: CheckInView
  run: JournalEntry | null
  nextAtMs: number | null
}

/** How many accounts are in which state, as filters; when the next one is asked, and the last was. */
export function Summary({ view, run, nextAtMs }: Props) {
  const { t, i18n } = useTranslation('check-in')
  const now = useNow()
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <StateChips counts={view.counts} />
      <p className="ms-auto flex flex-wrap items-center gap-x-4 text-12 text-text-2">
        {isAllDone(view.all) && <HealthMark health="good" label={t('all-done')} showWord />}
        <span title={nextAtMs === null ? undefined : formatExact(nextAtMs, i18n.language)}>
          {nextAtMs === null
            ? t('next.none')
            : nextAtMs <= now
              ? t('next.due')
              : t('next.at', { time: formatUntil(nextAtMs, now, i18n.language) })}
        </span>
        {run?.endedAtMs !== undefined && (
          <span>
            {t('last-run')} <Age atMs={run.endedAtMs} />
          </span>
        )}
      </p>
    </div>
  )
}

/** Every check-in there is today is out of the way. */
function isAllDone(entries: readonly CheckInEntry[]): boolean {
  const offered = entries.filter(({ state }) => state !== 'not-offered')
  return offered.length > 0 && offered.every(isDone)
}

function StateChips({ counts }: { counts: CheckInView['counts'] }) {
  const { t, i18n } = useTranslation('check-in')
  const { filters, filter } = useCheckInChoices()
  const chosen = filters.state
  // The chosen one stays, so that it can be taken back.
  const chips =
    chosen === null || counts.some(({ state }) => state === chosen)
      ? counts
      : [...counts, { state: chosen, count: 0 }]
  return (
    <div role="group" aria-label={t('filter.label')} className="flex flex-wrap gap-1.5">
      {chips.map(({ state, count }) => {
        const { icon: Icon, tone } = STATE_LOOK[state]
        return (
          <button
            key={state}
            type="button"
            aria-pressed={chosen === state}
            onClick={() => {
              filter({ state: chosen === state ? null : state })
            }}
            className="inline-flex h-7 items-center gap-1.5 rounded-full border border-line px-2.5 text-12 whitespace-nowrap text-text-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-text"
          >
            <Icon size={12} aria-hidden className={tone} />
            {t(`state.${state}`)}{' '}
            <span className="tabular-nums">{formatCount(count, i18n.language)}</span>
          </button>
        )
      })}
    </div>
  )
}
