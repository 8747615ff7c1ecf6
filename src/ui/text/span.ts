const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long something still lasts, in whole days, or hours under a day; at least one hour. */
export function formatSpan(ms: number, locale: string): string {
  const isDays = ms >= DAY_MS
  const unit = isDays ? 'day' : 'hour'
  const amount = Math.max(1, Math.round(ms / (isDays ? DAY_MS : HOUR_MS)))
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
}
