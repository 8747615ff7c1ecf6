import { raise, type Result, settle, unwrap } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { createAccessToken as createFamilyToken } from '../new-api/access-token'
import { fetchFigures, fetchSelf } from '../new-api/account'

/**
 * As New API's (`contracts/new-api.md 14`), but a cookie is first checked to be the account's:
 * nothing in the request itself keeps it from replacing the token of whoever is logged in by now.
 */
export function createAccessToken(ctx: SiteContext, access: Access): Promise<Result<string>> {
  return settle(async () => {
    if (access.kind !== 'cookie') return unwrap(await createFamilyToken(ctx, access))
    await fetchSelf(ctx, access)
    const accessToken = unwrap(await createFamilyToken(ctx, access))
    const { userId } = access
    const owner = await fetchFigures(ctx, { kind: 'token', userId, accessToken })
    // Only a proven stranger's token is thrown away: the previous one no longer works either way.
    if (!owner.ok && owner.failure.class === 'identity') raise(owner.failure)
    return accessToken
  })
}
