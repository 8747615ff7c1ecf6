import { randomBytes, randomUUID } from 'node:crypto'

import type { RelayState, RelayUser } from './state'

/** A browser session of G2+ (`contracts/new-api.md` 2.6). */
export interface AuthSession {
  sid: string
  userId: number
  secret: string
  /** The secret before the last rotation, good until `previousUntilMs`. */
  previousSecret: string | null
  previousUntilMs: number
  /** Every secret that was replaced: meeting one again means the cookie was copied. */
  retired: Set<string>
  ip: string
  userAgent: string
  createdAtSec: number
  lastActiveAtSec: number
  expiresAtSec: number
  isRevoked: boolean
}

export const REFRESH_COOKIE = 'new_api_refresh'
export const HINT_COOKIE = 'new_api_has_session'
const REFRESH_GRACE_MS = 30_000
const SESSION_LIFETIME_SEC = 30 * 86_400
const MAX_ACTIVE = 50
const MAX_ISSUED_PER_DAY = 100

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

function isActive(session: AuthSession, nowSec: number): boolean {
  return !session.isRevoked && session.expiresAtSec > nowSec
}

/** Active sessions of a user, newest first. */
export function activeSessions(state: RelayState, userId: number, nowSec: number): AuthSession[] {
  return [...state.sessions.values()]
    .filter((session) => session.userId === userId && isActive(session, nowSec))
    .reverse()
}

/** Why no further session may be made: 50 active, or 100 issued in 24 h. `null` = it may. */
export function sessionRefusal(
  state: RelayState,
  userId: number,
  nowSec: number,
): 'AUTH_SESSION_LIMIT' | 'AUTH_SESSION_ISSUANCE_LIMIT' | null {
  if (activeSessions(state, userId, nowSec).length >= MAX_ACTIVE) return 'AUTH_SESSION_LIMIT'
  const issued = [...state.sessions.values()].filter(
    (session) => session.userId === userId && nowSec - session.createdAtSec < 86_400,
  )
  return issued.length >= MAX_ISSUED_PER_DAY ? 'AUTH_SESSION_ISSUANCE_LIMIT' : null
}

export function createSession(
  state: RelayState,
  user: RelayUser,
  origin: { ip: string; userAgent: string; nowSec: number },
): AuthSession {
  const session: AuthSession = {
    sid: randomUUID(),
    userId: user.id,
    secret: newSecret(),
    previousSecret: null,
    previousUntilMs: 0,
    retired: new Set(),
    ip: origin.ip,
    userAgent: origin.userAgent,
    createdAtSec: origin.nowSec,
    lastActiveAtSec: origin.nowSec,
    expiresAtSec: origin.nowSec + SESSION_LIFETIME_SEC,
    isRevoked: false,
  }
  state.sessions.set(session.sid, session)
  return session
}

export type SecretUse = 'rotated' | 'grace' | 'reused' | 'unknown'

/**
 * Spends a refresh secret. The current one is replaced. The one before it still works for 30 s but
 * rotates nothing, or two tabs would retire each other's cookie. An older one revokes the session.
 */
export function spendSecret(session: AuthSession, secret: string, nowMs: number): SecretUse {
  if (secret === session.secret) {
    session.retired.add(secret)
    session.previousSecret = secret
    session.previousUntilMs = nowMs + REFRESH_GRACE_MS
    session.secret = newSecret()
    return 'rotated'
  }
  if (secret === session.previousSecret && nowMs <= session.previousUntilMs) return 'grace'
  if (!session.retired.has(secret)) return 'unknown'
  session.isRevoked = true
  return 'reused'
}

/** `Set-Cookie` values of a session: the refresh cookie, and on G3 the readable hint. */
export function sessionCookies(session: AuthSession, nowSec: number, hasHint: boolean): string[] {
  const maxAge = Math.max(0, session.expiresAtSec - nowSec)
  const refresh =
    `${REFRESH_COOKIE}=${session.sid}.${session.secret}; Path=/api/user/auth; ` +
    `Max-Age=${maxAge}; HttpOnly; SameSite=Strict`
  const hint = `${HINT_COOKIE}=1; Path=/; Max-Age=${maxAge}; SameSite=Strict`
  return hasHint ? [refresh, hint] : [refresh]
}

/** `Set-Cookie` values that take the cookies away. */
export function clearedCookies(hasHint: boolean): string[] {
  const refresh = `${REFRESH_COOKIE}=; Path=/api/user/auth; Max-Age=0; HttpOnly; SameSite=Strict`
  return hasHint ? [refresh, `${HINT_COOKIE}=; Path=/; Max-Age=0; SameSite=Strict`] : [refresh]
}

/** `sid` and `secret` of a refresh cookie value. */
export function splitRefreshCookie(
  value: string | undefined,
): { sid: string; secret: string } | null {
  const at = value?.indexOf('.') ?? -1
  if (value === undefined || at <= 0 || at === value.length - 1) return null
  return { sid: value.slice(0, at), secret: value.slice(at + 1) }
}

/** The session object of 2.6; times in Unix seconds. */
export function sessionView(session: AuthSession, currentSid: string | null) {
  return {
    sid: session.sid,
    current: session.sid === currentSid,
    login_method: 'password',
    ip: session.ip,
    user_agent: session.userAgent,
    created_at: session.createdAtSec,
    last_active_at: session.lastActiveAtSec,
    expires_at: session.expiresAtSec,
  }
}
