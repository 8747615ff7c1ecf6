import { dayKey } from '@/src/domain/day-key'

import { dateFormat, formatDay } from './format'

/** Hours and minutes, of 24 hours: in a column they are compared. */
export function formatClock(atMs: number, locale: string): string {
  return dateFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs)
}

/** A day as a heading, with its weekday; the year only when it is not this one. */
export function formatDayHeading(atMs: number, nowMs: number, locale: string): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  const year = isThisYear ? {} : { year: 'numeric' as const }
  const parts = { weekday: 'long', day: 'numeric', month: 'long', ...year } as const
  return dateFormat(locale, parts).format(atMs)
}

/** A moment to come: the time of day, with its date where that is another day. */
export function formatUntil(atMs: number, nowMs: number, locale: string): string {
  const time = formatClock(atMs, locale)
  const isToday = dayKey(atMs) === dayKey(nowMs)
  return isToday ? time : `${formatDay(atMs, nowMs, locale)}, ${time}`
}

/** How long something took: `0.4 sec`, `12 sec`, `3 min 20 sec`, `2 hr 5 min`. */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 10_000) return amountOf(Math.round(ms / 100) / 10, 'second', locale)
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts: readonly (readonly [number, Unit])[] =
    hours > 0
      ? [
          [hours, 'hour'],
          [minutes % 60, 'minute'],
        ]
      : [
          [minutes, 'minute'],
          [seconds % 60, 'second'],
        ]
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => amountOf(amount, unit, locale))
    .join(' ')
}

type Unit = 'hour' | 'minute' | 'second'

function amountOf(amount: number, unit: Unit, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)
}
