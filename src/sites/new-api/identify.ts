import { failureOf, raise, type Result, settle } from '@/src/domain/failure'

import type { Access, SiteContext, SiteUser } from '../adapter'
import { toFigures } from './account'
import { fetchData } from './request'
import { selfSchema } from './schemas'

const PATH = '/api/user/self'

/**
 * Who a token belongs to. One API, One Hub and G2+ answer to the token alone; older New API and its
 * relatives want the user id with it (`contracts/new-api.md 2.4`).
 */
export function identify(ctx: SiteContext, accessToken: string): Promise<Result<SiteUser>> {
  return settle(async () => {
    const access: Access = { kind: 'token', userId: '', accessToken }
    try {
      const { userId, username } = toFigures(
        await fetchData(ctx, access, { path: PATH }, selfSchema),
      )
      return { userId, username }
    } catch (thrown) {
      const { reason } = failureOf(thrown)
      if (reason !== 'user-header-missing') throw thrown
      return raise({ class: 'input', reason: 'user-id-needed', field: 'userId' }, thrown)
    }
  })
}
