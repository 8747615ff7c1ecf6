import type { Books } from '@/e2e/relays/kit/books'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, RELATIVES } from '@/e2e/relays/new-api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import type { AccountRecord } from '@/src/domain/account'
import { type AutomationSettings, DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { type CheckInMark, type CheckInRecord, markNow } from '@/src/domain/check-in'
import type { JournalEntry } from '@/src/domain/journal'
import type { SiteType } from '@/src/domain/site-type'
import type { AsAccount } from '@/src/services/as-account'
import { createJournal, type Journal } from '@/src/services/automation/journal'
import { type CheckIns, createCheckIns } from '@/src/services/check-in/check-ins'
import { countedWake } from '@/src/services/counted-wake'
import type { DailyAdapter } from '@/src/sites/adapter'
import { withDaily } from '@/src/sites/daily-registry'
import { adapterFor, allAdapters } from '@/src/sites/registry'

import { aliceWith, type KeyWorld, keyWorld } from '../keys/key-world'
import type { Worker } from '../keys/key-worker'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A request that is not answered by then is given up: tests do not wait as long as people, ms. */
const TIMEOUT_MS = 500

type Relay = SiteDouble & {
  readonly books: Books
  readonly state: {
    readonly users: ReadonlyMap<number, { quota: number }>
    readonly checkin: { enabled: boolean }
    readonly turnstileTokens: Set<string>
  }
}

interface Wishes {
  readonly turnstile?: boolean
  readonly isOff?: boolean
}

interface Family {
  readonly siteType: SiteType
  readonly auth: AccountRecord['decided']['auth'] | null
  /** Route that tells, if there is one, and route that checks in. */
  readonly statusPath: string | null
  readonly postPath: string
  /** What tells afterwards that a check-in was booked whose answer did not come. */
  readonly proof: 'status' | 'log'
  readonly create: (now: () => number, wishes: Wishes) => Relay
}

const newApi =
  (relative?: 'any-router' | 'wong') =>
  (now: () => number, { turnstile = false, isOff = false }: Wishes): Relay =>
    createNewApiRelay({
      generation: 'g1b',
      users: [aliceWith(0), { ...aliceWith(0), id: 8, username: 'bob', accessToken: null }],
      now,
      checkinEnabled: !isOff,
      turnstile,
      rateLimits: 'off',
      ...(relative ? { relative: RELATIVES[relative] } : {}),
    })

const OWN = '/api/user/checkin'

/** Every way a family checks in. */
export const FAMILIES = {
  'New API': {
    siteType: 'new-api',
    auth: null,
    statusPath: OWN,
    postPath: OWN,
    proof: 'status',
    create: newApi(),
  },
  Veloera: {
    siteType: 'veloera',
    auth: null,
    statusPath: '/api/user/check_in_status',
    postPath: '/api/user/check_in',
    proof: 'status',
    create: (now, { turnstile = false, isOff = false }) =>
      createVeloeraRelay({
        generation: 'v4',
        users: [aliceWith(0), { ...aliceWith(0), id: 8, username: 'bob', accessToken: null }],
        now,
        checkinEnabled: !isOff,
        turnstile,
        rateLimits: 'off',
      }),
  },
  AnyRouter: {
    siteType: 'any-router',
    auth: { mode: 'cookie' },
    statusPath: null,
    postPath: '/api/user/sign_in',
    proof: 'log',
    create: newApi('any-router'),
  },
  WONG: {
    siteType: 'wong',
    auth: null,
    statusPath: OWN,
    postPath: OWN,
    proof: 'status',
    create: newApi('wong'),
  },
} as const satisfies Record<string, Family>

export type FamilyName = keyof typeof FAMILIES

/** One account at one site of a family. */
export interface CheckInSite {
  readonly family: Family
  readonly relay: Relay
  readonly origin: string
  readonly accountId: string
  /** How often a check-in was sent to it. */
  readonly posts: () => number
  /** How often it accepted one. */
  readonly booked: () => number
  /** Somebody checks in at the site itself, with its own page, a while ago. */
  checkInThere(): Promise<void>
}

/** A worker that checks in. */
export interface CheckInWorker {
  readonly checkIns: CheckIns
  readonly worker: Worker
  readonly journal: Journal
  /** Runs by hand, to the end. */
  run(accountIds?: readonly string[]): Promise<JournalEntry>
  /** What lists show of an account. */
  mark(accountId: string): Promise<CheckInMark | null>
  record(accountId: string): Promise<CheckInRecord | undefined>
  entries(): Promise<JournalEntry[]>
  /** Lets time pass as alarms do: from one planned time to the next. */
  pass(ms: number): Promise<void>
  /** Wakes up once and lets what is due end. */
  wakeUp(): Promise<void>
}

/** A browser with sites, a disk and a movable clock; the user's day is that of UTC. */
export interface CheckInWorld {
  readonly keys: KeyWorld
  readonly clock: { nowMs: number }
  checkIn: AutomationSettings['checkIn']
  readonly refreshed: { readonly ids: readonly string[]; readonly why: string }[]
  readonly opened: string[]
  readonly ended: JournalEntry[]
  start(): Promise<CheckInWorker>
  /** Logs the browser in at a site, replacing the login there. */
  logIn(site: CheckInSite, username: string): Promise<void>
  /** A site of a family with an account of alice's. */
  site(worker: CheckInWorker, name: FamilyName, wishes?: Wishes): Promise<CheckInSite>
}

export async function checkInWorld(): Promise<CheckInWorld> {
  const keys = await keyWorld()
  let count = 0
  const world: CheckInWorld = {
    keys,
    clock: keys.clock,
    checkIn: { ...DEFAULT_AUTOMATION.checkIn, mode: 'fixed', at: '15:00' },
    refreshed: [],
    opened: [],
    ended: [],
    start: async () => workerOf(world, await keys.start()),
    logIn: ({ relay, origin }, username) => logIn(world, relay, origin, username),
    async site({ worker }, name, wishes = {}) {
      const family: Family = FAMILIES[name]
      count += 1
      const host = `${name} ${String(count)}`
      const relay = await keys.site(
        host,
        family.create(() => world.clock.nowMs, wishes),
      )
      if (family.auth) await logIn(world, relay, keys.origin(host), 'alice')
      const accountId = await keys.account(worker, host, {
        siteType: family.siteType,
        ...(family.auth ? { auth: family.auth } : {}),
      })
      return siteOf(world.clock, family, relay, accountId, keys.origin(host))
    },
  }
  return world
}

async function logIn(
  { keys }: CheckInWorld,
  relay: Relay,
  origin: string,
  username: string,
): Promise<void> {
  for (const { name, value, path } of relay.sessionFor(username).cookies) {
    await keys.jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
  }
}

function siteOf(
  clock: { nowMs: number },
  family: Family,
  relay: Relay,
  accountId: string,
  origin: string,
): CheckInSite {
  return {
    family,
    relay,
    origin,
    accountId,
    posts: () => relay.counters.count('POST', family.postPath),
    booked: () => relay.books.checkIns.length,
    async checkInThere() {
      const token = 'proof-of-a-person'
      relay.state.turnstileTokens.add(token)
      const { cookies, localStorage } = relay.sessionFor('alice')
      const response = await fetch(`${origin}${family.postPath}?turnstile=${token}`, {
        method: 'POST',
        headers: {
          Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
          'New-Api-User': '7',
          'Veloera-User': '7',
          'X-Requested-With': 'XMLHttpRequest',
          'Content-Type': 'application/json',
        },
        body: '{}',
      })
      if (!response.ok)
        throw new Error(`${String(response.status)} ${Object.keys(localStorage).join()}`)
      relay.counters.reset()
      clock.nowMs += 5 * MINUTE
    },
  }
}

function workerOf(world: CheckInWorld, worker: Worker): CheckInWorker {
  const { vault, book, living } = worker
  const { now } = worker.ports
  const journal = createJournal({ vault, announce: () => undefined, now })
  const checkIns = createCheckIns({
    vault,
    book,
    journal,
    settings: () => Promise.resolve({ ...DEFAULT_AUTOMATION, checkIn: world.checkIn }),
    descriptions: allAdapters.map(({ description }) => description),
    adapterFor: (type) => withDaily(adapterFor(type)),
    asAccount: hasty(worker),
    atNetwork: (work) => work(),
    forgive: worker.forgive,
    refresh: (ids, why) => living(() => Promise.resolve(void world.refreshed.push({ ids, why }))),
    openTab: (url) => Promise.resolve(world.opened.push(url)),
    announce: () => undefined,
    wake: countedWake({ hold: () => Promise.resolve(), release: () => Promise.resolve() }),
    replan: () => undefined,
    onEnded: (entry) => living(() => Promise.resolve(void world.ended.push(entry))),
    offsetAt: () => 0,
    now,
  })
  const wakeUp = async () => {
    await checkIns.wakeUp()
    await checkIns.idle()
  }
  return {
    checkIns,
    worker,
    journal,
    wakeUp,
    async run(accountIds) {
      const runId = await checkIns.run(accountIds)
      await checkIns.idle()
      const { entries } = await journal.list({ limit: 50 })
      return entries.find(({ id }) => id === runId)!
    },
    mark: async (accountId) => markNow((await book.page(accountId)).snapshot.checkIn, now()),
    record: (accountId) => vault.load('checkIns', accountId),
    entries: async () => (await journal.list({ limit: 50 })).entries,
    async pass(ms) {
      const endMs = world.clock.nowMs + ms
      for (;;) {
        const nextMs = (await checkIns.nextAtMs()) ?? Infinity
        if (Math.max(nextMs, world.clock.nowMs + MINUTE / 2) > endMs) break
        world.clock.nowMs = Math.max(nextMs, world.clock.nowMs + MINUTE / 2)
        await wakeUp()
      }
      world.clock.nowMs = Math.max(world.clock.nowMs, endMs)
    },
  }
}

/** Work at a site whose requests are given up soon. */
function hasty({ ports }: Worker): AsAccount<DailyAdapter> {
  return (accountId, work, signal) =>
    ports.asAccount(
      accountId,
      (site) => {
        const { transport } = site.ctx
        const ctx = {
          ...site.ctx,
          transport: ((request, options) =>
            transport({ ...request, timeoutMs: TIMEOUT_MS }, options)) as typeof transport,
        }
        return work({ ...site, ctx, adapter: withDaily(site.adapter) })
      },
      signal,
    )
}

/** A world with one account at one site. */
export async function oneSite(name: FamilyName, wishes: Wishes = {}) {
  const world = await checkInWorld()
  const worker = await world.start()
  const site = await world.site(worker, name, wishes)
  return { world, worker, site }
}

/** Begins a run of all and lets the worker die at a moment, counted in writes and requests. */
export async function runAndDie({ checkIns, worker }: CheckInWorker, at: number): Promise<void> {
  let steps = 0
  const died = new Promise<void>((resolve) => {
    worker.life.onStep = () => {
      steps += 1
      if (steps !== at) return
      worker.life.isAlive = false
      resolve()
    }
  })
  void checkIns.run()
  await died
  // What was on its way arrives.
  await new Promise((resolve) => setTimeout(resolve, 30))
}
