import { jsonReply, type Reply } from '../kit/reply'
import type { RequestContext } from './context'
import type { VeloeraToken, VeloeraUser } from './state'

const EXPIRED = 3
const EXHAUSTED = 4

export type KeyAuthResult =
  { ok: true; token: VeloeraToken; user: VeloeraUser } | { ok: false; reply: Reply }

/** Error of everything that takes an API key (`contracts/veloera.md` 8). */
export function relayError(
  context: RequestContext,
  status: number,
  message: string,
  code?: string,
): Reply {
  const error = {
    message: `${message} (request id: ${context.requestId})`,
    type: 'veloera_error',
    ...(code === undefined ? {} : { code }),
  }
  return jsonReply({ error }, status)
}

/** Why a key is not accepted. Expiry and exhaustion are noted in the row on its first such use. */
function keyProblem(token: VeloeraToken | undefined, key: string, nowSec: number): string | null {
  if (key === '') return '未提供令牌'
  if (token === undefined) return '无效的令牌'
  const hint = `sk-${key.slice(0, 3)}***${key.slice(-3)}`
  if (token.status === EXHAUSTED) return `该令牌额度已用尽 TokenStatusExhausted[${hint}]`
  if (token.status === EXPIRED) return '该令牌已过期'
  if (token.status !== 1) return '该令牌状态不可用'
  if (token.expiredTime !== -1 && token.expiredTime < nowSec) {
    token.status = EXPIRED
    return '该令牌已过期'
  }
  if (token.unlimitedQuota || token.remainQuota > 0) return null
  token.status = EXHAUSTED
  return `[${hint}] 该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = ${token.remainQuota}`
}

/** `Authorization`, or `x-api-key` on the Claude path; `Bearer ` and `sk-` are taken off once. */
function keyParts({ headers, url }: RequestContext): string[] {
  const isClaude = url.pathname.includes('/v1/messages') && headers.apiKey !== ''
  const text = isClaude ? headers.apiKey : headers.authorization.replace(/^Bearer /, '')
  return text.replace(/^sk-/, '').split('-')
}

/** Who calls by API key: 401 for the key itself, 403 for its user (8, `contracts/new-api.md` 6.8). */
export function authenticateKey(context: RequestContext): KeyAuthResult {
  const { state } = context.core
  const [key = '', channelId] = keyParts(context)
  const refuse = (status: number, message: string): KeyAuthResult => ({
    ok: false,
    reply: relayError(context, status, message),
  })
  const token = [...state.tokens.values()].find((row) => row.key === key)
  const problem = keyProblem(token, key, context.core.nowSec())
  if (token === undefined || problem !== null) return refuse(401, problem ?? '无效的令牌')
  const user = state.users.get(token.userId)
  if (user === undefined) return refuse(500, 'record not found')
  if (user.status !== 1) return refuse(403, '用户已被封禁')
  // A channel id behind the key is for administrators.
  if (channelId !== undefined && user.role < 10) return refuse(403, '普通用户不支持指定渠道')
  return { ok: true, token, user }
}
