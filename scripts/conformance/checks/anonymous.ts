import { unwrap } from '@/src/domain/failure'
import type { Detection, SiteAdapter } from '@/src/sites/adapter'
import { adapterFor, detectSite } from '@/src/sites/registry'

import { expect } from '../ledger'
import type { Place, Subject } from '../subject'

/** Which software runs there, asked of every adapter; `null` = the row says why it is not known. */
export async function recognise({ ctx, ledger }: Place): Promise<SiteAdapter | null> {
  return ledger.check('detect', async () => {
    const found = unwrap(await detectSite(ctx))
    const adapter = adapterFor(found.siteType)
    return { value: adapter, note: `${adapter.description.label}: ${signsOf(found)}` }
  })
}

/** That the software chosen is there. */
export async function checkDetect({ ctx, adapter, ledger }: Subject): Promise<void> {
  const { type, hosted } = adapter.description
  if (hosted && hosted.origin !== ctx.origin) {
    ledger.skip('detect', 'known by its address alone, and this is another one')
    return
  }
  await ledger.check('detect', async () => {
    const found = unwrap(await adapter.detect(ctx))
    expect(found?.siteType === type, 'not recognised as this type')
    return { value: found, note: signsOf(found) }
  })
}

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

const signsOf = ({ evidence }: Detection): string =>
  evidence.map(({ sign, detail }) => detail ?? sign).join('; ')
