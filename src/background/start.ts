import { failed, failureOf, settle } from '@/src/domain/failure'
import { createAnnouncer } from '@/src/messaging/events'
import type { AppEvent } from '@/src/messaging/protocol'
import { createDoor, type Handlers } from '@/src/messaging/server'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import { createTabTransport } from '@/src/net/tab-transport'
import type { Transport } from '@/src/net/transport'
import { onMessage } from '@/src/platform/door'
import { sessionSlot } from '@/src/platform/session-store'
import { createAccessMemory } from '@/src/platform/site-access'
import { askTab, findTab, injectPageScript, openTab } from '@/src/platform/tabs'
import { createWakeLock, onWakeUp } from '@/src/platform/wake'
import { createAccountBook } from '@/src/services/account-book'
import { refreshAccount } from '@/src/services/refresh-account'
import { REFRESH_CONCURRENCY } from '@/src/services/refresh-run'
import { createRefreshRunner } from '@/src/services/refresh-runner'
import { createSettingsService } from '@/src/services/settings'
import { createSlots } from '@/src/services/slots'
import { adapterFor, allAdapters, detectSite } from '@/src/sites/registry'
import { openVault, type Vault } from '@/src/storage/vault'

import { accountHandlers } from './handlers/accounts'
import { appHandlers } from './handlers/app'
import { siteHandlers } from './handlers/sites'

/** How long after a start the stored records are all looked at once: well after a popup painted. */
const AUDIT_DELAY_MS = 3_000

/**
 * The composition root: registers every listener at once, as the browser demands, and lets each
 * wait for the same opening of the vault.
 */
export function start(): void {
  const announce = createAnnouncer()
  const hasAccess = createAccessMemory()
  let app: Promise<ReturnType<typeof compose>> | undefined
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
      .then(({ receive }) => receive(message, caller))
      .catch((thrown: unknown) => failed(failureOf(thrown)))
  })
  onWakeUp(() => {
    void settle(async () => (await opened()).runner.resume())
  })
  void settle(async () => {
    const { runner, book } = await opened()
    setTimeout(() => void settle(() => book.audit()), AUDIT_DELAY_MS)
    await runner.resume()
  })
}

interface Parts {
  readonly vault: Vault
  readonly announce: (event: AppEvent) => void
  readonly hasAccess: (origin: string) => Promise<boolean>
}

function compose({ vault, announce, hasAccess }: Parts) {
  const now = () => Date.now()
  const budgets = createBudgets({ now, ...sessionSlot('budgets') })
  const transports = new Map<string, Transport>()
  // One per origin: what shares an origin shares its requests in flight.
  const transportTo = (origin: string) => {
    const known = transports.get(origin)
    const transport =
      known ?? createHttpTransport({ origin, budgets, hasAccess: () => hasAccess(origin), now })
    transports.set(origin, transport)
    return transport
  }
  const announceAccounts = (ids: readonly string[]) => {
    announce({ topic: 'accounts', ...(ids.length > 0 ? { ids: [...ids] } : {}) })
  }
  const book = createAccountBook({ vault, announce: announceAccounts })
  const sites = {
    vault,
    book,
    adapterFor,
    transportTo,
    atNetwork: createSlots(REFRESH_CONCURRENCY),
    now,
  }
  const runner = createRefreshRunner({
    vault,
    book,
    refresh: (id, jobId, signal) => refreshAccount(sites, id, jobId, signal),
    announce: (job) => {
      announce({ topic: 'job', job })
    },
    wake: createWakeLock(),
    now,
  })
  const handlers: Handlers = {
    ...appHandlers({
      settings: createSettingsService(vault, now),
      runner,
      announceSettings: (settings) => {
        announce({ topic: 'settings', settings })
      },
    }),
    ...accountHandlers({ ...sites, runner, hasAccess }),
    ...siteHandlers({
      ...sites,
      detect: detectSite,
      hasAccess,
      findTab,
      openTab,
      transportIn: (origin, ask) => createTabTransport({ origin, ask, budgets, now }),
      reach: async (tabId) => {
        await injectPageScript(tabId)
        return (question) => askTab(tabId, 'relaydeck.page', question)
      },
      descriptions: allAdapters.map((adapter) => adapter.description),
    }),
  }
  return { receive: createDoor(handlers), runner, book }
}
