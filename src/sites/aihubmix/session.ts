import { type Result, settle, unwrap } from '@/src/domain/failure'

import type { Access, SiteContext, TabSession } from '../adapter'
import { isMasked } from '../new-api/api-key'
import { accessTokenSchema } from '../new-api/schemas'
import { fetchFigures, toFigures } from './account'
import { fetchPayload } from './request'
import { type SelfAnswer, selfSchema } from './schemas'

/**
 * Who is logged in, seen from a page of the API's own origin (`contracts/other-sites.md 5`).
 *
 * Only a token the user has already is taken over. `GET /call/usr/tkn` is never asked: it hands out
 * a token without saying whether that is a new one, which would end the one in use.
 */
export function readSession(ctx: SiteContext): Promise<Result<TabSession>> {
  return settle(async () => {
    const self = await fetchPayload(ctx, 'browser', { path: '/call/usr/self' }, selfSchema)
    const userId = self.username
    const accessToken = tokenIn(self)
    const access: Access =
      accessToken === null ? { kind: 'cookie', userId } : { kind: 'token', userId, accessToken }
    return {
      access,
      // The guard makes sure that a token found is the user's and works.
      figures: accessToken === null ? toFigures(self) : unwrap(await fetchFigures(ctx, access)),
      generation: 'hosted',
      existingToken: accessToken,
      tokenCreation: 'by-hand',
    }
  })
}

function tokenIn(self: SelfAnswer): string | null {
  const token = accessTokenSchema.safeParse(self.access_token)
  return token.success && !isMasked(token.data) ? token.data : null
}
