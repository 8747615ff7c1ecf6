import { failed, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import type { Generation } from '@/src/domain/site-type'

import type { Access, PageStorage, SessionTokens, SiteContext, TabSession } from '../adapter'
import { fetchSelf, toFigures } from './account'
import { probeGeneration } from './generation'
import { readPage } from './page'

/** The login a page keeps, confirmed by the site (`contracts/sub2api.md 5`). */
export function readSession(ctx: SiteContext, page: PageStorage): Promise<Result<TabSession>> {
  return settle(async () => {
    const tokens = readPage(page)
    if (!tokens) return raise({ class: 'login', reason: 'no-session-in-page' })
    const { figures, generation } = await confirm(ctx, tokens)
    return sessionOf(tokens, figures, generation)
  })
}
