import { BlockList, isIP } from 'node:net'

import { jsonReply, type Reply } from '../kit/reply'
import type { KeyContext, KeyProtocol, RequestContext } from './context'
import { TEXT } from './messages'
import { findToken, ROLE_ADMIN, USER_ENABLED, type HubToken, type HubUser } from './state'

const ENABLED = 1
const EXPIRED = 3
const EXHAUSTED = 4

/** The relay's own error body (`contracts/donehub.md` 6.4). */
export function relayError(context: RequestContext, status: number, message: string): Reply {
  const text = `${message} (request id: ${context.requestId})`
  return jsonReply({ error: { message: text, type: 'one_hub_error' } }, status)
}

/** The key a request carries, without `sk-`, and what follows its first `#` (9.3). */
export function keyTextOf(
  context: RequestContext,
  protocol: KeyProtocol = 'openai',
): { key: string; channel: string | undefined } {
  const { authorization, apiKey, googleKey } = context.headers
  const googleText = googleKey || (context.url.searchParams.get('key') ?? '')
  const own = { openai: '', claude: apiKey, gemini: googleText }[protocol]
  const text = (own || authorization.replace(/^Bearer /, '')).replace(/^sk-/, '')
  const [key = '', channel] = text.split('#', 2)
  return { key, channel }
}

/** Why a key is refused with 401; notes an expiry or exhaustion that nobody noted yet. */
function keyProblem(token: HubToken | undefined, nowSec: number): string | null {
  if (token === undefined) return TEXT.keyInvalid
  if (token.status === ENABLED) {
    if (token.expiredTime !== -1 && token.expiredTime < nowSec) token.status = EXPIRED
    else if (!token.unlimitedQuota && token.remainQuota <= 0) token.status = EXHAUSTED
  }
  if (token.status === EXPIRED) return TEXT.keyExpired
  if (token.status === EXHAUSTED) return TEXT.keyExhausted
  return token.status === ENABLED ? null : TEXT.keyUnavailable
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

function isAllowedIp(token: HubToken, ip: string): boolean {
  const setting = token.setting.limits?.limits_ip_setting
  if (setting?.enabled !== true) return true
  const list = new BlockList()
  for (const entry of setting.whitelist ?? []) {
    const [address = '', prefix] = entry.split('/')
    if (isIP(address) === 0) continue
    if (prefix === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return list.check(ip, familyOf(ip))
}

function userProblem(user: HubUser | undefined, channel: string | undefined): string | null {
  if (user?.status !== USER_ENABLED) return TEXT.userDisabled
  return channel !== undefined && user.role < ROLE_ADMIN ? TEXT.channelForbidden : null
}

type KeyAuthResult =
  { ok: true; found: Pick<KeyContext, 'token' | 'user'> } | { ok: false; reply: Reply }

/** Checks the API key of a request: 401 for the key, 403 for user and address (6.4). */
export function authenticateKey(context: RequestContext, protocol: KeyProtocol): KeyAuthResult {
  const { relay, ip } = context
  const { key, channel } = keyTextOf(context, protocol)
  const token = findToken(relay.state, key)
  const problem = keyProblem(token, relay.nowSec())
  if (token === undefined || problem !== null) {
    return { ok: false, reply: relayError(context, 401, problem ?? TEXT.keyInvalid) }
  }
  const user = relay.state.users.get(token.userId)
  const refusal =
    userProblem(user, channel) ??
    (isAllowedIp(token, ip) ? null : `IP ${ip} is not allowed to access`)
  if (user === undefined || refusal !== null) {
    return { ok: false, reply: relayError(context, 403, refusal ?? TEXT.userDisabled) }
  }
  return { ok: true, found: { token, user } }
}
