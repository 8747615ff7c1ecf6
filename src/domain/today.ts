import { dayKey } from './day-key'
import type { GlanceRow } from './glance'
import { type Metric, unavailable } from './metric'

/** Today's use of a row as of `nowMs`: yesterday's number is not today's. */
export function todayOf(row: Pick<GlanceRow, 'today' | 'todayKey'>, nowMs: number): Metric {
  if (row.todayKey === undefined || row.todayKey === dayKey(nowMs)) return row.today
  return unavailable('wrong-period')
}
