import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createNewApiRelay } from '@/e2e/relays/new-api/relay'
import { createShield } from '@/e2e/relays/shield/shield'
import type { HelpProgress } from '@/src/domain/help'
import { needsYou, type NeedsYouItem } from '@/src/domain/needs-you'
import { createBackOff } from '@/src/net/back-off'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Transport } from '@/src/net/transport'
import { AUTO_HELP_EVERY_MS, createShieldHelp, type Place } from '@/src/services/shield-help'
import { isThroughShield, runWaiting } from '@/src/services/shield-work'
import { adapterFor } from '@/src/sites/registry'

import { makeAccount } from '../support/make'
import { makeFakeSite } from '../support/fake-adapter'
import { freshDisk, startWorld, type World } from '../support/world'

beforeEach(freshDisk)

const QUARTER_HOUR = 15 * 60_000
const TOKEN = 'pat-of-alice-0123456789abcdefghi'

/** A relay behind a wall, and the same relay as a tab sees it that has passed the wall. */
async function shieldedSite() {
  const relay = createNewApiRelay({
    generation: 'g1b',
    rateLimits: 'off',
    users: [{ id: 7, username: 'alice', password: 'p', quota: 1_000_000, accessToken: TOKEN }],
  })
  const shield = createShield(relay)
  const [front, inside] = await Promise.all([startSite(shield), startSite(relay)])
  onTestFinished(async () => {
    await Promise.all([front.close(), inside.close()])
  })
  return { relay, shield, origin: front.origin, insideOrigin: inside.origin }
}

type Shielded = Awaited<ReturnType<typeof shieldedSite>>

/** What the browser did: everything a user would notice. */
interface Browser {
  readonly opened: string[]
  readonly closed: number[]
  readonly open: Map<number, string>
  /** Origins whose check the user has passed. */
  readonly passed: Set<string>
}

interface Scene {
  readonly world: World
  readonly browser: Browser
  readonly help: ReturnType<typeof createShieldHelp>
  readonly announced: HelpProgress[]
  list(): Promise<NeedsYouItem[]>
  /** A refresh of everything, as an alarm would start it. */
  alarm(): Promise<void>
}

async function startScene(
  sites: readonly Shielded[],
  autoHelp: ReadonlySet<string> = new Set(),
): Promise<Scene> {
  const browser: Browser = { opened: [], closed: [], open: new Map(), passed: new Set() }
  const announced: HelpProgress[] = []
  const clock = { nowMs: Date.parse('2026-11-21T12:00:00Z') }
  const now = () => clock.nowMs
  const budgets = createBudgets({ now })
  const to = (origin: string): Transport => createHttpTransport({ origin, budgets, now })
  const transportIn = (origin: string): Transport => {
    const site = sites.find((one) => one.origin === origin)
    return to(site && browser.passed.has(origin) ? site.insideOrigin : origin)
  }
  const tabOf = (origin: string) =>
    [...browser.open].find(([, shown]) => shown === origin)?.[0] ?? null
  const world = await startWorld(makeFakeSite(), {
    adapterFor,
    transportTo: to,
    backOff: createBackOff({ now, random: () => 0 }),
    now,
    inTab: (origin) => Promise.resolve(tabOf(origin) === null ? null : transportIn(origin)),
  })
  for (const { origin } of sites) {
    await world.add(makeAccount({ origin, auth: { mode: 'token', accessToken: TOKEN } }))
  }
  const work = {
    ...world.ports,
    runner: world.runner,
    transportIn,
    reach: () => Promise.resolve(() => Promise.resolve(null)),
  }
  let nextTab = 1
  const autoHelped = new Map<string, number>()
  const open = (origin: string): Promise<Place> => {
    browser.opened.push(origin)
    browser.open.set(nextTab, origin)
    return Promise.resolve({ tabId: nextTab++, ours: true })
  }
  const list = async () => needsYou((await world.book.glance()).rows, now())
  let slot: unknown
  const help = createShieldHelp({
    open,
    close: ({ tabId }) => {
      browser.closed.push(tabId)
      browser.open.delete(tabId)
      return Promise.resolve()
    },
    isOpen: ({ tabId }) => Promise.resolve(browser.open.has(tabId)),
    isThrough: (origin, { tabId }) => isThroughShield(work, origin, tabId),
    run: (origin) => runWaiting(work, origin),
    challenged: async () =>
      (await list()).flatMap(({ act, origin }) => (act === 'pass' ? [origin] : [])),
    autoHelp: (origin) =>
      Promise.resolve({ allowed: autoHelp.has(origin), lastMs: autoHelped.get(origin) ?? 0 }),
    noteAutoHelp: (origin) => {
      autoHelped.set(origin, clock.nowMs)
      return Promise.resolve()
    },
    slot: {
      load: () => Promise.resolve(slot),
      save: (value) => {
        slot = structuredClone(value)
        return Promise.resolve()
      },
    },
    wake: { hold: () => Promise.resolve(), release: () => Promise.resolve() },
    announce: (progress) => announced.push(progress),
    sleep: async (ms) => {
      clock.nowMs += ms
      await new Promise((resolve) => setTimeout(resolve, 1))
    },
    now,
  })
  return {
    world: { ...world, clock },
    browser,
    help,
    announced,
    list,
    alarm: async () => {
      await world.runner.start()
      await world.runner.idle()
      await help.considerUnseen()
    },
  }
}

