import { randomBytes } from 'node:crypto'

import { type Books, createBooks } from '../kit/books'
import { RateLimiter } from '../kit/rate-limits'
import { Router } from '../kit/router'
import type { SiteDouble } from '../kit/site-double'
import { createSiteServer } from '../kit/site-server'
import { createModelDesk, type ModelDesk } from '../models/desk'
import { credentialUserId } from './auth'
import type { HubCore, RequestContext } from './context'
import { answer, readContext } from './dispatch'
import { limitsOf } from './limits'
import type { DoneHubOptions } from './options'
import { loginFor } from './ready-login'
import { routesOf } from './routes'
import { createState } from './seeding'
import type { HubState } from './state'

export type { DoneHubOptions, HubSeedKey, HubSeedLog, HubSeedUser, Variant } from './options'

/** A running double of one DoneHub or One Hub site, without a socket of its own. */
export interface DoneHubRelay extends SiteDouble {
  readonly options: DoneHubOptions
  /** Mutable: users, keys, logs, groups, models, prices, codes, texts. */
  readonly state: HubState
  /** What it gave for codes; it has no check-in. */
  readonly books: Books
  /** The models behind it: what they were asked, and how they behave. */
  readonly models: ModelDesk
}

const DEFAULT_QUOTA_PER_UNIT = 500_000

function createCore(options: DoneHubOptions): HubCore {
  const isDoneHub = options.variant === 'done-hub'
  if (options.relayOnly === true && !isDoneHub) throw new Error('One Hub has no relay-only nodes')
  const nowMs = options.now ?? (() => Date.now())
  return {
    options,
    isDoneHub,
    systemName: options.systemName ?? 'Example Relay',
    quotaPerUnit: options.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    displayInCurrency: options.displayInCurrency ?? true,
    state: createState(options, nowMs()),
    limiter: new RateLimiter(limitsOf(options.variant), nowMs),
    books: createBooks(),
    models: createModelDesk(),
    nowMs,
    nowSec: () => Math.floor(nowMs() / 1000),
  }
}

/**
 * Makes a site that behaves as `contracts/donehub.md` says for its variant. It is strict on
 * purpose: a client that gets along with it gets along with the real server.
 */
export function createDoneHubRelay(options: DoneHubOptions): DoneHubRelay {
  const core = createCore(options)
  const router = new Router(routesOf(core))
  const server = createSiteServer<RequestContext>({
    nowMs: () => core.nowMs(),
    // For answers that a fault makes; all others carry the id of their request.
    headers: () => ({ 'x-oneapi-request-id': randomBytes(12).toString('hex') }),
    userIdHeader: null,
    routeOf: (method, path) => {
      const match = router.match(method, path)
      return match.kind === 'route' ? match.route.path : path
    },
    read: (req, url, body) =>
      readContext(core, req, url, body, router.match(req.method ?? 'GET', url.pathname)),
    userIdOf: credentialUserId,
    answer: (context, actAsId) => {
      const actAs = actAsId === null ? null : (core.state.users.get(actAsId) ?? null)
      return answer({ ...context, actAs }, router)
    },
  })
  return {
    ...server,
    options,
    state: core.state,
    books: core.books,
    models: core.models,
    sessionFor: (username) => loginFor(core, username),
    resetRateLimits: () => {
      core.limiter.reset()
    },
  }
}
