import { browser } from '#imports'

import { accessPattern } from '@/src/domain/origin'

/**
 * Asks the browser for access to one site. Must be the first thing a click handler awaits: the
 * browser only shows its prompt inside a user gesture. `false` = the user refused.
 */
export async function requestSiteAccess(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [accessPattern(origin)] })
}

async function hasSiteAccess(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [accessPattern(origin)] })
}

/**
 * Whether the browser grants access to an origin, remembered until it tells of any change: a worker
 * asks before every request. Call at worker start, before any await.
 */
export function createAccessMemory(): (origin: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  const forget = () => {
    known.clear()
  }
  browser.permissions.onAdded.addListener(forget)
  browser.permissions.onRemoved.addListener(forget)
  return (origin) => {
    const answer = known.get(origin) ?? hasSiteAccess(origin)
    known.set(origin, answer)
    return answer
  }
}
