import { splitRefreshCookie, REFRESH_COOKIE } from './auth-sessions'
import { textFor, type Identity, type RequestContext } from './context'
import { needsUserHeader, usesSessionCookie } from './generation'
import type { MessageId } from './messages'
import { fail, failCode, withCookies, type Reply } from '../kit/reply'
import { looksLikeJwt, readJwt } from '../kit/signing'
import { sessionCookie } from './session-cookie'
import { findUserByAccessToken, type RelayUser } from './state'

export type AuthResult = { ok: true; identity: Identity } | { ok: false; reply: Reply }

const USER_DISABLED = 2

function refuse(reply: Reply): AuthResult {
  return { ok: false, reply }
}

/** Who sends this request, by the rules of the relay's generation (`contracts/new-api.md` 2). */
export function authenticate(context: RequestContext): AuthResult {
  return usesSessionCookie(context.relay.generation)
    ? authenticateByCookieRules(context)
    : authenticateByBearerRules(context)
}

/** G0/G1 take the literal `Bearer ` off, once and case-sensitive (2.3). */
function bareToken(authorization: string): string {
  return authorization.replace('Bearer ', '')
}

/** One API, G0, G1: the cookie wins, then `Authorization`, then the user header must fit (2.3). */
function authenticateByCookieRules(context: RequestContext): AuthResult {
  const { state } = context.relay
  const { id: cookieUserId } = context.cookieSession
  if (cookieUserId !== undefined) {
    const user = state.users.get(cookieUserId)
    if (user === undefined) return refuse(fail(textFor(context, 'userInvalid')))
    return checkCookieUser(context, { user, via: 'cookie', session: null })
  }
  if (context.headers.authorization === '') {
    return refuse(fail(textFor(context, 'notLoggedIn'), 401))
  }
  const user = findUserByAccessToken(state, bareToken(context.headers.authorization))
  if (user === undefined) return refuse(fail(textFor(context, 'accessTokenInvalid')))
  return checkCookieUser(context, { user, via: 'access-token', session: null })
}

function userHeaderProblem(context: RequestContext, user: RelayUser): MessageId | null {
  if (!needsUserHeader(context.relay.generation)) return null
  const header = context.headers.userId
  if (header === '') return 'userHeaderMissing'
  if (!/^[+-]?\d+$/.test(header)) return 'userHeaderFormat'
  return Number(header) === user.id ? null : 'userMismatch'
}

function checkCookieUser(context: RequestContext, identity: Identity): AuthResult {
  const { user } = identity
  const problem = userHeaderProblem(context, user)
  if (problem !== null) return refuse(fail(textFor(context, problem, user), 401))
  if (user.status === USER_DISABLED) {
    const reply = fail(textFor(context, 'userDisabled', user))
    const { generation, state } = context.relay
    // One API ends the session of a banned user (14).
    const endsSession = generation === 'one-api' && identity.via === 'cookie'
    return refuse(
      endsSession ? withCookies(reply, sessionCookie(generation, state.secret, {})) : reply,
    )
  }
  return accept(context, identity)
}

/** G2+: only `Authorization` counts; its scheme is optional and case-insensitive (2.3). */
function authenticateByBearerRules(context: RequestContext): AuthResult {
  const credential = context.headers.authorization.replace(/^bearer\s+/i, '').trim()
  if (credential === '') return refuseCode(context, 'AUTH_UNAUTHORIZED', 'notLoggedIn')
  if (looksLikeJwt(credential)) return authenticateByJwt(context, credential)
  const user = findUserByAccessToken(context.relay.state, credential)
  if (user === undefined) return refuseCode(context, 'AUTH_UNAUTHORIZED', 'accessTokenInvalid')
  return checkBearerUser(context, { user, via: 'access-token', session: null })
}

function refuseCode(context: RequestContext, code: string, id: MessageId): AuthResult {
  return refuse(failCode(401, code, textFor(context, id)))
}

function authenticateByJwt(context: RequestContext, jwt: string): AuthResult {
  const { state } = context.relay
  const claims = readJwt(state.secret, jwt)
  if (claims === undefined) return refuseCode(context, 'AUTH_UNAUTHORIZED', 'notLoggedIn')
  const nowSec = context.relay.nowSec()
  if (claims.exp <= nowSec) return refuseCode(context, 'AUTH_TOKEN_EXPIRED', 'tokenExpired')
  const session = state.sessions.get(claims.sid)
  if (session === undefined || session.isRevoked || session.expiresAtSec <= nowSec) {
    return refuseCode(context, 'AUTH_SESSION_REVOKED', 'sessionRevoked')
  }
  const user = state.users.get(session.userId)
  if (user === undefined) return refuseCode(context, 'AUTH_USER_INVALID', 'userInvalid')
  session.lastActiveAtSec = nowSec
  return checkBearerUser(context, { user, via: 'browser-session', session })
}

/** A disabled user of G2+ is 401 with a code (1.2). */
function checkBearerUser(context: RequestContext, identity: Identity): AuthResult {
  return identity.user.status === USER_DISABLED
    ? refuseCode(context, 'AUTH_USER_DISABLED', 'userDisabled')
    : accept(context, identity)
}

function accept(context: RequestContext, identity: Identity): AuthResult {
  if (identity.via === 'access-token') {
    identity.user.accessTokenUsedAtSec = context.relay.nowSec()
  }
  return { ok: true, identity }
}

/**
 * The user a request's credential points to, whether or not it is good enough. Only for matching
 * faults: it decides nothing.
 */
export function credentialUserId(context: Omit<RequestContext, 'actAs'>): number | null {
  const { state } = context.relay
  if (context.cookieSession.id !== undefined) return context.cookieSession.id
  const credential = context.headers.authorization.replace(/^bearer\s+/i, '').trim()
  const sid = looksLikeJwt(credential)
    ? readJwt(state.secret, credential)?.sid
    : splitRefreshCookie(context.cookies.get(REFRESH_COOKIE))?.sid
  const bySession = sid === undefined ? undefined : state.sessions.get(sid)?.userId
  return findUserByAccessToken(state, credential)?.id ?? bySession ?? null
}
