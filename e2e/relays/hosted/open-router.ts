import { jsonReply } from '../kit/reply'
import type { SiteDouble } from '../kit/site-double'
import { createHostedSite } from './hosted-site'
import { openRouterAccountRoutes } from './open-router-account'
import { callerOf, type OpenRouterCore } from './open-router-core'
import { openRouterKeyRoutes } from './open-router-keys'
import {
  createOpenRouterState,
  type OpenRouterState,
  type SeedOpenRouterUser,
} from './open-router-state'

export interface OpenRouterOptions {
  users: readonly SeedOpenRouterUser[]
  /** Keys per page, 100 if absent; the service does not tell it. */
  keyPageSize?: number
  /** Models per page; all on one if absent. */
  modelPageSize?: number
  /** Error messages repeat the credential of the request. */
  echoesCredential?: boolean
  /** Clock in milliseconds; `Date.now` if absent. */
  now?: () => number
}

export interface OpenRouterDouble extends SiteDouble {
  /** Mutable: users, credits, keys, models. */
  readonly state: OpenRouterState
}

/**
 * OpenRouter's account API (`contracts/other-sites.md` 4), below `/api/v1`. Only the credential
 * counts: cookies are never looked at, so a ready login is empty.
 */
export function createOpenRouter(options: OpenRouterOptions): OpenRouterDouble {
  const now = options.now ?? (() => Date.now())
  const core: OpenRouterCore = {
    state: createOpenRouterState(options.users, now()),
    keyPageSize: options.keyPageSize ?? 100,
    modelPageSize: options.modelPageSize ?? Infinity,
    echoesCredential: options.echoesCredential ?? false,
    nowMs: now,
  }
  const site = createHostedSite({
    routes: [...openRouterAccountRoutes(core), ...openRouterKeyRoutes(core)],
    nowMs: now,
    title: 'OpenRouter',
    apiPaths: /^\/api(?:\/|$)/,
    notFound: () => jsonReply({ error: { code: 404, message: 'Not Found' } }, 404),
    userIdOf: (request) => callerOf(core, request)?.user.id ?? null,
  })
  return {
    ...site,
    state: core.state,
    sessionFor: () => ({ cookies: [], localStorage: {} }),
    resetRateLimits: () => {
      // It has no limits.
    },
  }
}
