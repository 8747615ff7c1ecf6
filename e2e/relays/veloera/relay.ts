import { randomBytes } from 'node:crypto'

import { type Books, createBooks } from '../kit/books'
import { RateLimiter } from '../kit/rate-limits'
import { Router } from '../kit/router'
import type { SiteDouble } from '../kit/site-double'
import { createSiteServer } from '../kit/site-server'
import { createModelDesk, type ModelDesk } from '../models/desk'
import { limitsOf } from '../new-api/limits'
import { credentialUserId } from './auth'
import type { RequestContext, VeloeraCore } from './context'
import { answer, readContext, routedPath } from './dispatch'
import type { VeloeraOptions } from './options'
import { loginFor } from './ready-login'
import { ALL_ROUTES } from './routes'
import { createState } from './seeding'
import type { VeloeraState } from './state'

export type { VeloeraGeneration, VeloeraOptions } from './options'
export { issueTurnstileToken } from './state'

/** A running double of one Veloera site, without a socket of its own. */
export interface VeloeraRelay extends SiteDouble {
  readonly options: VeloeraOptions
  /** Mutable: users, keys, logs, codes, messages, texts, check-in. */
  readonly state: VeloeraState
  /** What it gave for check-ins and codes. */
  readonly books: Books
  /** The models behind it: what they were asked, and how they behave. */
  readonly models: ModelDesk
}

function createCore(options: VeloeraOptions): VeloeraCore {
  const nowMs = options.now ?? (() => Date.now())
  return {
    options,
    isV4: options.generation === 'v4',
    state: createState(options, nowMs()),
    // The limits are those of the older New API (`contracts/veloera.md` 4).
    limiter: new RateLimiter(limitsOf('g0'), nowMs),
    books: createBooks(),
    models: createModelDesk(),
    nowMs,
    nowSec: () => Math.floor(nowMs() / 1000),
  }
}

/**
 * Makes a site that behaves as `contracts/veloera.md` says for its generation, and where that is
 * silent as the older New API. It is strict on purpose: a client that gets along with it gets along
 * with the real server. Nothing of the administrator's side is here.
 */
export function createVeloeraRelay(options: VeloeraOptions): VeloeraRelay {
  const core = createCore(options)
  const router = new Router(ALL_ROUTES.filter((route) => core.isV4 || route.isV4 !== true))
  const server = createSiteServer<RequestContext>({
    nowMs: () => core.nowMs(),
    headers: () => ({ 'x-oneapi-request-id': randomBytes(12).toString('hex') }),
    userIdHeader: 'veloera-user',
    routeOf: (method, path) => {
      const match = router.match(method, routedPath(path))
      return match.kind === 'route' ? match.route.path : path
    },
    read: (req, url, body) => {
      const match = router.match(req.method ?? 'GET', routedPath(url.pathname))
      return readContext(core, req, url, body, match)
    },
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
