import { type DayRange, dayKey } from '@/src/domain/day-key'
import { type Result, settle } from '@/src/domain/failure'
import { complete, type MetricReason, unavailable } from '@/src/domain/metric'
import type { TodayUse } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { fetchSelf } from './account'
import { fetchData } from './request'
import { type SelfAnswer, statsSchema } from './schemas'
import { sumDayRows } from './usage-rows'

const STATS = '/api/v1/usage/stats'

/** Today's use of the account's user; the user is looked at first, as usage answers name none. */
export function fetchTodayUse(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
): Promise<Result<TodayUse>> {
  return settle(async () => readDay(ctx, access, day, await fetchSelf(ctx, access)))
}

/**
 * One call: the sum of the day in the browser's own zone (`contracts/sub2api.md 11`). Old servers
 * ignore the zone and would answer for their own day, so there the rows are summed up instead.
 */
export function readDay(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  self: SelfAnswer,
): Promise<TodayUse> {
  return knowsZones(self) ? readSum(ctx, access, day) : sumDayRows(ctx, access, day)
}

/** Today's use of which nothing is known. */
export function unknownDay({ dayKey: key }: DayRange, why: MetricReason): TodayUse {
  const unknown = unavailable(why)
  return {
    dayKey: key,
    consumption: unknown,
    requests: unknown,
    promptTokens: unknown,
    completionTokens: unknown,
  }
}

async function readSum(ctx: SiteContext, access: Access, day: DayRange): Promise<TodayUse> {
  const timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const call = { path: STATS, query: { period: 'today', timezone } }
  const stats = await fetchData(ctx, access, call, statsSchema)
  // Work that began before midnight: the answer is about the next day already.
  if (dayKey(ctx.now()) !== day.dayKey) return unknownDay(day, 'wrong-period')
  return {
    dayKey: day.dayKey,
    consumption: complete(stats.total_actual_cost),
    requests: complete(stats.total_requests),
    promptTokens: complete(stats.total_input_tokens),
    completionTokens: complete(stats.total_output_tokens),
  }
}

/** Fields of a user that came after the first servers, which know no zones (7, 11). */
function knowsZones(self: SelfAnswer): boolean {
  return [self.frozen_balance, self.total_recharged, self.rpm_limit].some(
    (field) => field !== undefined,
  )
}
