import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import {
  createVeloeraRelay,
  type VeloeraGeneration,
  type VeloeraOptions,
  type VeloeraRelay,
} from '@/e2e/relays/veloera/relay'
import type { PageStorage, SiteContext } from '@/src/sites/adapter'

import { ALICE, BOB, type Site, siteAt } from './site-client'

export const BUILDS: readonly VeloeraGeneration[] = ['v3', 'v4']

export interface VeloeraSite extends Site {
  readonly relay: VeloeraRelay
  /** Puts a login into the cookie jar, replacing the one there, and returns the page's storage. */
  logIn(username: string): Promise<PageStorage>
}

/** A Veloera for the running test, with alice and bob. */
export async function veloeraSite(
  generation: VeloeraGeneration,
  options: Partial<VeloeraOptions> = {},
): Promise<VeloeraSite> {
  const { relay, origin, ...server } = await startSite(
    createVeloeraRelay({ generation, users: [ALICE, BOB], ...options }),
  )
  onTestFinished(() => server.close())
  const site = siteAt(origin, 'veloera')
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

/** The site where the browser's login becomes bob's just before the `at`-th call of `path`. */
export function switching(site: VeloeraSite, path: string, at: number): SiteContext {
  let calls = 0
  return {
    ...site.ctx,
    transport: async (request, options) => {
      if (request.path === path && ++calls === at) await site.logIn('bob')
      return site.ctx.transport(request, options)
    },
  }
}
