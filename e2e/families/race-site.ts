import type { Page } from '@playwright/test'

import type { Farm } from '../relays/farm'
import type { ReadyLogin } from '../relays/kit/site-double'
import { createSub2ApiRelay, type Sub2ApiRelay } from '../relays/sub2api/relay'
import type { ExtensionBrowser } from '../support/browser'

const USER = { id: 7, email: 'ann@mail.example', password: 'password-of-ann', balance: 12.5 }

/** Why the bearer of a stored account has to be renewed: it is about to end, or is refused. */
export type Need = 'ends-soon' | 'refused'

/** Seconds; accounts are renewed when less than 120 are left. */
const LIFE_SEC: Record<Need, number> = { 'ends-soon': 100, refused: 3_600 }

/** A site, its open page, and the account that lives by that page's session. */
export interface RaceSite {
  readonly relay: Sub2ApiRelay
  readonly origin: string
  readonly need: Need
  readonly page: Page
  readonly accountId: string
}

/** Who had to wait for whom at the lock of the site's pages. */
export interface Waits {
  page: number
  extension: number
}

/** What a page and its site have of the session after a round. */
export interface SessionState {
  readonly isLoggedIn: boolean
  /** Whether the page holds the one refresh token that the site would take. */
  readonly isPairGood: boolean
  /** How often the refresh token presented most often was. */
  readonly mostUses: number
}

/** A site with somebody logged in in an open page, stored as an account of that page's session. */
export async function openRaceSite(
  extension: ExtensionBrowser,
  farm: Farm,
  options: Page,
  { host, need }: { host: string; need: Need },
): Promise<RaceSite> {
  const relay = createSub2ApiRelay({
    generation: 'new',
    users: [USER],
    siteName: host,
    rateLimits: 'off',
    accessTokenSec: LIFE_SEC[need],
    // The page refreshes when it is told to and not by itself.
    page: { refreshBeforeMs: 1_000 },
  })
  farm.add(host, relay)
  const origin = farm.origin(host)
  const page = await openLoggedIn(extension, origin, relay.sessionFor(USER.email))
  return { relay, origin, need, page, accountId: await addBySession(extension, options, origin) }
}

async function openLoggedIn(
  extension: ExtensionBrowser,
  origin: string,
  login: ReadyLogin,
): Promise<Page> {
  const page = await extension.context.newPage()
  await page.goto(`${origin}/login`)
  await page.evaluate((values) => {
    for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value)
  }, login.localStorage)
  await page.goto(`${origin}/dashboard`)
  await page.evaluate(countWaits)
  return page
}

/** Runs in the page: notes in `waits` who finds the lock taken by the other. */
function countWaits(): void {
  const { locks } = navigator
  const waits: Waits = { page: 0, extension: 0 }
  const request = locks.request.bind(locks) as (name: string, run: () => unknown) => unknown
  const watched = async (name: string, run: () => Promise<void>) => {
    if ((await locks.query()).held?.length) waits.page += 1
    return request(name, async () => {
      await run()
      if ((await locks.query()).pending?.length) waits.extension += 1
    })
  }
  Object.assign(locks, { request: watched })
  Object.assign(window, { waits })
}

export function waitsIn({ page }: RaceSite): Promise<Waits> {
  return page.evaluate(() => (window as unknown as { waits: Waits }).waits)
}

async function addBySession(
  extension: ExtensionBrowser,
  options: Page,
  origin: string,
): Promise<string> {
  const found = await extension.send(options, 'sites.recognise', { origin })
  const recognition = found.ok ? found.value.recognition : null
  if (!recognition) throw new Error(`not recognised: ${JSON.stringify(found)}`)
  const { draftId, siteName } = recognition
  const choice = { draftId, name: siteName, exchangeRate: 7.2, way: 'page-session' } as const
  const added = await extension.send(options, 'accounts.addRecognised', choice)
  if (!added.ok) throw new Error(`not added: ${JSON.stringify(added.failure)}`)
  return added.value.id
}

/** Makes the page refresh its session after `afterMs`; whether it still has one then. */
export function refreshPage({ page }: RaceSite, afterMs: number): Promise<boolean> {
  return page.evaluate(async (ms) => {
    const { relayPage } = window as unknown as {
      relayPage: { refreshNow(): Promise<boolean> }
    }
    await new Promise((resolve) => setTimeout(resolve, ms))
    return relayPage.refreshNow()
  }, afterMs)
}

export async function sessionState({ page, relay }: RaceSite): Promise<SessionState> {
  const stored = await page.evaluate(() => ({
    access: localStorage.getItem('auth_token') ?? '',
    refresh: localStorage.getItem('refresh_token') ?? '',
    showsLogin: document.querySelector<HTMLElement>('#login')?.hidden === false,
  }))
  const { refreshTokens, refreshUses } = relay.state
  return {
    isLoggedIn: stored.access !== '' && !stored.showsLogin,
    isPairGood: [...refreshTokens.keys()].join(' ') === stored.refresh,
    mostUses: Math.max(0, ...refreshUses.values()),
  }
}
