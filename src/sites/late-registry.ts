import type { SiteType } from '@/src/domain/site-type'

import type { FullAdapter, LateOperations, SiteAdapter } from './adapter'
import { aihubmixLate } from './aihubmix/late'
import { hubLate } from './done-hub/late'
import { newApiLate } from './new-api/late'
import { oneApiLate } from './one-api/late'
import { openRouterLate } from './open-router/late'
import { relativesLate } from './relatives/late'
import { sub2ApiLate } from './sub2api/late'
import { veloeraLate } from './veloera/late'

/** The second half of every adapter; a site type without one does not compile. */
const LATE = {
  'open-router': openRouterLate,
  aihubmix: aihubmixLate,
  sub2api: sub2ApiLate,
  'done-hub': hubLate,
  'one-hub': hubLate,
  veloera: veloeraLate,
  ...relativesLate,
  'one-api': oneApiLate,
  'new-api': newApiLate,
} satisfies Record<SiteType, LateOperations>

/** An adapter with both of its halves. */
export function withLate(adapter: SiteAdapter): FullAdapter {
  return { ...adapter, ...LATE[adapter.description.type] }
}
