import { settle } from '@/src/domain/failure'
import type { JournalReason } from '@/src/domain/journal'
import { resolveLanguage } from '@/src/domain/language'
import { needsYou } from '@/src/domain/needs-you'
import type { AppEvent } from '@/src/messaging/protocol'
import { createDoor, type Handlers } from '@/src/messaging/server'
import { createBackOff } from '@/src/net/back-off'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import { sleep } from '@/src/net/sleep'
import { type AskPage, createTabTransport } from '@/src/net/tab-transport'
import type { Transport } from '@/src/net/transport'
import { createCookieJars } from '@/src/platform/cookie-jars'
import type { Caller } from '@/src/platform/door'
import { browserLanguage } from '@/src/platform/page-language'
import { closeTab, isTabOpen, openUnseen, showSite } from '@/src/platform/places'
import { sessionSlot } from '@/src/platform/session-store'
import { type AccessChange, grantedHosts, removeSiteAccess } from '@/src/platform/site-access'
import { askTab, findTab, injectPageScript, openTab } from '@/src/platform/tabs'
import { createWakeAt, createWakeLock } from '@/src/platform/wake'
import { markRevoked, reachableAgain } from '@/src/services/access-watch'
import { createAccountBook } from '@/src/services/account-book'
import { createAsAccount } from '@/src/services/as-account'
import { transportInTab } from '@/src/services/find-tabs'
import { createOwnCookies } from '@/src/services/own-cookies'
import { refreshAccount } from '@/src/services/refresh-account'
import { REFRESH_CONCURRENCY } from '@/src/services/refresh-run'
import { createRefreshRunner } from '@/src/services/refresh-runner'
import { createSettingsService, type SettingsService } from '@/src/services/settings'
import { createShieldHelp } from '@/src/services/shield-help'
import { isThroughShield, runWaiting } from '@/src/services/shield-work'
import { createSiteBook } from '@/src/services/site-book'
import { createSlots } from '@/src/services/slots'
import { adapterFor, allAdapters, detectSite } from '@/src/sites/registry'
import { createTurns } from '@/src/storage/turns'
import type { Vault } from '@/src/storage/vault'

import { accountHandlers } from './handlers/accounts'
import { appHandlers } from './handlers/app'
import { siteHandlers } from './handlers/sites'
import { createAutomationDesk } from './automation-desk'
import { createLateDesk } from './late-desk'
import { translateMenus } from './menus'

export interface Surroundings {
  readonly vault: Vault
  readonly announce: (event: AppEvent) => void
  readonly hasAccess: (origin: string) => Promise<boolean>
}

/** What the browser's events reach. */
export interface App {
  receive(message: unknown, caller: Caller): Promise<unknown>
  /** Goes on with whatever a dead worker left. */
  resume(): Promise<void>
  accessChanged(change: AccessChange): Promise<void>
  /** The extension was installed or updated. */
  updated(): Promise<void>
  /** What our script found on a page of a site. */
  codes(message: unknown, origin: string): Promise<unknown>
  /** Begins what the automation has planned, if its time has come. */
  look(): Promise<void>
  /** Looks at every stored record once. */
  audit(): Promise<void>
}

const now = () => Date.now()

const reach = async (tabId: number): Promise<AskPage> => {
  await injectPageScript(tabId)
  return (question) => askTab(tabId, 'relaydeck.page', question)
}

