import { CookieJar } from 'tough-cookie'
import { onTestFinished } from 'vitest'

import { startRelay } from '@/e2e/relays/farm'
import type { NewApiRelay, RelayOptions, SeedUser } from '@/e2e/relays/new-api/relay'
import { createBrowserFetch } from '@/scripts/conformance/browser-fetch'
import { dayRange } from '@/src/domain/day-key'
import type { Failure, Result } from '@/src/domain/failure'
import type { SiteType } from '@/src/domain/site-type'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { Access, FullAdapter, PageStorage, SiteContext } from '@/src/sites/adapter'
import { withLate } from '@/src/sites/late-registry'
import { adapterFor } from '@/src/sites/registry'

export type RelayGeneration = RelayOptions['generation']

export const GENERATIONS = ['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3'] as const

export const PAT = 'tKn+0123456789abcdefghijklmnop/='
export const day = dayRange(Date.now())

export const ALICE: SeedUser = {
  id: 7,
  username: 'alice',
  displayName: 'Alice',
  password: 'correct horse',
  quota: 1_234_567,
  usedQuota: 7_654,
  requestCount: 3,
  group: 'vip',
  accessToken: PAT,
  keys: [
    { name: 'first', remainQuota: 10 },
    { name: 'second', unlimited: true },
  ],
  logs: [
    { createdAtSec: day.fromSec, type: 2, quota: 100, promptTokens: 5, completionTokens: 6 },
    { createdAtSec: day.toSec, type: 2, quota: 20, promptTokens: 1, completionTokens: 2 },
    { createdAtSec: day.fromSec, type: 4, quota: 0, content: 'gift' },
    { createdAtSec: day.fromSec - 1, type: 2, quota: 5000 },
  ],
}

export const BOB: SeedUser = {
  id: 8,
  username: 'bob',
  password: 'staple',
  quota: 99,
  accessToken: 'bobs0123456789abcdefghijklmnopqr',
}

export type Fault = Parameters<NewApiRelay['faults']['set']>[1]

export interface Site {
  readonly origin: string
  readonly ctx: SiteContext
  readonly adapter: FullAdapter
  readonly jar: CookieJar
}

/** What the extension has at `origin`: an empty cookie jar and the adapter of the type. */
export function siteAt(origin: string, type: SiteType, timeoutMs = 2_000): Site {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false })
  const now = () => Date.now()
  const transport = createHttpTransport({
    origin,
    fetch: createBrowserFetch(origin, jar),
    budgets: createBudgets({ now }),
    now,
    timeoutMs,
  })
  return { origin, ctx: { origin, transport, now }, adapter: withLate(adapterFor(type)), jar }
}

export interface RelaySite extends Site {
  readonly relay: NewApiRelay
  /** Puts a login into the cookie jar, replacing the one there, and returns the page's storage. */
  logIn(username: string): Promise<PageStorage>
}

/** A relay for the running test, with alice and bob. */
export async function relaySite(
  generation: RelayGeneration,
  options: Partial<RelayOptions> = {},
): Promise<RelaySite> {
  const { relay, origin, ...server } = await startRelay({
    generation,
    users: [ALICE, BOB],
    ...options,
  })
  onTestFinished(() => server.close())
  const site = siteAt(origin, generation === 'one-api' ? 'one-api' : 'new-api')
  return {
    ...site,
    relay,
    async logIn(username) {
      await site.jar.removeAllCookies()
      const { cookies, localStorage } = relay.sessionFor(username)
      for (const { name, value, path } of cookies) {
        await site.jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
      }
      const values = site.adapter.pageStorageKeys.map((key) => [key, localStorage[key] ?? null])
      return { values: Object.fromEntries(values) as PageStorage['values'] }
    },
  }
}

export const tokenOf = (user: SeedUser): Access => ({
  kind: 'token',
  userId: String(user.id),
  accessToken: user.accessToken ?? '',
})

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

export function failureIn(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`no failure: ${JSON.stringify(result.value)}`)
  return result.failure
}
