const DAY_MS = 86_400_000

/** A calendar day, `YYYY-MM-DD`, that exists. */
export function isDay(text: string): boolean {
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  return !Number.isNaN(atMs) && dayOf(atMs) === text
}

/**
 * Days in a row that end with the newest of `days`: all of one month, each once, newest first.
 * `total` = how many there ever were. `null` = the row may have begun in the month before.
 */
export function daysInARow(days: readonly string[], total: number | undefined): number | null {
  let length = days.length > 0 ? 1 : 0
  while (length < days.length && days[length] === dayBefore(days[length - 1] ?? '')) length += 1
  const isCutOff = days[length - 1]?.endsWith('-01') === true
  return isCutOff && total !== length ? null : length
}

const dayBefore = (day: string) => dayOf(Date.parse(`${day}T00:00:00Z`) - DAY_MS)

const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10)
