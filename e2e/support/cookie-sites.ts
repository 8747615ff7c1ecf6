import type { Page } from '@playwright/test'

import { createDoneHubRelay } from '../relays/done-hub/relay'
import type { Farm } from '../relays/farm'
import { parseCookies } from '../relays/kit/incoming'
import { openCookie, sealCookie } from '../relays/kit/signing'
import type { RequestHandler, SiteDouble } from '../relays/kit/site-double'
import { createNewApiRelay } from '../relays/new-api/relay'
import type { ExtensionBrowser } from './browser'
import { logIn } from './console'

export const ADA = { id: 51, username: 'ada', password: 'password-of-ada', quota: 1_000_000 }
export const BEA = { id: 52, username: 'bea', password: 'password-of-bea', quota: 2_000_000 }
export const CAY = { id: 53, username: 'cay', password: 'password-of-cay', quota: 3_000_000 }

const USERS = [ADA, BEA, CAY]

interface CookieRelay extends SiteDouble {
  readonly state: { users: ReadonlyMap<number, { quota: number }>; secret: string }
}

const RELAYS: Record<'new-api' | 'done-hub', () => CookieRelay> = {
  'new-api': () => createNewApiRelay({ generation: 'g1b', systemName: 'Harbour', users: USERS }),
  'done-hub': () =>
    createDoneHubRelay({ variant: 'done-hub', systemName: 'Harbour', users: USERS }),
}

/** A site with three users that tells them apart by a session cookie. */
export interface CookieSite {
  readonly origin: string
  readonly relay: CookieRelay
  setQuota(user: { id: number }, quota: number): void
  /** From now on every answer to a login renews its cookie; the old ones still work. */
  renewCookies(): void
  /** Every cookie that was not renewed is good no more. */
  endOldCookies(): void
}

export function addCookieSite(
  farm: Farm,
  family: 'new-api' | 'done-hub',
  host: string,
): CookieSite {
  const relay = RELAYS[family]()
  let nextSecret: string | null = null
  farm.add(
    host,
    renewing(relay, () => nextSecret),
  )
  return {
    origin: farm.origin(host),
    relay,
    setQuota: ({ id }, quota) => {
      relay.state.users.get(id)!.quota = quota
    },
    renewCookies: () => {
      nextSecret = `${relay.state.secret}-next`
    },
    endOldCookies: () => {
      relay.state.secret = nextSecret ?? relay.state.secret
      nextSecret = null
    },
  }
}

/** Renews the cookie of every login it meets, as many sites do; both are good meanwhile. */
function renewing(relay: CookieRelay, nextSecret: () => string | null): RequestHandler {
  return {
    handle(request, response) {
      const next = nextSecret()
      const cookie = parseCookies(request.headers.cookie).get('session') ?? ''
      if (next !== null) {
        const renewed = openCookie(next, cookie)
        const login = renewed ?? openCookie(relay.state.secret, cookie)
        if (renewed !== undefined) {
          request.headers.cookie = `session=${sealCookie(relay.state.secret, renewed)}`
        }
        const fresh = `session=${sealCookie(next, login)}; Path=/; HttpOnly; SameSite=Strict`
        if (login !== undefined) response.setHeader('set-cookie', fresh)
      }
      relay.handle(request, response)
    },
  }
}

/** Logs the browser in as another user; the login before stays good at the site. */
export async function becomeUser(
  { context }: ExtensionBrowser,
  tab: Page,
  origin: string,
  user: { username: string; password: string },
): Promise<void> {
  await context.clearCookies({ domain: new URL(origin).hostname })
  await logIn(tab, origin, user.username, user.password)
}

/** What the browser's own jar holds for the site. */
export async function jarOf(
  { context }: ExtensionBrowser,
  origin: string,
): Promise<Record<string, string>> {
  const cookies = await context.cookies(origin)
  return Object.fromEntries(cookies.map(({ name, value }) => [name, value]))
}

/** How many of the browser's rules for request headers there are. */
export function headerRules(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { declarativeNetRequest: rules } = (
      globalThis as unknown as {
        chrome: { declarativeNetRequest: { getSessionRules(): Promise<unknown[]> } }
      }
    ).chrome
    return (await rules.getSessionRules()).length
  })
}
