// @vitest-environment node
import { createContext, runInContext } from 'node:vm'

import { afterEach, describe, expect, test } from 'vitest'

import type { Sub2ApiGeneration, Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { REFRESH_FAULTS, REFRESH_REQUEST } from '../../e2e/relays/sub2api/refresh-faults'
import { ALICE, startTestSite, type TestSite } from '../../e2e/relays/sub2api/test-site'

const cleanups: (() => unknown)[] = []
afterEach(() => Promise.all(cleanups.splice(0).map((clean) => clean())))

interface Element {
  hidden: boolean
  textContent: string
  elements: Record<string, { value: string }>
  listeners: Map<string, (event: unknown) => Promise<void>>
  addEventListener(name: string, listener: (event: unknown) => Promise<void>): void
}

function element(): Element {
  const listeners: Element['listeners'] = new Map()
  const addEventListener: Element['addEventListener'] = (name, listener) => {
    listeners.set(name, listener)
  }
  return { hidden: true, textContent: '', elements: {}, listeners, addEventListener }
}

/** What a browser keeps per origin: its storage, with a note of every write, and its locks. */
class Browser {
  readonly local = new Map<string, string>()
  readonly writes: string[] = []
  readonly lockNames: string[] = []
  private queue: Promise<unknown> = Promise.resolve()

  readonly localStorage = {
    getItem: (key: string) => this.local.get(key) ?? null,
    setItem: (key: string, value: string) => {
      this.writes.push(key)
      this.local.set(key, value)
    },
    removeItem: (key: string) => this.local.delete(key),
  }

  readonly locks = {
    request: (name: string, hold: () => Promise<unknown>) => {
      this.lockNames.push(name)
      const held = this.queue.then(hold)
      this.queue = held.catch(() => undefined)
      return held
    },
  }
}

interface Tab {
  element(id: string): Element
  session: Map<string, string>
  paths: string[]
  refreshNow(): Promise<boolean>
  fire(id: string, event: string, more?: object): Promise<void>
}

/** Opens the page of the site in a tab that has only what its script uses. */
async function openTab(site: TestSite, browser: Browser, hasLocks = true): Promise<Tab> {
  const html = (await site.call('GET', '/dashboard')).text
  const script = /<script>('use strict'[\s\S]*)<\/script>/.exec(html)?.[1] ?? ''
  const timers = new Set<NodeJS.Timeout>()
  const elements = new Map<string, Element>()
  const elementOf = (id: string) => {
    const found = elements.get(id) ?? element()
    elements.set(id, found)
    return found
  }
  const session = new Map<string, string>()
  const paths: string[] = []
  const goTo = (_state: unknown, _title: string, path: string) => paths.push(path)
  const remember = (timer: NodeJS.Timeout) => {
    timers.add(timer)
    return timer
  }
  const window: { relayPage?: { refreshNow: () => Promise<boolean> } } = {}
  cleanups.push(() => timers.forEach((timer) => clearTimeout(timer)))
  runInContext(
    script,
    createContext({
      window,
      document: { getElementById: elementOf, querySelector: () => null },
      localStorage: browser.localStorage,
      sessionStorage: {
        setItem: (key: string, value: string) => session.set(key, value),
        removeItem: (key: string) => session.delete(key),
      },
      history: { pushState: goTo, replaceState: goTo },
      navigator: hasLocks ? { locks: browser.locks } : {},
      fetch: (path: string, init: RequestInit) => fetch(site.origin + path, init),
      setTimeout: (run: () => void, ms: number) => remember(setTimeout(run, ms)),
      setInterval: (run: () => void, ms: number) => remember(setInterval(run, ms)),
      clearTimeout,
      clearInterval: clearTimeout,
      AbortSignal,
      Intl,
    }),
  )
  return {
    element: elementOf,
    session,
    paths,
    refreshNow: () => window.relayPage!.refreshNow(),
    fire: async (id, event, more = {}) => {
      const target = elementOf(id)
      await target.listeners.get(event)!({ target, preventDefault: () => undefined, ...more })
    },
  }
}

async function start(generation: Sub2ApiGeneration, options: Partial<Sub2ApiOptions> = {}) {
  const site = await startTestSite(generation, { now: () => Date.now(), ...options })
  cleanups.push(site.close)
  const browser = new Browser()
  const storeSession = () => {
    for (const [key, value] of Object.entries(site.relay.sessionFor('alice').localStorage)) {
      browser.local.set(key, value)
    }
  }
  const logIn = async (tab: Tab, username: string) => {
    tab.element('login').elements = {
      username: { value: username },
      password: { value: ALICE.password },
    }
    await tab.fire('login', 'submit')
  }
  const refreshes = () => site.relay.counters.count('POST', REFRESH_REQUEST.path)
  return { site, relay: site.relay, browser, storeSession, logIn, refreshes }
}

describe.each(['old', 'new'] as const)('%s: page', (generation) => {
  const isNew = generation === 'new'
  const KEYS = ['auth_token', 'auth_user', ...(isNew ? ['refresh_token', 'token_expires_at'] : [])]

  test.each(['alice', ALICE.email])('login as %s, then logout', async (username) => {
    const { site, relay, browser, logIn } = await start(generation)
    const tab = await openTab(site, browser)
    expect([tab.element('login').hidden, tab.element('console').hidden]).toEqual([false, true])
    await logIn(tab, username)
    expect(tab.element('user-name').textContent).toBe('alice')
    expect(tab.element('balance').textContent).toBe('$12.50')
    expect([...browser.local.keys()].sort()).toEqual([...KEYS].sort())
    if (isNew) expect(browser.writes.at(-1)).toBe('refresh_token')
    await expect.poll(() => relay.counters.count('GET', '/api/v1/auth/me')).toBe(1)
    expect(relay.counters.requests().at(-1)?.query['timezone']).toBeTruthy()
    const token = browser.local.get('refresh_token') ?? ''
    await tab.fire('logout', 'click')
    expect(relay.counters.count('POST', '/api/v1/auth/logout')).toBe(1)
    expect(relay.state.refreshTokens.has(token)).toBe(false)
    expect([browser.local.size, tab.session.has('auth_expired')]).toEqual([0, false])
    expect(tab.paths).toEqual(['/dashboard', '/login'])
  })

  test('a stored session opens the console; the balance is polled', async () => {
    const { site, relay, browser, storeSession } = await start(generation, { page: { pollMs: 20 } })
    storeSession()
    const tab = await openTab(site, browser)
    relay.state.users.get(7)!.balance = -3
    await expect.poll(() => tab.element('balance').textContent).toBe('-$3.00')
    expect(JSON.parse(browser.local.get('auth_user') ?? '')).not.toHaveProperty('run_mode')
    expect(relay.state.refreshLog).toEqual([])
  })

  test('a token that is no longer good: refreshed on new servers, else the login', async () => {
    const { site, relay, browser, storeSession } = await start(generation)
    storeSession()
    browser.local.set('auth_token', 'stale')
    const tab = await openTab(site, browser)
    if (isNew) {
      await expect.poll(() => relay.counters.count('GET', '/api/v1/auth/me')).toBe(2)
      expect(relay.state.refreshLog.map(({ outcome }) => outcome)).toEqual(['rotated'])
      expect(tab.element('console').hidden).toBe(false)
    } else {
      await expect.poll(() => tab.session.get('auth_expired')).toBe('1')
      expect(browser.local.size).toBe(0)
      expect(tab.element('login').hidden).toBe(false)
    }
  })
})

describe('new page: refresh', () => {
  test('before the expiry, under the lock, the refresh token written last', async () => {
    const { site, relay, browser, storeSession, refreshes } = await start('new', {
      accessTokenSec: 2,
      page: { refreshBeforeMs: 1700 },
    })
    storeSession()
    await openTab(site, browser)
    await expect.poll(refreshes, { timeout: 3000 }).toBe(1)
    await expect.poll(() => browser.writes).toContain('refresh_token')
    const writes = browser.writes.filter((key) => key !== 'auth_user')
    expect(writes).toEqual(['auth_token', 'token_expires_at', 'refresh_token'])
    expect(browser.lockNames).toEqual(['sub2api-auth-token-refresh'])
    expect(relay.state.refreshTokens.has(browser.local.get('refresh_token') ?? '')).toBe(true)
  })

  test('tabs that want it at once send one request and share its pair', async () => {
    const { site, browser, storeSession, refreshes } = await start('new')
    storeSession()
    const tabs = [await openTab(site, browser), await openTab(site, browser)]
    const done = tabs.flatMap((tab) => [tab.refreshNow(), tab.refreshNow()])
    expect(await Promise.all(done)).toEqual([true, true, true, true])
    expect(refreshes()).toBe(1)
    expect(browser.lockNames.length).toBe(2)
  })

  test('a pair written meanwhile wins over the own one', async () => {
    const { site, relay, browser, storeSession } = await start('new')
    storeSession()
    const tab = await openTab(site, browser)
    relay.faults.set(REFRESH_REQUEST, { kind: 'latency', ms: 60 })
    const done = tab.refreshNow()
    const other = relay.sessionFor('alice').localStorage
    for (const [key, value] of Object.entries(other)) browser.local.set(key, value)
    expect(await done).toBe(true)
    expect(browser.local.get('refresh_token')).toBe(other['refresh_token'])
  })

  test('a failed refresh waits a second for a pair of somebody else', async () => {
    const { site, relay, browser, storeSession } = await start('new')
    storeSession()
    const tab = await openTab(site, browser)
    relay.faults.set(REFRESH_REQUEST, REFRESH_FAULTS.unavailable)
    const done = tab.refreshNow()
    await expect.poll(() => relay.state.refreshLog.length).toBe(1)
    const other = relay.sessionFor('alice').localStorage
    for (const [key, value] of Object.entries(other)) browser.local.set(key, value)
    expect(await done).toBe(true)
    expect(tab.session.has('auth_expired')).toBe(false)
  })

  test.each(['another user', 'an expired pair', 'nothing'])(
    '%s is no such pair: the four keys are cleared',
    async (what) => {
      const { site, relay, browser, storeSession } = await start('new')
      storeSession()
      const tab = await openTab(site, browser)
      await expect.poll(() => browser.writes).toContain('auth_user')
      relay.faults.set(REFRESH_REQUEST, REFRESH_FAULTS.unavailable)
      const startedAt = Date.now()
      const done = tab.refreshNow()
      if (what !== 'nothing') browser.local.set('refresh_token', 'rt_other')
      if (what === 'another user') browser.local.set('auth_user', '{"id":8}')
      if (what === 'an expired pair') browser.local.set('token_expires_at', '1')
      expect(await done).toBe(false)
      expect(Date.now() - startedAt).toBeGreaterThan(900)
      expect([browser.local.size, tab.session.get('auth_expired')]).toEqual([0, '1'])
      expect([tab.element('login').hidden, tab.paths]).toEqual([false, ['/login']])
    },
  )

  test('without Web Locks a refusal is waited out for longer', async () => {
    const { site, relay, browser, storeSession } = await start('new')
    storeSession()
    const tab = await openTab(site, browser, false)
    relay.state.refreshTokens.clear()
    const done = tab.refreshNow()
    await new Promise((resolve) => setTimeout(resolve, 1200))
    const other = relay.sessionFor('alice').localStorage
    for (const [key, value] of Object.entries(other)) browser.local.set(key, value)
    expect([await done, browser.lockNames]).toEqual([true, []])
  })
})
