import { BlockList, isIP } from 'node:net'

import { jsonReply, type Reply } from '../kit/reply'
import type { RequestContext } from './context'
import { isSince } from './generation'
import type { RelayToken, RelayUser } from './state'

export interface KeyHolder {
  token: RelayToken
  user: RelayUser
}

export type KeyResult = ({ ok: true } & KeyHolder) | { ok: false; reply: Reply }

const DISABLED = 2
const EXPIRED = 3
const EXHAUSTED = 4

/** Error of everything that is relayed (`contracts/new-api.md` 6.8, 14). */
export function relayError(
  context: RequestContext,
  status: number,
  message: string,
  code = '',
): { ok: false; reply: Reply } {
  const type = context.relay.generation === 'one-api' ? 'one_api_error' : 'new_api_error'
  return { ok: false, reply: jsonReply({ error: { message, type, param: '', code } }, status) }
}

/**
 * Messages take Anthropic's header; builds of 2026 take the header of another protocol where its
 * models are, too (`contracts/exports.md` 0.3).
 */
function otherHeader({ headers, url, relay }: RequestContext): string {
  if (relay.generation !== 'one-api' && url.pathname.includes('/v1/messages')) return headers.apiKey
  if (!isSince(relay.generation, 'g1b')) return ''
  if (url.pathname === '/v1/models') return headers.apiKey
  return url.pathname.startsWith('/v1beta/models') ? headers.googleApiKey : ''
}

/** The key as sent: one `sk-` comes off, and what follows the next `-` is a channel id (6.7). */
function keyText(context: RequestContext): string {
  const text = otherHeader(context) || context.headers.authorization.replace(/^Bearer /, '')
  return text.replace(/^sk-/, '').split('-')[0] ?? ''
}

function holderOf(context: RequestContext): Partial<KeyHolder> {
  const { state } = context.relay
  const key = keyText(context)
  const token = key === '' ? undefined : [...state.tokens.values()].find((row) => row.key === key)
  const user = token && state.users.get(token.userId)
  return { ...(token ? { token } : {}), ...(user ? { user } : {}) }
}

/** Why a key may not be spent from: words of the builds of 2025 (6.8). */
function spendProblem(token: RelayToken, nowSec: number): string | null {
  if (token.status === DISABLED) return '该令牌状态不可用'
  const isPast = token.expiredTime !== -1 && token.expiredTime < nowSec
  if (token.status === EXPIRED || isPast) return '该令牌已过期'
  const isSpent = !token.unlimitedQuota && token.remainQuota <= 0
  return token.status === EXHAUSTED || isSpent ? '该令牌额度已用尽' : null
}

/** Newline-separated addresses and ranges; empty = any (6.3). */
function isIpAllowed({ allowIps }: RelayToken, ip: string): boolean {
  const entries = allowIps.split('\n').filter((entry) => entry.trim() !== '')
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.trim().split('/')
    const type = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, type)
    else list.addSubnet(address, Number(bits), type)
  }
  const plain = ip.replace(/^::ffff:/, '')
  return entries.length === 0 || list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

/** Who calls models and billing by key (6.8). */
export function authenticateKey(context: RequestContext): KeyResult {
  const { relay } = context
  const { token, user } = holderOf(context)
  if (!token || !user) return relayError(context, 401, '无效的令牌')
  const problem = spendProblem(token, relay.nowSec())
  if (problem !== null) return relayError(context, 401, problem)
  if (user.status === DISABLED) return relayError(context, 403, '用户已被封禁')
  if (!isIpAllowed(token, context.ip)) {
    return relayError(context, 403, '您的 IP 不在令牌允许访问的列表中', 'access_denied')
  }
  if (token.group !== '' && token.group !== 'auto' && !(token.group in relay.groups)) {
    return relayError(context, 403, `分组 ${token.group} 已被弃用`)
  }
  return { ok: true, token, user }
}

/** Who asks about a key: also an expired or exhausted one, from anywhere (6.8, 7.1). */
export function authenticateReading(context: RequestContext): KeyResult {
  const { token, user } = holderOf(context)
  const refuse = (status: number, message: string): KeyResult => ({
    ok: false,
    reply: jsonReply({ success: false, message }, status),
  })
  if (!token || !user) return refuse(401, '无效的令牌')
  const isNewest = context.relay.generation === 'g3'
  if (isNewest && token.status === DISABLED) return refuse(401, '该令牌状态不可用')
  return user.status === DISABLED ? refuse(403, '用户已被封禁') : { ok: true, token, user }
}
