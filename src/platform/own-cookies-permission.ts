import { browser } from '#imports'

import { whileAlive } from './while-alive'

/** What it takes besides the header rules, which every installation may use. */
const OWN_COOKIES = { permissions: ['cookies', 'webRequest'] } satisfies Parameters<
  typeof browser.permissions.request
>[0]

/**
 * Asks the browser to let accounts keep cookies of their own. Must be the first thing a click
 * handler awaits. Chromium grants both at once without showing anything, as neither reaches beyond
 * the sites granted: what the click means must be said where it happens.
 */
export function requestOwnCookies(): Promise<boolean> {
  return browser.permissions.request(OWN_COOKIES)
}

/** Whether {@link requestOwnCookies} was answered with yes, and nobody took it back. */
export function areOwnCookiesGranted(): Promise<boolean> {
  return whileAlive(() => browser.permissions.contains(OWN_COOKIES))
}
