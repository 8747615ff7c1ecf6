import { unwrap } from '@/src/domain/failure'
import type { SiteAdapter } from '@/src/sites/adapter'

import type { Subject } from '../subject'

/** What a site shows to everybody. */
export async function checkAnonymous({ ctx, adapter, ledger }: Subject): Promise<void> {
  await ledger.check('status', async () => {
    const status = unwrap(await adapter.fetchStatus(ctx))
    return { value: status, note: rateOf(adapter, status.quotaPerUnit) }
  })
  await ledger.check('generation (no login)', async () => {
    const generation = unwrap(await adapter.probeGeneration(ctx, null))
    return { value: generation, note: generation }
  })
}

function rateOf({ description }: SiteAdapter, points: number | undefined): string {
  if (description.unit === 'usd') return 'counts in USD'
  return points ? `${String(points)} points per USD` : 'default rates'
}
