import { type Result, settle } from '@/src/domain/failure'
import { complete, type Metric, unavailable } from '@/src/domain/metric'
import type { AccountFigures } from '@/src/domain/snapshot'

import type { Access, SiteContext, SiteUser } from '../adapter'
import { expectUser } from '../new-api/identity'
import { fetchPayload, proofOf } from './request'
import { type SelfAnswer, selfSchema } from './schemas'

const SELF = '/api/user/self'

/** Who a token belongs to; the user name is the identity (`contracts/other-sites.md 5`). */
export function identify(ctx: SiteContext, accessToken: string): Promise<Result<SiteUser>> {
  return settle(async () => {
    const proof = proofOf({ kind: 'token', userId: '', accessToken })
    const self = await fetchPayload(ctx, proof, { path: SELF }, selfSchema)
    return { userId: self.username, username: nameOf(self) }
  })
}

export function fetchFigures(ctx: SiteContext, access: Access): Promise<Result<AccountFigures>> {
  return settle(async () => toFigures(await fetchSelf(ctx, access)))
}

/** The user behind the identity guard. @throws `identity` when it is another than the access's. */
export async function fetchSelf(ctx: SiteContext, access: Access): Promise<SelfAnswer> {
  const self = await fetchPayload(ctx, proofOf(access), { path: SELF }, selfSchema)
  expectUser(self.username, access, SELF)
  return self
}

/** Quota points. The totals are those of a life-time, never of a day. */
export function toFigures(self: SelfAnswer): AccountFigures {
  return {
    userId: self.username,
    username: nameOf(self),
    unit: 'points',
    balance: complete(self.quota),
    usedTotal: metricOf(self.used_quota),
    requestsTotal: metricOf(self.request_count),
  }
}

export const metricOf = (value: number | undefined): Metric =>
  value === undefined ? unavailable('invalid-answer') : complete(value)

const nameOf = ({ username, display_name: name }: SelfAnswer): string =>
  (name || username).slice(0, 200)
