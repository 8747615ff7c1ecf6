import { markNow } from '@/src/domain/check-in-mark'
import type { GlanceRow } from '@/src/domain/glance'

/** How the day's check-ins stand, of all accounts that are known to have one. */
export interface CheckInCounts {
  readonly all: number
  /** By evidence of the current day. */
  readonly done: number
  /** Only a person can go on. */
  readonly waiting: number
}

export function checkInCounts(rows: readonly GlanceRow[], nowMs: number): CheckInCounts {
  const offered = rows.filter(
    ({ disabled, checkIn }) => !disabled && checkIn && checkIn.state !== 'not-offered',
  )
  const states = offered.map(({ checkIn }) => markNow(checkIn, nowMs)?.state)
  return {
    all: offered.length,
    done: states.filter((state) => state === 'done' || state === 'done-earlier').length,
    waiting: states.filter((state) => state === 'needs-you').length,
  }
}