/** The composition root: makes every service and hands each what it needs. */
export function compose(around: Surroundings): App {
  const { vault, announce, hasAccess } = around
  const net = createNetwork(around)
  const settings = createSettingsService(vault, now)
  const services = createServices(around, net)
  const { book, runner, siteBook, sites } = services
  const help = createHelp(around, services, net, async () => (await settings.load()).helpIn)
  runner.onEnd(() => help.considerUnseen())
  const showMenus = createMenus(settings)
  const descriptions = allAdapters.map((adapter) => adapter.description)
  const handlers: Handlers = {
    ...appHandlers({
      settings,
      runner: services.byUser,
      announceSettings: (changed) => {
        announce({ topic: 'settings', settings: changed })
        void showMenus().catch(() => undefined)
      },
    }),
    ...accountHandlers({
      ...sites,
      runner: services.byUser,
      hasAccess,
      noteDecision: () => {
        services.decisions.changed()
      },
    }),
    ...siteHandlers({
      ...sites,
      detect: detectSite,
      hasAccess,
      openTab,
      canKeepCookies: net.jars.isSupported,
      descriptions,
      siteBook,
      revoke: removeSiteAccess,
      help,
    }),
  }
  const late = createLateDesk({
    ...sites,
    settings,
    asAccount: createAsAccount(sites),
    budgets: net.budgets,
    forgive: services.forgive,
    hasAccess,
    announce,
    wake: createWakeLock('late'),
    wakeAt: createWakeAt('late'),
  })
  const automation = createAutomationDesk({
    ...sites,
    settings,
    descriptions,
    asAccount: createAsAccount(sites),
    forgive: services.forgive,
    hasAccess,
    siteBook,
    refresh: (ids, why) => runner.start(ids, why),
    refreshing: () => runner.progress(),
    announce,
    wake: createWakeLock('automation'),
    wakeAt: createWakeAt('automation'),
  })
  services.accounts.onChange(() => automation.accountsChanged())
  services.decisions.onChange(() => automation.accountsDecided())
  return {
    receive: createDoor(
      handlers,
      (name, input) => late.desk(name, input) ?? automation.desk(name, input),
    ),
    async resume() {
      // Whoever asks for progress from now on waits for the job this may bring back.
      const jobs = runner.resume(net.jars.reset())
      await settle(showMenus)
      await jobs
      await help.resume()
      await late.resume()
    },
    async accessChanged({ kind, hosts }) {
      await settle(() => automation.accessChanged())
      const watch = { book, hasAccess, now }
      if (kind === 'removed') {
        await markRevoked(watch)
        await siteBook.tidy()
        return
      }
      await siteBook.noteGrant(hosts)
      const back = await reachableAgain(watch)
      if (back.length > 0) await runner.start(back, 'account')
    },
    updated: () => automation.accessChanged(),
    codes: (message, origin) => automation.codes(message, origin),
    look: () => automation.resume(),
    audit: () => book.audit(),
  }
}

/** Writes the menus in the user's language. */
function createMenus(settings: Pick<SettingsService, 'load'>): () => Promise<void> {
  const turns = createTurns()
  // One after the other: two at once would leave the words of the first.
  return () =>
    turns.take(async () => {
      const { language } = await settings.load()
      await translateMenus(resolveLanguage(language, browserLanguage()))
    })
}

type Network = ReturnType<typeof createNetwork>

function createNetwork({ vault, hasAccess }: Surroundings) {
  const budgets = createBudgets({ now, ...sessionSlot('budgets') })
  const backOff = createBackOff({ now, ...sessionSlot('back-off') })
  const jars = createCookieJars()
  const used: { note: (origin: string) => void } = { note: () => undefined }
  const mayUse = async (origin: string) => {
    const granted = await hasAccess(origin)
    if (granted) used.note(origin)
    return granted
  }
  const ownCookies = createOwnCookies({
    vault,
    jars,
    budgets,
    mayUse,
    now,
  })
  const transports = new Map<string, Transport>()
  // One per origin: what shares an origin shares its requests in flight.
  const transportTo = (origin: string) => {
    const transport =
      transports.get(origin) ??
      createHttpTransport({
        origin,
        budgets,
        hasAccess: () => mayUse(origin),
        now,
      })
    transports.set(origin, transport)
    return transport
  }
  const transportIn = (origin: string, ask: AskPage) =>
    createTabTransport({ origin, ask, budgets, now })
  return { budgets, backOff, jars, ownCookies, transportTo, transportIn, used }
}

type Services = ReturnType<typeof createServices>

