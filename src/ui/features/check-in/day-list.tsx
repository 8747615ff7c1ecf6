import { useTranslation } from 'react-i18next'

import { dateFormat, formatExact } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'
import { dateOf } from './month'
import type { Day } from './month-table'
import { STATE_LOOK } from './state-mark'
import { useDayText } from './use-day-text'

/** The days of a month that something is known of, newest first. */
export function DayList({ days, account }: { days: readonly Day[]; account: GlanceEntry }) {
  const { t, i18n } = useTranslation('check-in')
  const words = useDayText(account)
  if (days.length === 0) return <p className="text-text-2">{t('month.nothing')}</p>
  const newestFirst = [...days].sort((a, b) => (a.day < b.day ? 1 : -1))
  return (
    <ul aria-label={t('month.list')} className="flex flex-col text-12">
      {newestFirst.map((day) => {
        const { icon: Icon, tone } = STATE_LOOK[day.state]
        const [state, ...rest] = words(day)
        return (
          <li key={day.day} className="flex items-center gap-3 border-b border-line py-1.5">
            <time dateTime={day.day} className="w-16 shrink-0 text-text-2">
              {dateFormat(i18n.language, { day: 'numeric', month: 'short' }).format(
                dateOf(day.day),
              )}
            </time>
            <span
              className="flex min-w-0 flex-1 items-center gap-1.5"
              title={day.atMs === undefined ? undefined : formatExact(day.atMs, i18n.language)}
            >
              <Icon size={12} aria-hidden className={`shrink-0 ${tone}`} />
              <span className="shrink-0">{state}</span>
              <span className="min-w-0 truncate text-text-2">{rest.join(' · ')}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
