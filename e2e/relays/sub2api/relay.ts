import { type Books, createBooks } from '../kit/books'
import { Router } from '../kit/router'
import type { SiteDouble } from '../kit/site-double'
import { createSiteServer } from '../kit/site-server'
import { createModelDesk, type ModelDesk } from '../models/desk'
import type { RelayCore, RequestContext } from './context'
import { answer, credentialUserId, readContext } from './dispatch'
import { WindowLimiter } from './limits'
import type { Sub2ApiOptions } from './options'
import { loginFor, pairFor, type LoginPair } from './ready-login'
import { ALL_ROUTES } from './routes'
import { createState } from './seeding'
import type { Sub2ApiState } from './state'
import type { ClientTrace } from './tokens'

export type { Sub2ApiGeneration, Sub2ApiOptions } from './options'

/** A running double of one Sub2API site, without a socket of its own. */
export interface Sub2ApiRelay extends SiteDouble {
  readonly options: Sub2ApiOptions
  /** Mutable: settings, users, refresh tokens, keys, usage, codes, subscriptions, groups. */
  readonly state: Sub2ApiState
  /** What it gave for codes; it has no check-in. */
  readonly books: Books
  /** The models behind it: what they were asked, and how they behave. */
  readonly models: ModelDesk
  /**
   * A session of a user, made without a request; `client` ties it to an IP and a `User-Agent`, as
   * a login does.
   */
  loginPair(username: string, client?: ClientTrace): LoginPair
}

function createCore(options: Sub2ApiOptions): RelayCore {
  const nowMs = options.now ?? (() => Date.now())
  return {
    options,
    isNew: options.generation === 'new',
    state: createState(options, nowMs()),
    limiter: new WindowLimiter(options.rateLimits !== 'off', nowMs),
    books: createBooks(),
    models: createModelDesk(),
    nowMs,
  }
}

/**
 * Makes a site that behaves as `contracts/sub2api.md` says for its generation. It is strict on
 * purpose: a client that gets along with it gets along with the real server.
 */
export function createSub2ApiRelay(options: Sub2ApiOptions): Sub2ApiRelay {
  const core = createCore(options)
  const router = new Router(ALL_ROUTES.filter((route) => route.isIn?.(core) ?? true))
  const server = createSiteServer<RequestContext>({
    nowMs: () => core.nowMs(),
    headers: () => ({}),
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
    loginPair: (username, client) => pairFor(core, username, client),
    sessionFor: (username) => loginFor(core, username),
    resetRateLimits: () => {
      core.limiter.reset()
    },
  }
}
