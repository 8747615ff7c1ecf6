import { browser } from '#imports'

import { whileAlive } from './while-alive'

const NOTIFICATIONS = { permissions: ['notifications'] } satisfies Parameters<
  typeof browser.permissions.request
>[0]

/**
 * Asks the browser to let Relaydeck show notifications. Must be the first thing a click handler
 * awaits. `false` = the user refused.
 */
export function requestNotifications(): Promise<boolean> {
  return browser.permissions.request(NOTIFICATIONS)
}

/** Whether {@link requestNotifications} was answered with yes, and nobody took it back. */
export function areNotificationsGranted(): Promise<boolean> {
  return whileAlive(() => browser.permissions.contains(NOTIFICATIONS))
}
