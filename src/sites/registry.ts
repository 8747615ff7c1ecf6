import { failed, ok, type Result } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import type { SiteResponse, Transport } from '@/src/net/transport'

import type { Detection, SiteAdapter, SiteContext } from './adapter'
import { aihubmixAdapter } from './aihubmix'
import { doneHubAdapter, oneHubAdapter } from './done-hub'
import { newApiAdapter } from './new-api'
import { oneApiAdapter } from './one-api'
import { openRouterAdapter } from './open-router'
import { relativeAdapters } from './relatives'
import { sub2ApiAdapter } from './sub2api'
import { veloeraAdapter } from './veloera'

/**
 * Every site type has an adapter, or this does not compile. They are asked in this order: what has
 * a sign of its own before what is recognised by the family's shape (`contracts/other-sites.md 9`).
 */
const ADAPTERS = {
  'open-router': openRouterAdapter,
  aihubmix: aihubmixAdapter,
  sub2api: sub2ApiAdapter,
  'done-hub': doneHubAdapter,
  'one-hub': oneHubAdapter,
  veloera: veloeraAdapter,
  ...relativeAdapters,
  'one-api': oneApiAdapter,
  'new-api': newApiAdapter,
} satisfies Record<SiteType, SiteAdapter>

/** All adapters, in the order {@link detectSite} asks them. */
export const allAdapters: readonly SiteAdapter[] = Object.values(ADAPTERS)

export function adapterFor(type: SiteType): SiteAdapter {
  return ADAPTERS[type]
}

/**
 * Recognises the software of a site: the first adapter that claims it. Where none does, the failure
 * is the first one met, or `unsupported/unknown-site` when every adapter could look and said no.
 */
export async function detectSite(ctx: SiteContext): Promise<Result<Detection>> {
  const shared: SiteContext = { ...ctx, transport: rememberReads(ctx.transport) }
  let failure: Result<never> | null = null
  for (const adapter of allAdapters) {
    const found = await adapter.detect(shared)
    if (!found.ok) failure ??= found
    else if (found.value) return ok(found.value)
  }
  return failure ?? failed({ class: 'unsupported', reason: 'unknown-site' })
}

/** Adapters of one family look at the same answers: each is asked for once. */
function rememberReads(transport: Transport): Transport {
  const answers = new Map<string, Promise<SiteResponse>>()
  return (request, options) => {
    if (request.method !== 'GET' || request.changes) return transport(request, options)
    const key = JSON.stringify(request)
    const answer = answers.get(key) ?? transport(request, options)
    answers.set(key, answer)
    return answer
  }
}
