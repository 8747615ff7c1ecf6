import { openCookie } from '../kit/signing'
import { sessionCookie, type CookieSession } from '../new-api/session-cookie'
import type { VeloeraCore } from './context'
import type { VeloeraUser } from './state'

/** The payload as of a login now; it keeps role and status until the next login (3.1). */
export function loginPayload(user: VeloeraUser): CookieSession {
  const { id, username, role, status, group } = user
  return { id, username, role, status, group }
}

/** `Set-Cookie` value; name and attributes are those of the older New API (3.1). */
export function setSession(core: VeloeraCore, payload: CookieSession): string {
  return sessionCookie('g0', core.state.secret, payload)
}

/** Opens the cookie; a missing or forged one is an empty session. */
export function readSession(core: VeloeraCore, value: string | undefined): CookieSession {
  const payload = value === undefined ? undefined : openCookie(core.state.secret, value)
  return typeof payload === 'object' && payload !== null ? payload : {}
}
