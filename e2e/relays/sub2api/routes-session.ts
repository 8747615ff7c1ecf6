import type { Reply } from '../kit/reply'
import { bodyRecord, onlyNew, type RequestContext, type Route, type UserContext } from './context'
import { badRequest, handlerError, success } from './envelope'
import type { RefreshTokenRow, UserRow } from './state'
import { bindingHash, deleteFamily, issueTokens, tokenVersion } from './tokens'

function invalid(): Reply {
  return handlerError(401, 'invalid refresh token', 'REFRESH_TOKEN_INVALID')
}

/** What is wrong with the session of a stored token; all of it deletes the family (4.3). */
function familyProblem(
  { relay, ip, headers }: RequestContext,
  row: RefreshTokenRow,
  user: UserRow | undefined,
): Reply | null {
  // A deleted user is not in the contract.
  if (user === undefined) return invalid()
  if (user.status !== 'active') return handlerError(403, 'user is not active', 'USER_NOT_ACTIVE')
  if (row.tokenVersion !== tokenVersion(user)) {
    return handlerError(401, 'token has been revoked', 'TOKEN_REVOKED')
  }
  const isBound = relay.state.settings.sessionBinding && row.bindingHash !== ''
  if (!isBound || row.bindingHash === bindingHash({ ip, userAgent: headers.userAgent })) return null
  const message = 'session network fingerprint changed, please login again'
  return handlerError(401, message, 'SESSION_BINDING_MISMATCH')
}

/** The checks in the order of `contracts/sub2api.md` 4.3; then delete, then make a new pair. */
function rotate(context: RequestContext, token: string): Reply {
  const { relay, ip, headers } = context
  const { state } = relay
  if (!token.startsWith('rt_')) return invalid()
  if (!state.isRefreshStoreUp) {
    return handlerError(503, 'service temporarily unavailable', 'SERVICE_UNAVAILABLE')
  }
  const row = state.refreshTokens.get(token)
  if (row === undefined) return invalid()
  if (row.expiresAtMs < relay.nowMs()) {
    state.refreshTokens.delete(token)
    return handlerError(401, 'refresh token has expired', 'REFRESH_TOKEN_EXPIRED')
  }
  const user = state.users.get(row.userId)
  const problem = familyProblem(context, row, user)
  if (problem !== null || user === undefined) {
    deleteFamily(relay, row.familyId)
    return problem ?? invalid()
  }
  state.refreshTokens.delete(token)
  const client = { ip, userAgent: headers.userAgent }
  const pair = issueTokens(relay, user, { client, familyId: row.familyId })
  // Looked at only now: the token is used up and the new pair stays with the server (4.3).
  if (state.settings.backendMode && user.role !== 'admin') {
    return handlerError(403, 'Backend mode is active. Only admin login is allowed.')
  }
  return success(pair)
}

/** `POST /auth/refresh`. The fault `wrong-user` does not reach it. */
function refresh(context: RequestContext): Reply {
  const token = bodyRecord(context.body)?.['refresh_token']
  if (typeof token !== 'string' || token === '') return badRequest('refresh_token')
  return rotate(context, token)
}

/** `POST /auth/logout`: always 200; the access token stays valid (4.1). */
function logOut({ relay, body }: RequestContext): Reply {
  const token = bodyRecord(body)?.['refresh_token']
  if (typeof token === 'string') relay.state.refreshTokens.delete(token)
  return success({ message: 'Logged out successfully' })
}

/** Deletes every refresh token of the user; access tokens stay valid (4.1). */
function revokeAll({ relay, user }: UserContext): Reply {
  for (const [token, row] of relay.state.refreshTokens) {
    if (row.userId === user.id) relay.state.refreshTokens.delete(token)
  }
  return success({ message: 'All sessions have been revoked. Please log in again.' })
}

/** Life of a session (`contracts/sub2api.md` 4). */
export const sessionRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/auth/refresh',
    auth: 'none',
    isIn: onlyNew,
    limit: 'refresh',
    handle: refresh,
  },
  { method: 'POST', path: '/api/v1/auth/logout', auth: 'none', handle: logOut },
  {
    method: 'POST',
    path: '/api/v1/auth/revoke-all-sessions',
    auth: 'user',
    // Without refresh tokens there is nothing to revoke; not in the contract.
    isIn: onlyNew,
    handle: revokeAll,
  },
]
