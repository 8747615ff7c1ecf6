import { unwrap } from '@/src/domain/failure'
import type { Evidence } from '@/src/domain/recognition'
import type { Detection, SiteAdapter } from '@/src/sites/adapter'
import { adapterFor, detectSite } from '@/src/sites/registry'
import { RELATIVES } from '@/src/sites/relatives/table'

import { expect, NotOffered } from '../ledger'
import type { Place, Subject } from '../subject'

const WITH_LOGIN = 'detect (session)'

/** Which software runs there, asked of every adapter; `null` = the row says why it is not known. */
export async function recognise(place: Place): Promise<Subject | null> {
  const adapter = await ask(place, 'detect')
  return adapter && { ...place, adapter }
}

/**
 * As {@link recognise}, by whoever is logged in: relatives of New API name the header that tells
 * them apart only then. What was known stays when the answer is none.
 */
export async function recogniseAgain(known: Subject): Promise<Subject> {
  const adapter = await ask(known, WITH_LOGIN)
  return adapter ? { ...known, adapter } : known
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
    if (!found && type in RELATIVES) {
      const family = unwrap(await adapterFor('new-api').detect(ctx))
      if (family) throw new NotOffered('shows to whoever is logged in only')
    }
    expect(found?.siteType === type, 'not recognised as this type')
    return { value: found, note: signsOf(found) }
  })
}

/** As {@link checkDetect}, by whoever is logged in: that is how a site is added from its page. */
export async function checkDetectAgain({ ctx, adapter, ledger }: Subject): Promise<void> {
  await ledger.check(WITH_LOGIN, async () => {
    const found = unwrap(await adapter.detect(ctx))
    expect(found?.siteType === adapter.description.type, 'not recognised as this type')
    return { value: found, note: signsOf(found) }
  })
}

function ask({ ctx, ledger }: Place, operation: string): Promise<SiteAdapter | null> {
  return ledger.check(operation, async () => {
    const found = unwrap(await detectSite(ctx))
    const adapter = adapterFor(found.siteType)
    return { value: adapter, note: `${adapter.description.label}: ${signsOf(found)}` }
  })
}

const signsOf = ({ evidence }: Detection): string => evidence.map(nameOf).join('; ')

function nameOf({ sign, detail }: Evidence): string {
  if (detail === undefined) return sign
  return sign === 'status-lacks' ? `no ${detail}` : detail
}
