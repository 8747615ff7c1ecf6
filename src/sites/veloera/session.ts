import { raise, type Result, settle, unwrap } from '@/src/domain/failure'

import type { PageStorage, SiteContext, TabSession } from '../adapter'
import { sessionOf, storedUserId } from '../new-api/session'
import { readSelf } from './self'
import { probeGeneration } from './status'

/** The user of the last login; it outlives an expired cookie (`contracts/veloera.md 11`). */
export const PAGE_STORAGE_KEYS = ['user'] as const

/**
 * Who is logged in. Every request must name the user (`contracts/veloera.md 3.1`), so only page
 * storage can say whom to ask about; the site confirms it or refuses.
 */
export function readSession(ctx: SiteContext, page: PageStorage): Promise<Result<TabSession>> {
  return settle(async () => {
    const userId = storedUserId(page)
    if (userId === null) return raise({ class: 'login', reason: 'no-session-in-page' })
    const generation = unwrap(await probeGeneration(ctx))
    return sessionOf(ctx, { kind: 'cookie', userId }, generation, readSelf)
  })
}
