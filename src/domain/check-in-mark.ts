import type { CheckInMark } from './check-in'

/**
 * What a check-in mark still says now; `null` = nothing about the current day of the site. Apart
 * from the schemas, which no page needs.
 */
export function markNow(mark: CheckInMark | undefined, nowMs: number): CheckInMark | null {
  // A clock that was set back does not make a mark of the future true.
  return mark && nowMs < mark.untilMs && mark.atMs <= nowMs + 60_000 ? mark : null
}
