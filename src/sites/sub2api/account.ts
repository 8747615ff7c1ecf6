import { type Result, settle } from '@/src/domain/failure'
import { complete, type Metric, unavailable } from '@/src/domain/metric'
import type { AccountFigures } from '@/src/domain/snapshot'

import type { Access, SiteContext, SiteUser } from '../adapter'
import { expectUser } from '../new-api/identity'
import { fetchData, ME } from './request'
import { dashboardSchema, type SelfAnswer, selfSchema } from './schemas'
import { orUnknown } from './side-call'
import { fetchSubscriptions } from './subscriptions'

const DASHBOARD = '/api/v1/usage/dashboard/stats'

type Totals = Pick<AccountFigures, 'usedTotal' | 'requestsTotal'>

/** Figures with everything beside the user's own answer: three calls, one of them heavy. */
export function fetchFigures(ctx: SiteContext, access: Access): Promise<Result<AccountFigures>> {
  return settle(async () => fullFigures(ctx, access, await fetchSelf(ctx, access)))
}

/** `GET /auth/me` (`contracts/sub2api.md 7`). @throws `identity` when it is about another user. */
export async function fetchSelf(ctx: SiteContext, access: Access): Promise<SelfAnswer> {
  const self = await fetchData(ctx, access, { path: ME }, selfSchema)
  expectUser(self.id, access, ME)
  return self
}

/** Who a bearer typed by the user belongs to: the site tells by the bearer alone. */
export function identify(ctx: SiteContext, accessToken: string): Promise<Result<SiteUser>> {
  return settle(async () => {
    const access: Access = { kind: 'token', userId: '', accessToken }
    const { userId, username } = toFigures(await fetchData(ctx, access, { path: ME }, selfSchema))
    return { userId, username }
  })
}

/** What the user's own answer tells; the rest was not asked for. */
export function toFigures(self: SelfAnswer): AccountFigures {
  const unknown = unavailable('not-collected')
  return {
    userId: self.id,
    username: (self.username || (self.email ?? '').split('@')[0] || '').slice(0, 200),
    unit: 'usd',
    balance: balanceOf(self),
    usedTotal: unknown,
    requestsTotal: unknown,
  }
}

/** {@link toFigures} completed by side calls, each of which may fail by itself. */
export async function fullFigures(
  ctx: SiteContext,
  access: Access,
  self: SelfAnswer,
): Promise<AccountFigures> {
  const [totals, subscriptions] = await Promise.all([
    orUnknown(fetchTotals(ctx, access), {
      usedTotal: unavailable('request-failed'),
      requestsTotal: unavailable('request-failed'),
    }),
    orUnknown(fetchSubscriptions(ctx, access), null),
  ])
  return { ...toFigures(self), ...totals, ...(subscriptions ? { subscriptions } : {}) }
}

/** Charged USD and requests of all time (`contracts/sub2api.md 11`). */
async function fetchTotals(ctx: SiteContext, access: Access): Promise<Totals> {
  const stats = await fetchData(ctx, access, { path: DASHBOARD }, dashboardSchema)
  return {
    usedTotal: complete(stats.total_actual_cost),
    requestsTotal: complete(stats.total_requests),
  }
}

/** Without billing the number means nothing (`contracts/sub2api.md 7`). */
function balanceOf({ balance, run_mode: mode }: SelfAnswer): Metric {
  return mode === 'simple' ? unavailable('unsupported') : complete(balance)
}
