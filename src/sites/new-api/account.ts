import { type Result, settle } from '@/src/domain/failure'
import { complete } from '@/src/domain/metric'
import type { AccountFigures, SiteStatus } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { expectUser } from './identity'
import { fetchData } from './request'
import { type SelfAnswer, selfSchema, type StatusAnswer, statusSchema } from './schemas'

const SELF = '/api/user/self'

/** Reads who an access belongs to, behind the identity guard, and throws like {@link fetchSelf}. */
export type ReadSelf = (ctx: SiteContext, access: Access) => Promise<SelfAnswer>

/** `GET /api/status`, public (`contracts/new-api.md 3.1`). */
export function fetchStatus(ctx: SiteContext): Promise<Result<SiteStatus>> {
  return settle(async () =>
    toStatus(await fetchData(ctx, null, { path: '/api/status' }, statusSchema)),
  )
}

/** The product's view of a status answer; the recharge rate in the order of 3.1. */
export function toStatus(answer: StatusAnswer): SiteStatus {
  const rechargeRate = [answer.price, answer.stripe_unit_price, answer.PaymentUSDRate].find(
    isPositive,
  )
  const { system_name: name, quota_per_unit: quotaPerUnit, usd_exchange_rate: rate } = answer
  return {
    ...(name ? { systemName: name.trim().slice(0, 200) } : {}),
    ...(quotaPerUnit === undefined ? {} : { quotaPerUnit }),
    ...(isPositive(rate) ? { usdExchangeRate: rate } : {}),
    ...(rechargeRate === undefined ? {} : { rechargeRate }),
    ...(answer.checkin_enabled === undefined ? {} : { checkInEnabled: answer.checkin_enabled }),
    ...(answer.turnstile_check === undefined ? {} : { turnstile: answer.turnstile_check }),
    ...(answer.theme === undefined ? {} : { theme: answer.theme }),
  }
}

/** `GET /api/user/self` behind the identity guard (`contracts/new-api.md 4.1`). */
export function fetchFigures(ctx: SiteContext, access: Access): Promise<Result<AccountFigures>> {
  return settle(async () => toFigures(await fetchSelf(ctx, access)))
}

/** The raw answer; @throws `identity` when it is about another user than `access.userId`. */
export async function fetchSelf(ctx: SiteContext, access: Access): Promise<SelfAnswer> {
  const self = await fetchData(ctx, access, { path: SELF }, selfSchema)
  expectUser(self.id, access, SELF)
  return self
}

export function toFigures(self: SelfAnswer): AccountFigures {
  return {
    userId: self.id,
    // Some relatives leave the user name empty (4.1).
    username: (self.username || self.display_name || '').slice(0, 200),
    ...(self.group ? { group: self.group } : {}),
    balance: complete(self.quota),
    usedTotal: complete(self.used_quota),
    requestsTotal: complete(self.request_count),
  }
}

const isPositive = (value: number | undefined): value is number => value !== undefined && value > 0
