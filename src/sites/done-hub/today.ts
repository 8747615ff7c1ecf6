import type { DayRange } from '@/src/domain/day-key'
import { type Result, settle } from '@/src/domain/failure'
import type { TodayUse } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { readDay } from '../new-api/today'
import { asOwner } from './owner'

/** Today's use (`contracts/donehub.md 7.4`); the sum of the light call names nobody. */
export function fetchTodayUse(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
): Promise<Result<TodayUse>> {
  return settle(() =>
    asOwner(ctx, access, async () => (await readDay(ctx, access, day, 'one-hub')).today),
  )
}
