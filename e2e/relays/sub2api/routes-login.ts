import { randomBytes } from 'node:crypto'

import type { Reply } from '../kit/reply'
import { bodyRecord, onlyNew, type RelayCore, type RequestContext, type Route } from './context'
import { badRequest, handlerError, success } from './envelope'
import { findUserByEmail } from './lookups'
import type { UserRow } from './state'
import { issueTokens } from './tokens'
import { userView } from './user-view'

/** How long a second factor is waited for, and how often it may be wrong; not in the contract. */
const PENDING_MS = 300_000
const MAX_ATTEMPTS = 5

/** A solved challenge is good once; missing or wrong → 400 (`contracts/sub2api.md` 4.4). */
function captchaProblem({ relay, body }: RequestContext): Reply | null {
  if (!relay.state.settings.turnstile) return null
  const token = bodyRecord(body)?.['turnstile_token']
  if (typeof token === 'string' && relay.state.turnstileTokens.delete(token)) return null
  return handlerError(400, 'turnstile verification failed', 'TURNSTILE_VERIFICATION_FAILED')
}

/** Why a known user may not log in (4.5). */
function userProblem({ isNew, state }: RelayCore, user: UserRow): Reply | null {
  if (user.status !== 'active') return handlerError(403, 'user is not active', 'USER_NOT_ACTIVE')
  if (!isNew || !state.settings.backendMode || user.role === 'admin') return null
  const message = 'Backend mode is active. Only admin login is allowed.'
  return handlerError(403, message, 'BACKEND_MODE_ADMIN_ONLY')
}

function loggedIn({ relay, ip, headers }: RequestContext, user: UserRow): Reply {
  const client = { ip, userAgent: headers.userAgent }
  return success({ ...issueTokens(relay, user, { client }), user: userView(relay, user) })
}

/** `ann@mail.example` → `a***@mail.example` (4.1). */
function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}

/** HTTP 200 as well: the password was right, the second factor is missing (4.1). */
function challenge({ state, nowMs }: RelayCore, user: UserRow): Reply {
  const temp_token = randomBytes(32).toString('hex')
  const expiresAtMs = nowMs() + PENDING_MS
  state.pendingLogins.set(temp_token, { userId: user.id, attempts: 0, expiresAtMs })
  return success({ requires_2fa: true, temp_token, user_email_masked: maskedEmail(user.email) })
}

/** `POST /auth/login` (4.1). */
function logIn(context: RequestContext): Reply {
  const { relay } = context
  const { email, password } = bodyRecord(context.body) ?? {}
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email)) return badRequest('email')
  if (typeof password !== 'string' || password === '') return badRequest('password')
  const problem = captchaProblem(context)
  if (problem !== null) return problem
  const user = findUserByEmail(relay.state, email)
  if (user?.password !== password) {
    return handlerError(401, 'invalid email or password', 'INVALID_CREDENTIALS')
  }
  const refusal = userProblem(relay, user)
  if (refusal !== null) return refusal
  return relay.isNew && user.totpCode !== null ? challenge(relay, user) : loggedIn(context, user)
}

/** `POST /auth/login/2fa` (4.1, 4.5). */
function finishLogin(context: RequestContext): Reply {
  const { relay } = context
  const { temp_token: token, totp_code: code } = bodyRecord(context.body) ?? {}
  if (typeof token !== 'string' || token === '') return badRequest('temp_token')
  if (typeof code !== 'string' || code.length !== 6) return badRequest('totp_code')
  const pending = relay.state.pendingLogins.get(token)
  const user = pending && relay.state.users.get(pending.userId)
  if (pending === undefined || user === undefined || pending.expiresAtMs <= relay.nowMs()) {
    return handlerError(400, 'Invalid or expired 2FA session')
  }
  if (pending.attempts >= MAX_ATTEMPTS) {
    return handlerError(429, 'too many verification attempts', 'TOTP_TOO_MANY_ATTEMPTS')
  }
  if (user.totpCode !== code) {
    pending.attempts += 1
    return handlerError(400, 'invalid TOTP code', 'TOTP_INVALID_CODE')
  }
  const refusal = userProblem(relay, user)
  if (refusal !== null) return refusal
  relay.state.pendingLogins.delete(token)
  return loggedIn(context, user)
}

/** Ways in (`contracts/sub2api.md` 4.1). */
export const loginRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/auth/login', auth: 'none', limit: 'login', handle: logIn },
  {
    method: 'POST',
    path: '/api/v1/auth/login/2fa',
    auth: 'none',
    isIn: onlyNew,
    limit: 'login-2fa',
    handle: finishLogin,
  },
]
