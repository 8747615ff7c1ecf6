import * as z from 'zod/mini'

import { type Result, settle } from '@/src/domain/failure'
import type { AccountFigures } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { type ReadSelf, toFigures } from '../new-api/account'
import { expectUser } from '../new-api/identity'
import { fetchData } from '../new-api/request'
import { selfSchema } from '../new-api/schemas'

const PATH = '/api/user/self'

const veloeraSelfSchema = z.extend(selfSchema, {
  /** Since v0.5.12; spent before `quota`. */
  subscription_quota: z.optional(z.nullable(z.int())),
})

/**
 * `GET /api/user/self` behind the identity guard (`contracts/veloera.md 5.1`), in the family's form:
 * what remains is quota and subscription together, and the access token has lost the blanks it may
 * be padded with (3.1).
 */
export const readSelf: ReadSelf = async (ctx, access) => {
  const answer = await fetchData(ctx, access, { path: PATH }, veloeraSelfSchema)
  const { subscription_quota: subscription, ...self } = answer
  expectUser(self.id, access, PATH)
  return {
    ...self,
    quota: self.quota + (subscription ?? 0),
    access_token: self.access_token?.trim(),
  }
}

export function fetchFigures(ctx: SiteContext, access: Access): Promise<Result<AccountFigures>> {
  return settle(async () => toFigures(await readSelf(ctx, access)))
}
