import { onTestFinished } from 'vitest'

import {
  createDoneHubRelay,
  type DoneHubOptions,
  type DoneHubRelay,
  type HubSeedUser,
  type Variant,
} from '@/e2e/relays/done-hub/relay'
import { startSite } from '@/e2e/relays/farm'
import type { Access, PageStorage, SiteContext } from '@/src/sites/adapter'

import { day, type Site, siteAt } from './site-client'

export const VARIANTS: readonly Variant[] = ['done-hub', 'one-hub']

export const ALICE_TOKEN = '0123456789abcdef0123456789abcdef'
export const BOB_TOKEN = 'fedcba9876543210fedcba9876543210'

/** A call of today: quota 1, tokens 2 and 3. */
export const call = (at: number) => ({
  createdAtSec: day.fromSec + at,
  type: 2,
  quota: 1,
  promptTokens: 2,
  completionTokens: 3,
})

export const ALICE: HubSeedUser = {
  id: 7,
  username: 'alice',
  password: 'correct horse',
  quota: 1_234_567,
  usedQuota: 7_654,
  requestCount: 3,
  group: 'vip',
  accessToken: ALICE_TOKEN,
  keys: [
    { name: 'first', remainQuota: 10, modelLimits: ['gpt-4o', 'dall-e-3'] },
    { name: 'second', unlimited: true, group: 'default' },
  ],
  logs: [
    { createdAtSec: day.fromSec, type: 2, quota: 100, promptTokens: 5, completionTokens: 6 },
    { createdAtSec: day.toSec, type: 2, quota: 20, promptTokens: 1, completionTokens: 2 },
    { createdAtSec: day.fromSec, type: 1, quota: 9_000_000 },
    { createdAtSec: day.fromSec, type: 4, quota: 0, content: 'gift' },
    { createdAtSec: day.fromSec - 1, type: 2, quota: 5_000 },
  ],
}

/** Has nothing at all: no key and no log row that could name him. */
export const BOB: HubSeedUser = {
  id: 8,
  username: 'bob',
  password: 'staple',
  quota: 99,
  accessToken: BOB_TOKEN,
}

export const BY_TOKEN: Access = { kind: 'token', userId: '7', accessToken: ALICE_TOKEN }
export const BY_COOKIE: Access = { kind: 'cookie', userId: '7' }

/** What the extension reads of a page of the family. */
export const NO_STORAGE: PageStorage = { values: {} }

export interface HubSite extends Site {
  readonly relay: DoneHubRelay
  /** Puts a login into the cookie jar, replacing the one there. */
  logIn(username: string): Promise<void>
}

/** A DoneHub or One Hub for the running test, with alice and bob. */
export async function hubSite(
  variant: Variant,
  options: Partial<DoneHubOptions> = {},
): Promise<HubSite> {
  const { relay, origin, ...server } = await startSite(
    createDoneHubRelay({ variant, users: [ALICE, BOB], rateLimits: 'off', ...options }),
  )
  onTestFinished(() => server.close())
  const site = siteAt(origin, variant)
  return {
    ...site,
    relay,
    async logIn(username) {
      await site.jar.removeAllCookies()
      for (const { name, value, path } of relay.sessionFor(username).cookies) {
        await site.jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
      }
    },
  }
}

/** The site as a browser without mercy reaches it: the cookie travels with every request. */
export function leaking({ ctx }: Site): SiteContext {
  return {
    ...ctx,
    transport: (request, options) => ctx.transport({ ...request, cookies: 'include' }, options),
  }
}

/** The site where the browser's login becomes `username`'s just before the `at`-th call of `path`. */
export function switching(site: HubSite, username: string, path: string, at: number): SiteContext {
  let calls = 0
  return {
    ...site.ctx,
    transport: async (request, options) => {
      if (request.path === path && ++calls === at) await site.logIn(username)
      return site.ctx.transport(request, options)
    },
  }
}
