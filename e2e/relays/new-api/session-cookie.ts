import type { RelayState, RelayUser } from './state'
import { openCookie, sealCookie } from '../kit/signing'
import type { Generation } from './generation'

/** Payload of the `session` cookie of One API, G0 and G1 (`contracts/new-api.md` 2.2). */
export interface CookieSession {
  id?: number
  username?: string
  role?: number
  status?: number
  group?: string
  /** Turnstile was passed in this session (5.2). */
  turnstile?: boolean
  /** When a second factor was checked, Unix seconds (10.2). */
  secure_verified_at?: number
}

/** The payload as of a login now. */
export function loginPayload(user: RelayUser): CookieSession {
  const { id, username, role, status, group } = user
  return { id, username, role, status, group }
}

/** `Set-Cookie` value. One API uses the attributes its library has by default (14). */
export function sessionCookie(
  generation: Generation,
  secret: string,
  payload: CookieSession,
): string {
  const attributes = 'Path=/; Max-Age=2592000'
  const strict = generation === 'one-api' ? '' : '; HttpOnly; SameSite=Strict'
  return `session=${sealCookie(secret, payload)}; ${attributes}${strict}`
}

/** Opens the cookie; a missing or forged one is an empty session. */
export function readSessionCookie(state: RelayState, value: string | undefined): CookieSession {
  const payload = value === undefined ? undefined : openCookie(state.secret, value)
  return typeof payload === 'object' && payload !== null ? payload : {}
}
