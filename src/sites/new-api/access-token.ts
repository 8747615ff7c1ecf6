import { type Failure, failureOf, raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { isUnclear } from '../uncertain'
import { fetchData } from './request'
import { accessTokenSchema } from './schemas'

const PATH = '/api/user/token'

/**
 * `GET /api/user/token`, once: it makes a new token and invalidates the previous one
 * (`contracts/new-api.md 2.5`). Where no clear answer came back the failure is `interrupted`: the
 * old token may be gone.
 */
export function createAccessToken(ctx: SiteContext, access: Access): Promise<Result<string>> {
  return settle(async () => {
    if (ctx.signal?.aborted) raise({ class: 'cancelled', path: PATH })
    try {
      return await fetchData(ctx, access, { path: PATH, changes: true }, accessTokenSchema)
    } catch (thrown) {
      return raise(afterSending(failureOf(thrown)), thrown)
    }
  })
}

function afterSending(failure: Failure): Failure {
  return isUnclear(failure)
    ? { ...failure, class: 'interrupted', reason: failure.reason ?? failure.class }
    : failure
}
