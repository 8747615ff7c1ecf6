import { randomBytes } from 'node:crypto'

import { fail, type Reply } from '../kit/reply'
import type { ReadyLogin, SiteDouble } from '../kit/site-double'
import {
  asTokenOwner,
  asVisitor,
  done,
  userByCookie,
  userByToken,
  type AihubmixCore,
  type AihubmixForms,
} from './aihubmix-core'
import { aihubmixKeyRoutes } from './aihubmix-keys'
import {
  createAihubmixState,
  type AihubmixState,
  type AihubmixUser,
  type SeedAihubmixUser,
} from './aihubmix-state'
import { createHostedSite, type HostedRequest, type HostedRoute } from './hosted-site'

export interface AihubmixOptions {
  users: readonly SeedAihubmixUser[]
  forms?: AihubmixForms
  /**
   * Host (no port) of the web console, where `/api` is not: the account is stored under it, while
   * every API call belongs to the other host.
   */
  webHost?: string
  /** Clock in milliseconds; `Date.now` if absent. */
  now?: () => number
}

export interface AihubmixDouble extends SiteDouble {
  /** Mutable: users, keys, sessions, models. */
  readonly state: AihubmixState
}

function selfView({ forms }: AihubmixCore, user: AihubmixUser) {
  const figure = (value: number) => (forms.numbersAsText === true ? String(value) : value)
  return {
    username: user.username,
    display_name: user.displayName,
    aff_code: user.affCode,
    access_token: user.accessToken,
    quota: figure(user.quota),
    used_quota: figure(user.usedQuota),
    request_count: figure(user.requestCount),
  }
}

/** `GET /call/usr/tkn`: makes a new access token; the one before stops working. */
function newToken(core: AihubmixCore, user: AihubmixUser): Reply {
  user.accessToken = randomBytes(16).toString('hex')
  return done(core, user.accessToken)
}

function userRoutes(core: AihubmixCore): HostedRoute[] {
  const get = (path: string, handle: HostedRoute['handle']): HostedRoute => ({
    method: 'GET',
    path,
    handle,
  })
  const self = (user: AihubmixUser) => done(core, selfView(core, user))
  const models = () => done(core, core.state.availableModels)
  return [
    get('/call/usr/self', (request) => asVisitor(core, request, self)),
    get('/call/usr/tkn', (request) => asVisitor(core, request, (user) => newToken(core, user))),
    get('/call/usr/avail_mdls', (request) => asVisitor(core, request, models)),
    get('/api/user/self', (request) => asTokenOwner(core, request, self)),
    get('/api/user/available_models', (request) => asTokenOwner(core, request, models)),
    get('/api/v1/models', () => done(core, core.state.catalogue)),
  ]
}

function sessionFor({ state }: AihubmixCore, username: string): ReadyLogin {
  const user = [...state.users.values()].find((one) => one.username === username)
  if (user === undefined) throw new Error(`no such user: ${username}`)
  const value = randomBytes(24).toString('base64url')
  state.sessions.set(value, user.id)
  return {
    cookies: [{ name: 'session', value, path: '/', httpOnly: true, sameSite: 'Lax' }],
    localStorage: {},
  }
}

/**
 * AIHubMix (`contracts/other-sites.md` 5): `/api` by the raw access token, `/call/usr` by the
 * browser session.
 */
export function createAihubmix(options: AihubmixOptions): AihubmixDouble {
  const now = options.now ?? (() => Date.now())
  const nowSec = () => Math.floor(now() / 1000)
  const core: AihubmixCore = {
    state: createAihubmixState(options.users, nowSec()),
    forms: options.forms ?? {},
    nowSec,
  }
  const notFound = (): Reply => fail('Not Found', 404)
  const isOnWeb = ({ host, url }: HostedRequest) =>
    host.replace(/:\d+$/, '') === options.webHost && url.pathname.startsWith('/api')
  const site = createHostedSite({
    routes: [...userRoutes(core), ...aihubmixKeyRoutes(core)],
    nowMs: now,
    title: 'AIHubMix',
    apiPaths: /^\/(?:api|call)(?:\/|$)/,
    notFound,
    userIdOf: (request) => (userByToken(core, request) ?? userByCookie(core, request))?.id ?? null,
    refuse: (request) => (isOnWeb(request) ? notFound() : null),
  })
  return {
    ...site,
    state: core.state,
    sessionFor: (username) => sessionFor(core, username),
    resetRateLimits: () => {
      // It has no limits.
    },
  }
}
