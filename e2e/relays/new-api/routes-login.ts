import {
  clearedCookies,
  createSession,
  REFRESH_COOKIE,
  sessionCookies,
  sessionRefusal,
  spendSecret,
  splitRefreshCookie,
  type AuthSession,
} from './auth-sessions'
import { authenticate } from './auth'
import { bodyRecord, textFor, type RelayCore, type RequestContext, type Route } from './context'
import { isSince, usesSessionCookie } from './generation'
import type { MessageId } from './messages'
import { fail, failCode, ok, withCookies, type Reply } from '../kit/reply'
import { loginPayload, sessionCookie, type CookieSession } from './session-cookie'
import { findUserByLogin, type RelayUser } from './state'
import { checkTurnstile } from './turnstile'
import { bundleView, loginView } from './views'

const hasHint = (context: RequestContext): boolean => context.relay.generation === 'g3'

function setSession(context: RequestContext, payload: CookieSession): string {
  return sessionCookie(context.relay.generation, context.relay.state.secret, payload)
}

/** The user a login body names; `null` if name or password is wrong or the user is disabled. */
function userOfLoginBody(context: RequestContext): RelayUser | null | 'invalid' {
  const body = bodyRecord(context.body)
  const { username, password } = body ?? {}
  if (typeof username !== 'string' || typeof password !== 'string') return 'invalid'
  if (username === '' || password === '') return 'invalid'
  const user = findUserByLogin(context.relay.state, username)
  return user?.password === password && user.status === 1 ? user : null
}

/** `POST /api/user/login` (2.7). One API asks for Turnstile only at registration (14). */
function login(context: RequestContext): Reply {
  const gate =
    context.relay.generation === 'one-api'
      ? ({ ok: true, session: null } as const)
      : checkTurnstile(context)
  if (!gate.ok) return gate.reply
  const before = gate.session ?? context.cookieSession
  const user = userOfLoginBody(context)
  if (user === null || user === 'invalid') {
    const reply = fail(textFor(context, user === null ? 'badCredentials' : 'invalidParams'))
    return gate.session === null ? reply : withCookies(reply, setSession(context, gate.session))
  }
  if (!usesSessionCookie(context.relay.generation)) return openBrowserSession(context, user)
  const flag = before.turnstile === true ? { turnstile: true } : {}
  return withCookies(
    ok(loginView(context.relay, context.actAs ?? user)),
    setSession(context, { ...loginPayload(user), ...flag }),
  )
}

function openBrowserSession(context: RequestContext, user: RelayUser): Reply {
  const { relay } = context
  const nowSec = relay.nowSec()
  const refusal = sessionRefusal(relay.state, user.id, nowSec)
  if (refusal === 'AUTH_SESSION_LIMIT') {
    return failCode(409, refusal, textFor(context, 'sessionLimit', user))
  }
  if (refusal !== null) return failCode(429, refusal, textFor(context, 'sessionIssuance', user))
  const { ip, headers } = context
  const session = createSession(relay.state, user, { ip, userAgent: headers.userAgent, nowSec })
  const bundle = bundleView(relay, session, context.actAs ?? user)
  return withCookies(ok(bundle), ...sessionCookies(session, nowSec, hasHint(context)))
}

const REFRESH_MESSAGES = {
  AUTH_UNAUTHORIZED: 'notLoggedIn',
  AUTH_SESSION_REVOKED: 'sessionRevoked',
  AUTH_SESSION_MISMATCH: 'sessionMismatch',
  AUTH_USER_DISABLED: 'userDisabled',
  AUTH_USER_INVALID: 'userInvalid',
} as const satisfies Record<string, MessageId>

function refuseRefresh(
  context: RequestContext,
  code: keyof typeof REFRESH_MESSAGES,
  status = 401,
): Reply {
  return failCode(status, code, textFor(context, REFRESH_MESSAGES[code]))
}

/** `POST /api/user/auth/refresh` (2.6): the refresh cookie only; `Authorization` is not read. */
function refresh(context: RequestContext): Reply {
  const { relay, headers } = context
  if (relay.options.secureOriginCheck === true && headers.origin !== `http://${headers.host}`) {
    // The contract names no code for this refusal, so none is made up.
    return fail(textFor(context, 'originRefused'), 403)
  }
  const cookie = splitRefreshCookie(context.cookies.get(REFRESH_COOKIE))
  const session = cookie === null ? undefined : relay.state.sessions.get(cookie.sid)
  if (cookie === null || session === undefined) return refuseRefresh(context, 'AUTH_UNAUTHORIZED')
  if (headers.authSession !== '' && headers.authSession !== session.sid) {
    return refuseRefresh(context, 'AUTH_SESSION_MISMATCH', 409)
  }
  if (session.isRevoked || session.expiresAtSec <= relay.nowSec()) {
    return refuseRefresh(context, 'AUTH_SESSION_REVOKED')
  }
  return refreshWithSecret(context, session, cookie.secret)
}

function refreshWithSecret(context: RequestContext, session: AuthSession, secret: string): Reply {
  const { relay } = context
  const user = relay.state.users.get(session.userId)
  if (user === undefined) return refuseRefresh(context, 'AUTH_USER_INVALID')
  if (user.status !== 1) return refuseRefresh(context, 'AUTH_USER_DISABLED')
  const use = spendSecret(session, secret, relay.nowMs())
  if (use === 'unknown') return refuseRefresh(context, 'AUTH_UNAUTHORIZED')
  if (use === 'reused') return refuseRefresh(context, 'AUTH_SESSION_REVOKED')
  session.lastActiveAtSec = relay.nowSec()
  return withCookies(
    ok(bundleView(relay, session, context.actAs ?? user)),
    ...sessionCookies(session, relay.nowSec(), hasHint(context)),
  )
}

/** The session a logout means: the one of the cookie, else the one of the JWT. */
function sessionToEnd(context: RequestContext): AuthSession | null {
  const cookie = splitRefreshCookie(context.cookies.get(REFRESH_COOKIE))
  const session = cookie === null ? undefined : context.relay.state.sessions.get(cookie.sid)
  const isOwn = session?.secret === cookie?.secret || session?.previousSecret === cookie?.secret
  if (session !== undefined && isOwn) return session
  const result = authenticate(context)
  return result.ok ? result.identity.session : null
}

function logoutBrowserSession(context: RequestContext): Reply {
  const session = sessionToEnd(context)
  if (session === null) return refuseRefresh(context, 'AUTH_UNAUTHORIZED')
  session.isRevoked = true
  return withCookies(
    ok({ revoked_sid: session.sid, cookie_cleared: true }),
    ...clearedCookies(hasHint(context)),
  )
}

const isG2 = ({ generation }: RelayCore): boolean => isSince(generation, 'g2')

/** Login, logout and refresh (2.6, 2.7). */
export const loginRoutes: Route[] = [
  { method: 'POST', path: '/api/user/login', auth: 'none', isCritical: true, handle: login },
  {
    method: 'GET',
    path: '/api/user/logout',
    auth: 'none',
    isIn: ({ generation }) => usesSessionCookie(generation),
    handle: (context) => withCookies(ok(), setSession(context, {})),
  },
  {
    method: 'POST',
    path: '/api/user/auth/refresh',
    auth: 'none',
    isIn: isG2,
    isCritical: true,
    handle: refresh,
  },
  {
    method: 'POST',
    path: '/api/user/auth/logout',
    auth: 'none',
    isIn: isG2,
    isCritical: true,
    handle: logoutBrowserSession,
  },
]
