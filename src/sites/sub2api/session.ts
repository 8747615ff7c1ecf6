import { failed, raise, type Result, settle, unwrap } from '@/src/domain/failure'

import type { Access, PageStorage, SessionTokens, SiteContext, TabSession } from '../adapter'
import { fetchSelf, toFigures } from './account'
import { probeGeneration } from './generation'
import { readPage } from './page'

/** The login a page keeps, confirmed by the site (`contracts/sub2api.md 5`). */
export function readSession(ctx: SiteContext, page: PageStorage): Promise<Result<TabSession>> {
  return settle(async () => {
    const tokens = readPage(page)
    return tokens
      ? confirmSession(ctx, tokens)
      : raise({ class: 'login', reason: 'no-session-in-page' })
  })
}

/** There is no login by cookie (`contracts/sub2api.md 2`): without a page nothing can be opened. */
export function openSession(): Promise<Result<Access>> {
  return Promise.resolve(failed({ class: 'unsupported', reason: 'no-cookie-login' }))
}

/** The session of tokens whose user the site itself has named. @throws `identity` and the rest. */
export async function confirmSession(
  ctx: SiteContext,
  { userId, bearer, expiresAtMs, refreshToken }: SessionTokens,
): Promise<TabSession> {
  const access: Access = { kind: 'bearer', userId, bearer, expiresAtMs }
  const self = await fetchSelf(ctx, access)
  return {
    access,
    figures: toFigures(self),
    // Only newer servers have refresh tokens; one may be missing there too (4.1).
    generation: refreshToken === null ? unwrap(await probeGeneration(ctx, access)) : 'sub2api-new',
    existingToken: null,
    tokenCreation: 'none',
  }
}
