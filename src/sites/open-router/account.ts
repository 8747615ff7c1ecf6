import { type Result, settle } from '@/src/domain/failure'
import { complete, unavailable } from '@/src/domain/metric'
import type { AccountFigures } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { provenKey } from './identity'
import { fetchData } from './request'
import { creditsSchema } from './schemas'

/** Credits bought less credits used, in USD; may be negative (`contracts/other-sites.md 4`). */
export function fetchFigures(ctx: SiteContext, access: Access): Promise<Result<AccountFigures>> {
  return settle(async () => {
    const key = await provenKey(ctx, access)
    const credits = await fetchData(ctx, key, { path: '/credits' }, creditsSchema)
    return {
      userId: access.userId,
      // The service tells no name: the one the account was given stays.
      username: '',
      unit: 'usd',
      balance: complete(credits.total_credits - credits.total_usage),
      usedTotal: complete(credits.total_usage),
      requestsTotal: unavailable('unsupported'),
    }
  })
}
