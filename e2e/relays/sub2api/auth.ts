import type { Reply } from '../kit/reply'
import type { RelayCore, RequestContext } from './context'
import { handlerError, middlewareError, panelLimited } from './envelope'
import type { UserRow } from './state'
import {
  bindingHash,
  deleteFamily,
  readAccessToken,
  tokenVersion,
  type AccessClaims,
} from './tokens'

export type AuthResult = { ok: true; user: UserRow } | { ok: false; reply: Reply }

/** Codes of the JWT middleware and their texts, which are not in the contract (4.5). */
const TEXTS = {
  UNAUTHORIZED: 'Authorization header is required',
  INVALID_AUTH_HEADER: "Authorization header format must be 'Bearer {token}'",
  EMPTY_TOKEN: 'Token cannot be empty',
  TOKEN_EXPIRED: 'Token has expired',
  INVALID_TOKEN: 'Invalid token',
  USER_NOT_FOUND: 'User not found',
  USER_INACTIVE: 'User account is not active',
  TOKEN_REVOKED: 'Token has been revoked',
  SESSION_BINDING_MISMATCH: 'Session network fingerprint changed, please login again',
}

function refuse(code: keyof typeof TEXTS): AuthResult {
  return { ok: false, reply: middlewareError(401, code, TEXTS[code]) }
}

/** Text after the scheme; `null` = wrong form. Old servers want exactly `Bearer` (4). */
function bearerToken(relay: RelayCore, authorization: string): string | null {
  const space = authorization.indexOf(' ')
  const scheme = authorization.slice(0, Math.max(0, space))
  const isBearer = relay.isNew ? scheme.toLowerCase() === 'bearer' : scheme === 'Bearer'
  return isBearer ? authorization.slice(space + 1).trim() : null
}

/** The JWT middleware (`contracts/sub2api.md` 4.5), with the session binding behind it (4.6). */
function authenticate(context: RequestContext): AuthResult {
  const { relay, headers } = context
  if (headers.authorization === '') return refuse('UNAUTHORIZED')
  const token = bearerToken(relay, headers.authorization)
  if (token === null) return refuse('INVALID_AUTH_HEADER')
  if (token === '') return refuse('EMPTY_TOKEN')
  const claims = readAccessToken(relay, token)
  const nowSec = Math.floor(relay.nowMs() / 1000)
  if (claims === undefined) return refuse('INVALID_TOKEN')
  if (claims.exp <= nowSec) return refuse('TOKEN_EXPIRED')
  if (claims.nbf > nowSec) return refuse('INVALID_TOKEN')
  const user = relay.state.users.get(claims.user_id)
  if (user === undefined) return refuse('USER_NOT_FOUND')
  if (user.status !== 'active') return refuse('USER_INACTIVE')
  if (claims.token_version !== tokenVersion(user)) return refuse('TOKEN_REVOKED')
  return checkBinding(context, claims, user)
}

/** Another IP or `User-Agent` deletes the whole family; tokens without `bnd` pass (4.6). */
function checkBinding(
  { relay, ip, headers }: RequestContext,
  claims: AccessClaims,
  user: UserRow,
): AuthResult {
  const isOn = relay.isNew && relay.state.settings.sessionBinding
  if (!isOn || claims.bnd === undefined) return { ok: true, user }
  if (claims.bnd === bindingHash({ ip, userAgent: headers.userAgent })) return { ok: true, user }
  deleteFamily(relay, claims.sid)
  return refuse('SESSION_BINDING_MISMATCH')
}

/** Backend mode shuts every user route to non-administrators, with a numeric code (4.5). */
function backendModeReply({ state, isNew }: RelayCore, user: UserRow): Reply | null {
  if (!isNew || !state.settings.backendMode || user.role === 'admin') return null
  return handlerError(403, 'Backend mode is active. User self-service is disabled.')
}

/** The panel limits of newer servers: per user, heavy calls twice, administrators exempt (2). */
function limitReply({ limiter, isNew }: RelayCore, user: UserRow, isHeavy: boolean): Reply | null {
  if (!isNew || user.role === 'admin') return null
  const id = String(user.id)
  const wait = limiter.take('user', id) ?? (isHeavy ? limiter.take('heavy', id) : null)
  return wait === null ? null : panelLimited(wait)
}

/** Everything that stands before a user route. */
export function admit(context: RequestContext, isHeavy: boolean): AuthResult {
  const result = authenticate(context)
  if (!result.ok) return result
  const { relay } = context
  const reply = backendModeReply(relay, result.user) ?? limitReply(relay, result.user, isHeavy)
  return reply === null ? result : { ok: false, reply }
}
