import { type Result, settle } from '@/src/domain/failure'

import type { PageStorage, SiteContext, TabSession } from '../adapter'
import { fetchData } from '../new-api/request'
import { selfSchema } from '../new-api/schemas'
import { sessionOf, storedUserId } from '../new-api/session'

/**
 * Who is logged in. One API renews no sessions and names no user in a request
 * (`contracts/new-api.md 14`), so the answer to the cookie decides; where storage names somebody
 * else, one of the two is stale and the identity guard refuses.
 */
export function readSession(ctx: SiteContext, page: PageStorage): Promise<Result<TabSession>> {
  return settle(async () => {
    const userId = storedUserId(page) ?? (await askWho(ctx))
    return sessionOf(ctx, { kind: 'cookie', userId }, 'one-api')
  })
}

async function askWho(ctx: SiteContext): Promise<string> {
  const nobody = { kind: 'cookie', userId: '' } as const
  return (await fetchData(ctx, nobody, { path: '/api/user/self' }, selfSchema)).id
}
