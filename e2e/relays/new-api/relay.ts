import { randomBytes } from 'node:crypto'

import { type Books, createBooks } from '../kit/books'
import { RateLimiter } from '../kit/rate-limits'
import { Router } from '../kit/router'
import type { SiteDouble } from '../kit/site-double'
import { createSiteServer } from '../kit/site-server'
import { createModelDesk, type ModelDesk } from '../models/desk'
import { credentialUserId } from './auth'
import type { RelayCore, RequestContext } from './context'
import { answer, readContext } from './dispatch'
import { limitsOf } from './limits'
import type { GroupSeed, RelayOptions } from './options'
import { loginFor } from './ready-login'
import { checkRelative, userHeaderOf } from './relative-options'
import { routesOf } from './relative-routes'
import { createState } from './seeding'
import type { RelayState } from './state'

export type { Generation } from './generation'
export type { RelayOptions, SeedCode, SeedKey, SeedLog, SeedUser } from './options'
export { RELATIVES } from './relative-options'
export { issueTurnstileToken } from './state'

/** A running double of one New API or One API site, without a socket of its own. */
export interface NewApiRelay extends SiteDouble {
  readonly options: RelayOptions
  /** Mutable: users, keys, logs, sessions, codes, texts. */
  readonly state: RelayState
  /** What it gave for check-ins and codes. */
  readonly books: Books
  /** The models behind it: what they were asked, and how they behave. */
  readonly models: ModelDesk
}

const DEFAULT_QUOTA_PER_UNIT = 500_000
const DEFAULT_GROUPS: Record<string, GroupSeed> = {
  default: { ratio: 1, desc: 'Default group' },
  vip: { ratio: 0.8, desc: 'VIP group' },
}

function createCore(options: RelayOptions): RelayCore {
  const nowMs = options.now ?? (() => Date.now())
  return {
    options,
    generation: options.generation,
    state: createState(options, nowMs()),
    limiter: new RateLimiter(limitsOf(options.generation), nowMs),
    books: createBooks(),
    models: createModelDesk(),
    quotaPerUnit: options.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    groups: options.groups ?? DEFAULT_GROUPS,
    nowMs,
    nowSec: () => Math.floor(nowMs() / 1000),
  }
}

function familyHeaders(core: RelayCore): Record<string, string> {
  const requestId = { 'x-oneapi-request-id': randomBytes(12).toString('hex') }
  const isUpstream = core.generation !== 'one-api' && core.options.relative === undefined
  return isUpstream ? { ...requestId, 'x-new-api-version': 'v0.0.0' } : requestId
}

/**
 * Makes a relay that behaves as `contracts/new-api.md` says for its generation. It is strict on
 * purpose: a client that gets along with it gets along with the real server.
 */
export function createNewApiRelay(options: RelayOptions): NewApiRelay {
  checkRelative(options)
  const core = createCore(options)
  const router = new Router(routesOf(core))
  const server = createSiteServer<RequestContext>({
    nowMs: () => core.nowMs(),
    headers: () => familyHeaders(core),
    userIdHeader: userHeaderOf(options).toLowerCase(),
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
