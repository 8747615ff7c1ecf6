import { fail, type Reply } from '../kit/reply'
import type { RequestContext } from './context'
import { keyTextOf } from './key-auth'
import { TEXT } from './messages'
import { findToken, findUserByAccessToken, USER_DISABLED, type HubUser } from './state'
import type { CookieLogin } from './session-cookie'

type AuthResult = { ok: true; user: HubUser } | { ok: false; reply: Reply }

/** A user with the role and status that count for this request. */
interface Claim {
  user: HubUser
  role: unknown
  status: unknown
}

function userOfLogin(context: RequestContext, { id }: CookieLogin): HubUser | undefined {
  return typeof id === 'number' ? context.relay.state.users.get(id) : undefined
}

/** DoneHub re-reads the user; One Hub trusts the cookie (`contracts/donehub.md` 1.1, 3.2). */
function claimOfCookie(context: RequestContext, login: CookieLogin): Claim | Reply {
  const user = userOfLogin(context, login)
  if (!context.relay.isDoneHub) {
    // Not in the contract: One Hub lets the login pass and its handlers find no row.
    return user === undefined ? fail(TEXT.notFound) : { ...login, user }
  }
  if (!Number.isInteger(login.id) || Number(login.id) <= 0) return fail(TEXT.sessionInvalid)
  if (user === undefined) return fail(TEXT.userCheckFailed)
  return { user, role: user.role, status: user.status }
}

function claimOfToken({ relay, headers }: RequestContext): Claim | Reply {
  if (headers.authorization === '') return fail(TEXT.notLoggedIn, 401)
  const token = headers.authorization.replace(/^Bearer /, '')
  const user = findUserByAccessToken(relay.state, token)
  if (user === undefined) return fail(TEXT.accessTokenInvalid)
  return { user, role: user.role, status: user.status }
}

/** Who sends this request: the cookie wins, `Authorization` counts only without one (3.1, 3.2). */
export function authenticate(context: RequestContext, minRole = 1): AuthResult {
  const { login } = context
  const claim = login === null ? claimOfToken(context) : claimOfCookie(context, login)
  if (!('user' in claim)) return { ok: false, reply: claim }
  if (claim.status === USER_DISABLED) return { ok: false, reply: fail(TEXT.userDisabled) }
  if (Number(claim.role) < minRole) return { ok: false, reply: fail(TEXT.roleTooLow) }
  return { ok: true, user: claim.user }
}

/** The user of the cookie where a login is optional and `Authorization` is not read (6.1, 6.2). */
export function visitorOf(context: RequestContext): HubUser | null {
  return context.login === null ? null : (userOfLogin(context, context.login) ?? null)
}

/** The user a credential points to, good enough or not. Only for matching faults. */
export function credentialUserId(context: RequestContext): number | null {
  const { login, relay, headers } = context
  if (login !== null) return typeof login.id === 'number' ? login.id : null
  const pat = headers.authorization.replace(/^Bearer /, '')
  const byToken = findUserByAccessToken(relay.state, pat)?.id
  return byToken ?? findToken(relay.state, keyTextOf(context).key)?.userId ?? null
}
