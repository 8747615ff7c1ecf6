import type { DayRange } from '@/src/domain/day-key'
import { type Result, settle } from '@/src/domain/failure'

import type { Access, Refreshed, SiteContext } from '../adapter'
import { fetchSelf, fullFigures } from './account'
import { orUnknown } from './side-call'
import { readDay, unknownDay } from './today'

/**
 * Figures and today's use of one user in four calls, two of them heavy (`contracts/sub2api.md 2`;
 * five where progress of subscriptions is missing). The user is confirmed before anything else is
 * asked; what the rest fails to tell is left unknown.
 */
export function refresh(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
): Promise<Result<Refreshed>> {
  return settle(async () => {
    const self = await fetchSelf(ctx, access)
    const [figures, today] = await Promise.all([
      fullFigures(ctx, access, self),
      orUnknown(readDay(ctx, access, day, self), unknownDay(day, 'request-failed')),
    ])
    return { figures, today }
  })
}
