import { browser } from '#imports'

import { accessPattern } from '@/src/domain/origin'

/**
 * Asks the browser for access to one site. Must be the first thing a click handler awaits: the
 * browser only shows its prompt inside a user gesture. `false` = the user refused.
 */
export async function requestSiteAccess(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [accessPattern(origin)] })
}

export async function hasSiteAccess(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [accessPattern(origin)] })
}
