import { dayKey } from '@/src/domain/day-key'

/** The month a moment is in on the user's clock, `YYYY-MM`. */
export function monthOf(atMs: number): string {
  return dayKey(atMs).slice(0, 7)
}

/** So many months later, or earlier. */
export function shiftMonth(month: string, by: number): string {
  const { year, index } = partsOf(month)
  return monthOf(new Date(year, index + by, 1).getTime())
}

/**
 * The days of a month in rows of seven, as `YYYY-MM-DD`; `null` = of another month.
 *
 * @param firstDay the weekday a row begins with, 0 = Sunday
 */
export function weeksOf(month: string, firstDay: number): (string | null)[][] {
  const { year, index } = partsOf(month)
  const length = new Date(year, index + 1, 0).getDate()
  const before = (new Date(year, index, 1).getDay() - firstDay + 7) % 7
  const cells = [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`),
  ]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, row) =>
    Array.from({ length: 7 }, (_, at) => cells[row * 7 + at] ?? null),
  )
}

/** A day label as a local date: sites' days are dates and no moments. */
export function dateOf(day: string): Date {
  const { year, index } = partsOf(day)
  return new Date(year, index, Number(day.slice(8)))
}

function partsOf(label: string): { year: number; index: number } {
  return { year: Number(label.slice(0, 4)), index: Number(label.slice(5, 7)) - 1 }
}
