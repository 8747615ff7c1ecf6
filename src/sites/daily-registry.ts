import type { SiteType } from '@/src/domain/site-type'

import type { DailyAdapter, DailyOperations, SiteAdapter } from './adapter'
import { hubDaily } from './done-hub/daily'
import { newApiDaily } from './new-api/daily'
import { oneApiDaily } from './one-api/daily'
import { relativesDaily } from './relatives/daily'
import { sub2ApiDaily } from './sub2api/daily'
import { veloeraDaily } from './veloera/daily'

/** What every family does daily; a site type without a line does not compile. */
const DAILY: Record<SiteType, DailyOperations> = {
  // Neither has a check-in or codes (`contracts/other-sites.md 4, 5`).
  'open-router': {},
  aihubmix: {},
  sub2api: sub2ApiDaily,
  'done-hub': hubDaily,
  'one-hub': hubDaily,
  veloera: veloeraDaily,
  ...relativesDaily,
  'one-api': oneApiDaily,
  'new-api': newApiDaily,
}

/** An adapter with its daily operations. */
export function withDaily(adapter: SiteAdapter): DailyAdapter {
  return { ...adapter, ...DAILY[adapter.description.type] }
}
