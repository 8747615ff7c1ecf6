const MINUTE_MS = 60_000

/** A time zone; `summerMin` minutes are added in summer, north or south of the equator. */
export interface Zone {
  readonly baseMin: number
  readonly summerMin: number
  readonly isSouthern: boolean
}

/** Summers of the north, from and to, epoch ms. */
const SUMMERS = [2026, 2027, 2028].map((year) => ({
  fromMs: Date.UTC(year, 2, 29, 1),
  toMs: Date.UTC(year, 9, 25, 1),
}))

/** Offset from UTC at a time, minutes east. */
export function offsetOf({ baseMin, summerMin, isSouthern }: Zone, atMs: number): number {
  if (summerMin === 0) return baseMin
  const isNorthernSummer = SUMMERS.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  return isNorthernSummer === isSouthern ? baseMin : baseMin + summerMin
}

/** The number of the calendar day a clock of that zone shows. */
export function dayNumber(zone: Zone, atMs: number): number {
  return Math.floor((atMs + offsetOf(zone, atMs) * MINUTE_MS) / 86_400_000)
}

/** Minutes since midnight on a clock of that zone. */
export function minuteOfDay(zone: Zone, atMs: number): number {
  const local = Math.floor(atMs / MINUTE_MS) + offsetOf(zone, atMs)
  return ((local % 1440) + 1440) % 1440
}
