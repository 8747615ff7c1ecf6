import 'fake-indexeddb/auto'

import { CookieJar } from 'tough-cookie'
import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, type NewApiRelay, type RelayOptions } from '@/e2e/relays/new-api/relay'
import { createBrowserFetch } from '@/scripts/conformance/browser-fetch'
import type { AccountRecord } from '@/src/domain/account'
import { raise } from '@/src/domain/failure'
import { emptySnapshot } from '@/src/domain/snapshot'
import { createBackOff } from '@/src/net/back-off'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Transport } from '@/src/net/transport'
import { createAccountBook } from '@/src/services/account-book'
import { createAsAccount } from '@/src/services/as-account'
import { countedWake } from '@/src/services/counted-wake'
import { createKeyServices, type KeyServices } from '@/src/services/keys/key-services'
import { createSettingsService } from '@/src/services/settings'
import { adapterFor } from '@/src/sites/registry'
import { openVault, type Vault } from '@/src/storage/vault'

import { makeAccount } from '../../support/make'

/** A worker that can die: from then on nothing it began ever ends, and nothing new begins. */
export interface Life {
  isAlive: boolean
  /** Told before and after each write and each request; may end the life. */
  onStep: (step: string) => void
}

export interface Worker extends KeyServices {
  readonly vault: Vault
  readonly life: Life
  readonly book: ReturnType<typeof createAccountBook>
  readonly settings: ReturnType<typeof createSettingsService>
}

/** A browser: sites over loopback, a disk, a movable clock, and workers that live and die on it. */
export interface KeyWorld {
  /** Of a site of this world, by its name. */
  origin(name: string): string
  readonly clock: { nowMs: number }
  readonly jar: CookieJar
  readonly alarm: { atMs: number | null }
  announced: number
  /** A relay of the New API family, on the clock of this world. */
  relay(name: string, options: RelayOptions): Promise<NewApiRelay>
  site<Site extends RequestHandler>(name: string, site: Site): Promise<Site>
  /** Services as a just-started worker has them, on whatever the disk holds. */
  start(): Promise<Worker>
  account(
    worker: Worker,
    host: string,
    decided?: Partial<AccountRecord['decided']>,
  ): Promise<string>
}

const never = <T>() => new Promise<T>(() => undefined)

export async function keyWorld(): Promise<KeyWorld> {
  const { IDBFactory } = await import('fake-indexeddb')
  globalThis.indexedDB = new IDBFactory()
  const origins = new Map<string, string>()
  const originOf = (name: string) => origins.get(name) ?? raise({ class: 'internal' })
  const clock = { nowMs: Date.parse('2026-11-26T12:00:00Z') }
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  const alarm: KeyWorld['alarm'] = { atMs: null }
  const now = () => clock.nowMs
  // Of the browser session: survives workers.
  const session: { budgets?: unknown } = {}

  const world: KeyWorld = {
    origin: originOf,
    clock,
    jar,
    alarm,
    announced: 0,
    relay: (name, options) => world.site(name, createNewApiRelay({ now, ...options })),
    async site(name, site) {
      const { origin, close } = await startSite(site)
      onTestFinished(close)
      origins.set(name, origin)
      return site
    },
    async start() {
      const life: Life = { isAlive: true, onStep: () => undefined }
      const living = async <T>(work: () => Promise<T>, step?: string): Promise<T> => {
        if (step) life.onStep(`before ${step}`)
        if (!life.isAlive) return never()
        const value = await work()
        if (step) life.onStep(`after ${step}`)
        return life.isAlive ? value : never()
      }
      const opened = await openVault()
      const vault: Vault = {
        load: (store, id) => living(() => opened.load(store, id)),
        loadAll: (store) => living(() => opened.loadAll(store)),
        write: (changes) =>
          living(() => opened.write(changes), `write of ${changes.map((one) => one.store).join()}`),
        exclusive: (work) => living(() => opened.exclusive(work)),
        close: () => {
          opened.close()
        },
      }
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
      const transportTo = (origin: string): Transport => {
        const known = transports.get(origin)
        if (known) return known
        const fetch = createBrowserFetch(origin, jar)
        const http = createHttpTransport({ origin, fetch, budgets, now })
        const transport: Transport = (request, options) =>
          living(() => http(request, options), `${request.method} ${request.path}`)
        transports.set(origin, transport)
        return transport
      }
      const book = createAccountBook({ vault, announce: () => undefined })
      const settings = createSettingsService(vault, now)
      const asAccount = createAsAccount({
        vault,
        book,
        adapterFor,
        transportTo,
        ownCookiesOf: () => Promise.reject(new Error('no cookies of its own')),
        inTab: () => Promise.resolve(null),
        findTab: () => Promise.resolve(null),
        reach: () => Promise.reject(new Error('no tab')),
        backOff: createBackOff({ now, random: () => 0 }),
        now,
      })
      const services = createKeyServices({
        vault,
        book,
        settings,
        adapterFor,
        asAccount,
        atNetwork: (work) => work(),
        announce: () => {
          world.announced += 1
        },
        wake: countedWake({ hold: () => Promise.resolve(), release: () => Promise.resolve() }),
        wakeAt: (atMs) => {
          if (life.isAlive) alarm.atMs = atMs
          return Promise.resolve()
        },
        now,
      })
      return { ...services, vault, life, book, settings }
    },
    async account(worker, name, decided = {}) {
      const account = makeAccount({
        origin: originOf(name),
        auth: { mode: 'token', accessToken: PAT },
        ...decided,
      })
      await worker.book.add({ account, snapshot: emptySnapshot(account.id) })
      return account.id
    },
  }
  return world
}

export const PAT = 'tKn+0123456789abcdefghijklmnop/='

/** A user with as many keys. */
export function aliceWith(keys: number, rest: object = {}): RelayOptions['users'][number] {
  return {
    id: 7,
    username: 'alice',
    password: 'correct horse',
    quota: 1_000_000,
    accessToken: PAT,
    keys: Array.from({ length: keys }, (_, at) => ({ name: `key ${at + 1}`, unlimited: true })),
    ...rest,
  }
}

/** What clients send for a key of a relay. */
export function fullKey(relay: NewApiRelay, keyId: string): string {
  const token = relay.state.tokens.get(Number(keyId))
  if (!token) throw new Error(`no key ${keyId}`)
  return `sk-${token.key}`
}

export const REQUEST = '0f0f0f0f-1111-2222-3333-444444444444'

export const DRAFT = {
  name: 'fresh',
  remaining: null,
  expiresAtMs: null,
  modelLimits: [],
  ipLimits: [],
  group: '',
}
