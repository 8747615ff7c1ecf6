import 'fake-indexeddb/auto'

import { CookieJar } from 'tough-cookie'
import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import type { RequestHandler } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, type NewApiRelay, type RelayOptions } from '@/e2e/relays/new-api/relay'
import type { AccountRecord } from '@/src/domain/account'
import { raise } from '@/src/domain/failure'
import { emptySnapshot } from '@/src/domain/snapshot'

import { makeAccount } from '../../support/make'
import { type Browser, startWorker, type Worker } from './key-worker'

/** A browser: sites over loopback, a disk, a movable clock, and workers that live and die on it. */
export interface KeyWorld {
  /** Of a site of this world, by its name. */
  origin(name: string): string
  /** Of all sites of this world. */
  origins(): string[]
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

export async function keyWorld(): Promise<KeyWorld> {
  const { IDBFactory } = await import('fake-indexeddb')
  globalThis.indexedDB = new IDBFactory()
  const origins = new Map<string, string>()
  const originOf = (name: string) => origins.get(name) ?? raise({ class: 'internal' })
  const clock = { nowMs: Date.parse('2026-11-26T12:00:00Z') }
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  const alarm: KeyWorld['alarm'] = { atMs: null }
  const now = () => clock.nowMs
  const session: Browser['session'] = {}

  const world: KeyWorld = {
    origin: originOf,
    origins: () => [...origins.values()],
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
    start: () =>
      startWorker({ clock, jar, alarm, session, announce: () => (world.announced += 1) }),
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
