/** The user's local calendar day as `YYYY-MM-DD`: what "today" means everywhere in the product. */
export function dayKey(atMs: number): string {
  const at = new Date(atMs)
  const month = String(at.getMonth() + 1).padStart(2, '0')
  return `${String(at.getFullYear())}-${month}-${String(at.getDate()).padStart(2, '0')}`
}

/** One local calendar day, in the epoch seconds that site logs use (`contracts/new-api.md 8.3`). */
export interface DayRange {
  readonly dayKey: string
  /** First second of the day. */
  readonly fromSec: number
  /** Last second of the day, inclusive. */
  readonly toSec: number
}

/** The local day that holds `atMs`. 23 or 25 hours long where clocks change. */
export function dayRange(atMs: number): DayRange {
  const at = new Date(atMs)
  const start = new Date(at.getFullYear(), at.getMonth(), at.getDate())
  const next = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1)
  return {
    dayKey: dayKey(atMs),
    fromSec: Math.floor(start.getTime() / 1000),
    toSec: Math.floor(next.getTime() / 1000) - 1,
  }
}
