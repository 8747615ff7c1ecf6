import type { CookieJar } from 'tough-cookie'

import { createBrowserFetch } from '@/scripts/conformance/browser-fetch'
import { createBackOff } from '@/src/net/back-off'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Transport } from '@/src/net/transport'
import { createAccountBook } from '@/src/services/account-book'
import { createAsAccount } from '@/src/services/as-account'
import { countedWake } from '@/src/services/counted-wake'
import { createKeyServices, type KeyServices } from '@/src/services/keys/key-services'
import type { KeyPorts } from '@/src/services/keys/ports'
import { createSettingsService } from '@/src/services/settings'
import { withLate } from '@/src/sites/late-registry'
import { adapterFor } from '@/src/sites/registry'
import { openVault, type Vault } from '@/src/storage/vault'

/** A worker that can die: from then on nothing it began ever ends, and nothing new begins. */
export interface Life {
  isAlive: boolean
  /** Told before and after each write and each request; may end the life. */
  onStep: (step: string) => void
}

export interface Worker extends KeyServices {
  /** Runs work as long as the life lasts. */
  readonly living: Living
  /** Ends the rests of all sites. */
  readonly forgive: () => Promise<void>
  /** What its services were made of, for more services of the same life. */
  readonly ports: OpenPorts
  readonly vault: Vault
  readonly life: Life
  readonly book: ReturnType<typeof createAccountBook>
  readonly settings: ReturnType<typeof createSettingsService>
}

interface OpenPorts extends KeyPorts {
  readonly book: ReturnType<typeof createAccountBook>
  readonly settings: ReturnType<typeof createSettingsService>
  readonly transportTo: (origin: string) => Transport
  readonly forgive: () => Promise<void>
}

/** What outlives a worker. */
export interface Browser {
  readonly clock: { nowMs: number }
  readonly jar: CookieJar
  readonly alarm: { atMs: number | null }
  readonly session: { budgets?: unknown }
  readonly announce: () => void
}

type Living = <T>(work: () => Promise<T>, step?: string) => Promise<T>

const never = <T>() => new Promise<T>(() => undefined)

/** Runs work as long as the life lasts; what a dead worker began never ends. */
function living(life: Life): Living {
  const isAlive = () => life.isAlive
  return async (work, step) => {
    if (step) life.onStep(`before ${step}`)
    if (!isAlive()) return never()
    const value = await work()
    if (step) life.onStep(`after ${step}`)
    return isAlive() ? value : never()
  }
}

async function livingVault(run: Living): Promise<Vault> {
  const opened = await openVault()
  return {
    load: (store, id) => run(() => opened.load(store, id)),
    loadAll: (store) => run(() => opened.loadAll(store)),
    write: (changes) =>
      run(() => opened.write(changes), `write of ${changes.map((one) => one.store).join()}`),
    exclusive: (work) => run(() => opened.exclusive(work)),
    close: () => {
      opened.close()
    },
  }
}

function livingTransports(run: Living, life: Life, browser: Browser) {
  const { clock, jar, session } = browser
  const now = () => clock.nowMs
  const budgets = createBudgets({
    now,
    sleep: (ms) => {
      clock.nowMs += ms
      return Promise.resolve()
    },
    load: () => Promise.resolve(session.budgets),
    save: (state) => {
      if (life.isAlive) session.budgets = state
      return Promise.resolve()
    },
  })
  const transports = new Map<string, Transport>()
  return (origin: string): Transport => {
    const known = transports.get(origin)
    if (known) return known
    const fetch = createBrowserFetch(origin, jar)
    const http = createHttpTransport({ origin, fetch, budgets, now })
    const transport: Transport = (request, options) =>
      run(() => http(request, options), `${request.method} ${request.path}`)
    transports.set(origin, transport)
    return transport
  }
}

/** Services as a just-started worker has them. */
export async function startWorker(browser: Browser): Promise<Worker> {
  const life: Life = { isAlive: true, onStep: () => undefined }
  const run = living(life)
  const ports = portsOf(browser, life, await livingVault(run), run)
  const { vault, book, settings, forgive } = ports
  return { ...createKeyServices(ports), vault, life, book, settings, living: run, forgive, ports }
}

function portsOf(browser: Browser, life: Life, vault: Vault, run: Living): OpenPorts {
  const now = () => browser.clock.nowMs
  const transportTo = livingTransports(run, life, browser)
  const book = createAccountBook({ vault, announce: () => undefined })
  const settings = createSettingsService(vault, now)
  const backOff = createBackOff({ now, random: () => 0 })
  const asAccount = createAsAccount({
    vault,
    book,
    adapterFor: (type) => withLate(adapterFor(type)),
    transportTo,
    ownCookiesOf: () => Promise.reject(new Error('no cookies of its own')),
    inTab: () => Promise.resolve(null),
    findTab: () => Promise.resolve(null),
    reach: () => Promise.reject(new Error('no tab')),
    backOff,
    now,
  })
  return {
    vault,
    book,
    settings,
    adapterFor: (type) => withLate(adapterFor(type)),
    asAccount,
    atNetwork: (work) => work(),
    announce: browser.announce,
    wake: countedWake({ hold: () => Promise.resolve(), release: () => Promise.resolve() }),
    wakeAt: (atMs) => {
      if (life.isAlive) browser.alarm.atMs = atMs
      return Promise.resolve()
    },
    transportTo,
    forgive: () => {
      backOff.forgive()
      return Promise.resolve()
    },
    now,
  }
}
