import { fail, type Reply } from '../kit/reply'
import type { RequestContext } from './context'
import { findUserByAccessToken, type VeloeraUser } from './state'

export type AuthResult = { ok: true; user: VeloeraUser } | { ok: false; reply: Reply }

const USER_DISABLED = 2
const ROLES: readonly unknown[] = [0, 1, 10, 100]

/** The texts of `contracts/veloera.md` 3.2. */
const REFUSAL = {
  notLoggedIn: '无权进行此操作，未登录且未提供 access token',
  tokenInvalid: '无权进行此操作，access token 无效',
  headerMissing: '无权进行此操作，未提供 Veloera-User',
  headerFormat: '无权进行此操作，Veloera-User 格式错误',
  mismatch: '无权进行此操作，Veloera-User 与登录用户不匹配',
  disabled: '用户已被封禁',
  roleTooLow: '无权进行此操作，权限不足',
  userInvalid: '无权进行此操作，用户信息无效',
} as const

/** What a credential says about its account: the cookie as of its login, a token as of now. */
interface Account {
  id?: number
  username?: string
  role?: number
  status?: number
}

function refuse(message: string, status?: number): { ok: false; reply: Reply } {
  return { ok: false, reply: fail(message, status) }
}

function isSound({ username, role }: Account): boolean {
  return (username ?? '').trim() !== '' && ROLES.includes(role)
}

/** The literal `Bearer ` is taken off once, case-sensitive. */
function tokenUser(context: RequestContext): VeloeraUser | undefined {
  const pat = context.headers.authorization.replace('Bearer ', '')
  return findUserByAccessToken(context.core.state, pat)
}

/** The cookie wins over `Authorization` (3.1). */
function accountOf(context: RequestContext): Account | { ok: false; reply: Reply } {
  if (context.session.username !== undefined) return context.session
  if (context.headers.authorization === '') return refuse(REFUSAL.notLoggedIn, 401)
  const user = tokenUser(context)
  if (user === undefined || user.username === '') return refuse(REFUSAL.tokenInvalid)
  return isSound(user) ? user : refuse(REFUSAL.userInvalid)
}

function headerProblem(header: string, id: number | undefined): string | null {
  if (header === '') return REFUSAL.headerMissing
  if (!/^[+-]?\d+$/.test(header)) return REFUSAL.headerFormat
  return Number(header) === id ? null : REFUSAL.mismatch
}

/** Who sends this request, with every failure of 3.2 in the server's order. */
export function authenticate(context: RequestContext, minRole: number): AuthResult {
  const account = accountOf(context)
  if ('ok' in account) return account
  const problem = headerProblem(context.headers.veloeraUser, account.id)
  if (problem !== null) return refuse(problem, 401)
  if (account.status === USER_DISABLED) return refuse(REFUSAL.disabled)
  if ((account.role ?? 0) < minRole) return refuse(REFUSAL.roleTooLow)
  if (!isSound(account)) return refuse(REFUSAL.userInvalid)
  const user = context.core.state.users.get(account.id ?? 0)
  // The cookie of a deleted user: not in the contract.
  return user === undefined ? refuse('record not found') : { ok: true, user }
}

/**
 * The user a request's credential points to, whether or not it is good enough. Only for matching
 * faults: it decides nothing.
 */
export function credentialUserId(context: RequestContext): number | null {
  if (context.session.id !== undefined) return context.session.id
  const { authorization, apiKey } = context.headers
  const key = (authorization.replace('Bearer ', '') || apiKey).replace(/^sk-/, '')
  const token = [...context.core.state.tokens.values()].find((row) => row.key === key)
  return tokenUser(context)?.id ?? token?.userId ?? null
}
