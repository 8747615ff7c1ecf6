import { browser, type Browser } from '#imports'

import { whileAlive } from './while-alive'

/**
 * The browser's rules that put a `Cookie` header on single requests of this worker; scripts may
 * not set that header. A rule knows its request by a marker in the address's fragment, which rules
 * can see and servers never get.
 */
export interface CookieRules {
  /** An address of `origin` under a marker that no other request has, and its rule's number. */
  mark(url: URL): MarkedRequest
  /** Requests to the marked address carry `header` from now on; `''` = no cookies. */
  apply(request: MarkedRequest, header: string): Promise<void>
  remove(request: MarkedRequest): void
  /** Removes what an earlier worker left; rules in use stay. */
  reset(): Promise<void>
}

export interface MarkedRequest {
  readonly ruleId: number
  readonly origin: string
  readonly address: string
}

const markerOf = (ruleId: number) => `#relaydeck-${ruleId}`

export function createCookieRules(): CookieRules {
  const inUse = new Set<number>()
  let lastId = 0
  return {
    mark({ origin, href }) {
      const ruleId = ++lastId
      inUse.add(ruleId)
      return { ruleId, origin, address: `${href.split('#')[0] ?? ''}${markerOf(ruleId)}` }
    },
    async apply(request, header) {
      await update({
        // An earlier worker may have died over a rule of that number.
        removeRuleIds: [request.ruleId],
        addRules: header === '' ? [] : [ruleFor(request, header)],
      })
    },
    remove({ ruleId }) {
      inUse.delete(ruleId)
      // Nothing depends on it: no other request ever has that marker.
      update({ removeRuleIds: [ruleId] }).catch(() => undefined)
    },
    async reset() {
      const rules = await whileAlive(() => browser.declarativeNetRequest.getSessionRules())
      // Asked only now: a request may have begun in between.
      const removeRuleIds = rules.map(({ id }) => id).filter((id) => !inUse.has(id))
      if (removeRuleIds.length > 0) await update({ removeRuleIds })
    },
  }
}

function update(change: Browser.declarativeNetRequest.UpdateRuleOptions): Promise<void> {
  return whileAlive(() => browser.declarativeNetRequest.updateSessionRules(change))
}

function ruleFor(
  { ruleId, origin }: MarkedRequest,
  header: string,
): Browser.declarativeNetRequest.Rule {
  return {
    id: ruleId,
    condition: {
      // Redirects inherit the fragment: without the origin a stranger could be sent the cookies.
      urlFilter: `|${origin}/*${markerOf(ruleId)}|`,
      // Two locks, so that no page can borrow a login by naming its marker.
      tabIds: [-1],
      initiatorDomains: [browser.runtime.id],
      resourceTypes: ['xmlhttprequest'],
    },
    action: {
      type: 'modifyHeaders',
      requestHeaders: [{ header: 'cookie', operation: 'set', value: header }],
    },
  }
}
