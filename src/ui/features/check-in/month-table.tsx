import { useTranslation } from 'react-i18next'

import { dayKey } from '@/src/domain/day-key'
import type { OutputOf } from '@/src/messaging/protocol'

import { useNow } from '../../components/use-now'
import { dateFormat } from '../../text/format'
import type { GlanceEntry } from '../../view/glance-view'
import { dateOf, weeksOf } from './month'
import { STATE_LOOK } from './state-mark'
import { useDayText } from './use-day-text'

export type Day = OutputOf<'checkIn.month'>['days'][number]

/** The weekday calendars begin with, 0 = Sunday. */
const FIRST_DAY: Readonly<Record<string, number>> = { 'zh-CN': 1 }

interface Props {
  /** `YYYY-MM`. */
  month: string
  /** The month in words. */
  name: string
  days: readonly Day[]
  account: GlanceEntry
}

/** A month as a calendar; days nobody knows anything of stay empty. */
export function MonthTable({ month, name, days, account }: Props) {
  const { i18n } = useTranslation('check-in')
  const today = dayKey(useNow())
  const firstDay = FIRST_DAY[i18n.language] ?? 0
  const known = new Map(days.map((day) => [day.day, day]))
  const weeks = weeksOf(month, firstDay)
  return (
    <table className="w-full table-fixed text-center tabular-nums">
      <caption className="sr-only">{name}</caption>
      <thead>
        <tr>
          {weekdays(firstDay, i18n.language).map(({ short, long }) => (
            <th key={long} scope="col" abbr={long} className="text-12 font-normal text-text-2">
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, row) => (
          <tr key={row}>
            {week.map((day, at) =>
              day === null ? (
                <td key={at} />
              ) : (
                <td key={day} aria-current={day === today ? 'date' : undefined} className="p-1">
                  <DayCell
                    day={day}
                    isToday={day === today}
                    known={known.get(day)}
                    account={account}
                  />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  day: string
  isToday: boolean
  known: Day | undefined
  account: GlanceEntry
}

function DayCell({ day, isToday, known, account }: CellProps) {
  const words = useDayText(account)
  const text = known && words(known).join(', ')
  const look = known && STATE_LOOK[known.state]
  return (
    <span
      title={text}
      className={`flex h-9 flex-col items-center rounded-control border ${isToday ? 'border-line-strong' : 'border-transparent'} ${known ? 'bg-panel' : 'text-text-3'}`}
    >
      {String(dateOf(day).getDate())}
      {look && <look.icon size={12} aria-hidden className={look.tone} />}
      <span className="sr-only">{text}</span>
    </span>
  )
}

function weekdays(firstDay: number, locale: string): { short: string; long: string }[] {
  const name = (width: 'narrow' | 'long', at: number) =>
    // The first of November 2026 is a Sunday.
    dateFormat(locale, { weekday: width }).format(new Date(2026, 10, 1 + firstDay + at))
  return Array.from({ length: 7 }, (_, at) => ({
    short: name('narrow', at),
    long: name('long', at),
  }))
}
