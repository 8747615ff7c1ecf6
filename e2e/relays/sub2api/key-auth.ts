import { BlockList, isIP } from 'node:net'

import { jsonReply, type Reply } from '../kit/reply'
import type { RequestContext, RequestHeaders } from './context'
import { middlewareError } from './envelope'
import { limitReached } from './subscription-view'
import { activeSubscription } from './lookups'
import type { GroupRow, KeyRow, UserRow } from './state'

type KeyResult =
  { ok: true; key: KeyRow; user: UserRow; group: GroupRow | null } | { ok: false; reply: Reply }

function refuse(status: number, code: string, message: string): KeyResult {
  return { ok: false, reply: middlewareError(status, code, message) }
}

/** The key of a gateway request: `Authorization`, `x-api-key`, `x-goog-api-key` (14). */
export function keyText(headers: RequestHeaders): string {
  const bearer = /^Bearer (.*)$/.exec(headers.authorization)?.[1] ?? ''
  return bearer || headers.apiKey || headers.googleApiKey
}

function isListed(ip: string, patterns: readonly string[]): boolean {
  const list = new BlockList()
  for (const pattern of patterns) {
    const [address = '', bits] = pattern.split('/')
    const type = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, type)
    else list.addSubnet(address, Number(bits), type)
  }
  const plain = ip.replace(/^::ffff:/, '')
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

function isIpAllowed(ip: string, { ipWhitelist, ipBlacklist }: KeyRow): boolean {
  if (ipBlacklist !== null && isListed(ip, ipBlacklist)) return false
  return ipWhitelist === null || ipWhitelist.length === 0 || isListed(ip, ipWhitelist)
}

/** The form of a key without a group (14). */
function groupless(): KeyResult {
  const message = 'API key is not assigned to a group'
  const error = { type: 'permission_error', message }
  return { ok: false, reply: jsonReply({ type: 'error', error }, 403) }
}

/** Why a key may not be spent from; `null` = it may (14). */
function billingProblem(
  { relay }: RequestContext,
  { key, user, group }: { key: KeyRow; user: UserRow; group: GroupRow | null },
): KeyResult | null {
  const nowMs = relay.nowMs()
  const isPast = key.expiresAtMs !== null && key.expiresAtMs <= nowMs
  if (key.status === 'expired' || isPast) {
    return refuse(403, 'API_KEY_EXPIRED', 'API key has expired')
  }
  const isSpent = key.quota > 0 && key.quotaUsed >= key.quota
  if (key.status === 'quota_exhausted' || isSpent) {
    return refuse(429, 'API_KEY_QUOTA_EXHAUSTED', 'API key quota exhausted')
  }
  if (relay.state.settings.runMode === 'simple') return null
  if (group?.subscriptionType !== 'subscription') {
    return user.balance > 0
      ? null
      : refuse(403, 'INSUFFICIENT_BALANCE', 'Insufficient account balance')
  }
  const subscription = activeSubscription(relay.state, {
    userId: user.id,
    groupId: group.id,
    nowMs,
  })
  if (subscription === undefined) {
    return refuse(403, 'SUBSCRIPTION_NOT_FOUND', 'No active subscription found for this group')
  }
  return limitReached(group, subscription)
    ? refuse(429, 'USAGE_LIMIT_EXCEEDED', 'usage limit exceeded')
    : null
}

/** The API-key middleware (`contracts/sub2api.md` 14). `isBilled: false` skips the billing checks. */
export function admitKey(context: RequestContext, isBilled: boolean): KeyResult {
  const { relay, url, headers } = context
  const { state } = relay
  if (['key', 'api_key'].some((name) => (url.searchParams.get(name) ?? '').trim() !== '')) {
    return refuse(400, 'api_key_in_query_deprecated', 'API key in query parameter is deprecated')
  }
  const text = keyText(headers)
  if (text === '') return refuse(401, 'API_KEY_REQUIRED', 'API key is required')
  const key = [...state.keys.values()].find((row) => row.key === text)
  if (key === undefined) return refuse(401, 'INVALID_API_KEY', 'Invalid API key')
  if (key.status === 'inactive' || key.status === 'disabled') {
    return refuse(401, 'API_KEY_DISABLED', 'API key is disabled')
  }
  if (!isIpAllowed(context.ip, key)) return refuse(403, 'ACCESS_DENIED', 'Access denied')
  const user = state.users.get(key.userId)
  if (user === undefined) return refuse(401, 'USER_NOT_FOUND', 'User not found')
  if (user.status !== 'active') return refuse(401, 'USER_INACTIVE', 'User account is not active')
  const group = key.groupId === null ? null : (state.groups.get(key.groupId) ?? null)
  if (group === null && key.groupId !== null) {
    return refuse(403, 'GROUP_DELETED', 'Group has been deleted')
  }
  if (group === null && relay.isNew) return groupless()
  if (group !== null && group.status !== 'active') {
    return refuse(403, 'GROUP_DISABLED', 'Group is disabled')
  }
  const isOpen = group?.isExclusive !== true || (user.allowedGroups ?? []).includes(group.id)
  if (!isOpen && group.subscriptionType === 'standard') {
    return refuse(403, 'GROUP_NOT_ALLOWED', 'Group is not allowed')
  }
  const found = { key, user, group }
  return (isBilled ? billingProblem(context, found) : null) ?? { ok: true, ...found }
}