/** Resolves when the help under way has come to its end. */
async function ended(scene: Scene): Promise<HelpProgress> {
  for (;;) {
    const progress = scene.help.progress()
    if (!progress.current && progress.left.length === 0) return progress
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a day with three shielded sites', () => {
  test('opens nothing, and the list holds three entries; one click each clears them', async () => {
    const sites = await Promise.all([shieldedSite(), shieldedSite(), shieldedSite()])
    const scene = await startScene(sites)
    for (let quarter = 0; quarter < 96; quarter += 1) {
      await scene.alarm()
      scene.world.clock.nowMs += QUARTER_HOUR
    }
    expect(scene.browser.opened).toEqual([])
    expect((await scene.list()).map(({ act }) => act)).toEqual(['pass', 'pass', 'pass'])
    for (const { relay, shield } of sites) {
      expect(relay.counters.total()).toBe(0)
      // A wall that stays up is not run against four times an hour.
      const asked = shield.counters.challenged()
      expect(asked).toBeGreaterThan(3)
      expect(asked).toBeLessThan(40)
    }

    for (const { origin } of sites) {
      await scene.help.start([origin])
      // The user needs a moment for the check.
      setTimeout(() => scene.browser.passed.add(origin), 20)
      expect(await ended(scene)).toEqual({ left: [], ended: [{ origin, outcome: 'passed' }] })
    }
    expect(scene.browser.opened).toEqual(sites.map(({ origin }) => origin))
    expect(scene.browser.open.size).toBe(0)
    expect(await scene.list()).toEqual([])
    const { rows } = await scene.world.book.glance()
    expect(rows.map(({ balance }) => balance)).toEqual(
      sites.map(() => ({ state: 'complete', value: 1_000_000 })),
    )
    for (const { relay } of sites) {
      expect(relay.counters.requests().every(({ method }) => method === 'GET')).toBe(true)
    }
  }, 60_000)

  test('one click for all of them goes from one to the next', async () => {
    const sites = await Promise.all([shieldedSite(), shieldedSite(), shieldedSite()])
    const scene = await startScene(sites)
    await scene.alarm()
    for (const { origin } of sites) scene.browser.passed.add(origin)
    await scene.help.start(sites.map(({ origin }) => origin))
    const { ended: results } = await ended(scene)
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed'])
    expect(scene.browser.closed).toEqual([1, 2, 3])
    expect(await scene.list()).toEqual([])
    expect(new Set(scene.announced.map(({ current }) => current?.phase))).toEqual(
      new Set([undefined, 'opening', 'waiting', 'running']),
    )
  })
})

describe('help that does not come to its end', () => {
  test('a tab the user closes leaves the entry where it was', async () => {
    const site = await shieldedSite()
    const scene = await startScene([site])
    await scene.alarm()
    await scene.help.start([site.origin])
    setTimeout(() => {
      scene.browser.open.clear()
    }, 20)
    expect((await ended(scene)).ended).toEqual([{ origin: site.origin, outcome: 'closed' }])
    expect(await scene.list()).toHaveLength(1)
  })

  test('a check nobody passes is given up after five minutes, and what was opened is closed', async () => {
    const site = await shieldedSite()
    const scene = await startScene([site])
    await scene.alarm()
    await scene.help.start([site.origin])
    expect((await ended(scene)).ended).toEqual([{ origin: site.origin, outcome: 'gave-up' }])
    expect(scene.browser.open.size).toBe(0)
  })

  test('a click twice opens one tab', async () => {
    const site = await shieldedSite()
    const scene = await startScene([site])
    await scene.alarm()
    scene.browser.passed.add(site.origin)
    await Promise.all([scene.help.start([site.origin]), scene.help.start([site.origin])])
    await ended(scene)
    expect(scene.browser.opened).toEqual([site.origin])
  })
})

describe('a site the user allowed to be opened unseen', () => {
  test('is opened by itself, but at most every six hours', async () => {
    const [allowed, other] = await Promise.all([shieldedSite(), shieldedSite()])
    const scene = await startScene([allowed, other], new Set([allowed.origin]))
    for (let quarter = 0; quarter < 96; quarter += 1) {
      await scene.alarm()
      await ended(scene)
      scene.world.clock.nowMs += QUARTER_HOUR
    }
    expect(new Set(scene.browser.opened)).toEqual(new Set([allowed.origin]))
    expect(scene.browser.opened.length).toBeLessThanOrEqual(
      Math.ceil((24 * 3_600_000) / AUTO_HELP_EVERY_MS),
    )
    expect(scene.browser.opened.length).toBeGreaterThan(1)
    expect(scene.browser.open.size).toBe(0)
    expect(scene.announced.every(({ current }) => current?.unseen ?? true)).toBe(true)
  }, 60_000)
})
