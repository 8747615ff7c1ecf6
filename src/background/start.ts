import { failed, failureOf, settle } from '@/src/domain/failure'
import { createAnnouncer } from '@/src/messaging/events'
import { CODES_CHANNEL } from '@/src/messaging/codes-channel'
import { onPageMessage } from '@/src/platform/codes-door'
import { noticePlace } from '@/src/domain/places'
import { onMessage } from '@/src/platform/door'
import { registerLaterScripts } from '@/src/platform/later-scripts'
import { onNotificationClick } from '@/src/platform/notifications'
import { openOptions } from '@/src/platform/pages'
import { createAccessMemory } from '@/src/platform/site-access'
import { keepPulse, onUpdated, onWakeUp } from '@/src/platform/wake'
import { openVault } from '@/src/storage/vault'

import { LOOK_DELAY_MS } from './automation-desk'
import { type App, compose } from './compose'
import { listenToMenus } from './menus'

/** How long after a start the stored records are all looked at once: well after a popup painted. */
const AUDIT_DELAY_MS = 3_000

/**
 * Registers every listener at once, as the browser demands, and lets each wait for the same opening
 * of the vault.
 */
export function start(): void {
  registerLaterScripts()
  const announce = createAnnouncer()
  const hasAccess = createAccessMemory((change) => {
    void settle(async () => {
      await (await opened()).accessChanged(change)
      announce({ topic: 'access' })
    })
  })
  let app: Promise<App> | undefined
  // A vault that would not open (disk full, profile locked) is tried again by the next caller.
  const opened = () =>
    (app ??= openVault()
      .then((vault) => compose({ vault, announce, hasAccess }))
      .catch((thrown: unknown) => {
        app = undefined
        throw thrown
      }))
  onMessage((message, caller) => {
    // Strangers must not even learn that somebody is at home.
    if (!caller.isOwnPage) return null
    return opened()
      .then((running) => running.receive(message, caller))
      .catch((thrown: unknown) => failed(failureOf(thrown)))
  })
  onWakeUp(() => {
    void settle(async () => {
      const running = await opened()
      await running.resume()
      await running.look()
    })
  })
  onUpdated(() => {
    void settle(async () => (await opened()).updated())
  })
  listenToMenus(announce)
  onPageMessage(CODES_CHANNEL, async (message, origin) => (await opened()).codes(message, origin))
  onNotificationClick((event) => void settle(() => openOptions(noticePlace(event))))
  void settle(async () => {
    const running = await opened()
    setTimeout(() => void settle(() => running.audit()), AUDIT_DELAY_MS)
    setTimeout(() => void settle(() => running.look()), LOOK_DELAY_MS)
    await running.resume()
    await keepPulse()
  })
}
