import { failureOf, raise } from '@/src/domain/failure'

import type { BackOff } from './back-off'
import { standsInFront } from './challenge'
import type { SiteRequest, SiteResponse, Transport } from './transport'

export interface ShieldParts {
  readonly origin: string
  /** The usual way, from the worker. */
  readonly direct: Transport
  /** The way through a tab of the site that is open anyway; `null` = none is. Opens nothing. */
  readonly inTab: () => Promise<Transport | null>
  readonly backOff: BackOff
  readonly now: () => number
  /** A reading by token went out with the cookies of the open page: see {@link withClearance}. */
  readonly onMixed: () => void
}

/**
 * A transport that finds its way past a protection page, if the user has the site open: what the
 * page may see, a script in that tab may ask. A request that changes something is never sent a
 * second time: where a shield is known to stand, it goes through the tab at once, else not at all.
 */
export function shielded(parts: ShieldParts): Transport {
  const { origin, direct, inTab, backOff, now } = parts
  return async (request, options) => {
    await backOff.ready()
    const rest = backOff.restOf(origin)
    if (rest?.class === 'challenge') {
      const tab = await inTab()
      if (tab) return throughTab(parts, tab, request, options)
      raise({
        class: 'challenge',
        reason: 'resting',
        retryAtMs: rest.untilMs,
        path: request.path,
      })
    }
    const startedAtMs = now()
    const response = await direct(request, options)
    if (!standsInFront(response)) return response
    backOff.note(origin, 'challenge', startedAtMs)
    if (!isReading(request)) return response
    const tab = await inTab()
    return tab ? throughTab(parts, tab, request, options) : response
  }
}

/** Whether sending it twice does what sending it once does. */
function isReading({ method, changes }: SiteRequest): boolean {
  return method === 'GET' && changes !== true
}

/**
 * A transport through a page of the site that has passed its protection. The clearance is a cookie:
 * a reading without cookies that stays behind the shield is tried once more with the page's, which
 * may prove another user to servers where the cookie outranks the token; `onMixed` tells the caller
 * to ask afterwards whose answers they were. Anything that changes something never travels with a
 * second proof.
 */
export function withClearance(tab: Transport, onMixed: () => void): Transport {
  return async (request, options) => {
    const response = await tab(request, options)
    if (!standsInFront(response) || request.cookies === 'include' || !isReading(request)) {
      return response
    }
    onMixed()
    return tab({ ...request, cookies: 'include' }, options)
  }
}

/** Sends through the tab; one that is gone or has left the site is none to help. */
async function throughTab(
  { onMixed }: ShieldParts,
  tab: Transport,
  request: SiteRequest,
  options: Parameters<Transport>[1],
): Promise<SiteResponse> {
  try {
    return await withClearance(tab, onMixed)(request, options)
  } catch (thrown) {
    if (failureOf(thrown).class !== 'needs-tab') throw thrown
    return raise({ class: 'challenge', reason: 'tab-gone', path: request.path }, thrown)
  }
}