function createServices({ vault, announce, hasAccess }: Surroundings, net: Network) {
  const { backOff, transportTo, transportIn, ownCookies } = net
  const accounts = createSettling()
  const book = createAccountBook({
    vault,
    announce: (ids) => {
      announce({ topic: 'accounts', ...(ids.length > 0 ? { ids: [...ids] } : {}) })
      accounts.changed()
    },
  })
  const siteBook = createSiteBook({ vault, book, grantedHosts, hasAccess, now })
  net.used.note = siteBook.noteUse
  const sites = {
    vault,
    book,
    adapterFor,
    transportTo,
    transportIn,
    findTab,
    reach,
    inTab: (origin: string) => transportInTab({ findTab, reach, transportIn }, origin),
    ownCookiesOf: ownCookies.transportOf,
    copyCookies: ownCookies.copy,
    backOff,
    atNetwork: createSlots(REFRESH_CONCURRENCY),
    now,
  }
  const runner = createRefreshRunner({
    vault,
    book,
    refresh: (id, jobId, signal) => refreshAccount(sites, id, jobId, signal),
    announce: (job) => {
      announce({ topic: 'job', job })
      if (job.state !== 'done') return
      announce({ topic: 'journal' })
      // Whoever waited for the end of it looks now.
      accounts.changed()
    },
    wake: createWakeLock('refresh'),
    now,
  })
  // Whoever asks by hand has a reason to think that it works now.
  const forgive = async (ids?: readonly string[]) => {
    await backOff.ready()
    const { rows } = await book.glance()
    backOff.forgive(ids && rows.filter(({ id }) => ids.includes(id)).map((row) => row.origin))
  }
  const byUser = {
    ...runner,
    start: async (ids?: readonly string[], why?: JournalReason) => {
      await forgive(ids)
      return runner.start(ids, why)
    },
  }
  return { book, siteBook, sites, runner, byUser, forgive, accounts, decisions: createSettling() }
}

/** How long accounts must be left alone until somebody is told that they changed, ms. */
const SETTLE_MS = 500

/** Tells once of many changes that come one after the other. */
function createSettling() {
  let settling: ReturnType<typeof setTimeout> | undefined
  let listener: () => Promise<void> = () => Promise.resolve()
  return {
    changed() {
      clearTimeout(settling)
      settling = setTimeout(() => void settle(listener), SETTLE_MS)
    },
    onChange: (next: () => Promise<void>) => {
      listener = next
    },
  }
}

function createHelp(
  { announce }: Surroundings,
  { book, siteBook, sites, runner }: Services,
  net: Network,
  helpIn: () => Promise<'tab' | 'window'>,
) {
  const work = { ...sites, ...net, runner }
  return createShieldHelp({
    open: async (origin, unseen) => {
      // A tab the user has open and that is through already serves as it is.
      const tabId = await findTab(origin)
      if (tabId !== null && (await isThroughShield(work, origin, tabId))) {
        return { tabId, ours: false }
      }
      return unseen ? openUnseen(origin) : showSite(origin, await helpIn())
    },
    close: ({ tabId }) => closeTab(tabId),
    isOpen: ({ tabId }) => isTabOpen(tabId),
    isThrough: (origin, { tabId }) => isThroughShield(work, origin, tabId),
    run: (origin) => runWaiting(work, origin),
    challenged: async () => {
      const { rows } = await book.glance()
      return needsYou(rows, now()).flatMap(({ act, origin, rows: those, checkIns }) =>
        // A check-in alone is no reason to open a site unseen: its figures are not affected.
        act === 'pass' && checkIns.length < those.length ? [origin] : [],
      )
    },
    autoHelp: async (origin) => {
      const site = await siteBook.get(origin)
      return { allowed: site?.autoHelp ?? false, lastMs: site?.autoHelpedAtMs ?? 0 }
    },
    noteAutoHelp: (origin) => siteBook.update(origin, { autoHelpedAtMs: now() }),
    slot: sessionSlot('help'),
    wake: createWakeLock('help'),
    announce: (progress) => {
      announce({ topic: 'help', help: progress })
    },
    sleep: (ms) => sleep(ms),
    now,
  })
}
