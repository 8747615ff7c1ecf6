import { openCookie, sealCookie } from '../kit/signing'
import { bodyRecord } from '../new-api/context'
import type { HubState, HubUser } from './state'

/** The login a `session` cookie holds (`contracts/donehub.md` 3.1); any part may be unusable. */
export interface CookieLogin {
  id: unknown
  role: unknown
  status: unknown
}

/** `Set-Cookie` text of a login, or of the empty session after a logout. */
export function sessionCookie(secret: string, user: HubUser | null): string {
  const { id, username, role, status } = user ?? {}
  const value = sealCookie(secret, user === null ? {} : { id, username, role, status })
  return `session=${value}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict`
}

/** The login of a cookie; `null` for a missing, forged or logged-out one. */
export function readSessionCookie(state: HubState, value: string | undefined): CookieLogin | null {
  const payload = value === undefined ? undefined : bodyRecord(openCookie(state.secret, value))
  if (typeof payload?.['username'] !== 'string') return null
  return { id: payload['id'], role: payload['role'], status: payload['status'] }
}
