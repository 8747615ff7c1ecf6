import { type Result, settle, unwrap } from '@/src/domain/failure'

import type { Access, SiteContext } from '../adapter'
import { fetchSelf } from '../new-api/account'
import { createAccessToken as createLineageToken } from '../one-api/access-token'

/**
 * `GET /api/user/token`, which invalidates the token there was (`contracts/donehub.md 5.2`). As at
 * One API a cookie is checked before and after; a token before, for a cookie that came along would
 * replace its own user's token (`contracts/donehub.md 3.1`).
 */
export function createAccessToken(ctx: SiteContext, access: Access): Promise<Result<string>> {
  return settle(async () => {
    if (access.kind !== 'cookie') await fetchSelf(ctx, access)
    return unwrap(await createLineageToken(ctx, access))
  })
}
