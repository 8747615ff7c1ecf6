import type { RelayCore } from './context'
import { masksKeys } from './generation'
import type { RelayToken } from './state'

/** A key as lists show it from G1b on (`contracts/new-api.md` 6.6). */
function maskKey(key: string): string {
  if (key.length > 8) return `${key.slice(0, 4)}${'*'.repeat(10)}${key.slice(-4)}`
  if (key.length > 4) return `${key.slice(0, 2)}****${key.slice(-2)}`
  return '*'.repeat(key.length)
}

/** A key row as the server shows it: masked from G1b on, One API's own field names (6.3, 14). */
export function tokenView(relay: RelayCore, token: RelayToken): Record<string, unknown> {
  const own = {
    id: token.id,
    user_id: token.userId,
    key: masksKeys(relay.generation) ? maskKey(token.key) : token.key,
    status: token.status,
    name: token.name,
    created_time: token.createdTime,
    accessed_time: token.accessedTime,
    expired_time: token.expiredTime,
    remain_quota: token.remainQuota,
    unlimited_quota: token.unlimitedQuota,
    used_quota: token.usedQuota,
  }
  if (relay.generation === 'one-api') {
    return { ...own, models: token.modelLimits || null, subnet: token.allowIps }
  }
  return {
    ...own,
    model_limits_enabled: token.modelLimitsEnabled,
    model_limits: token.modelLimits,
    allow_ips: token.allowIps,
    group: token.group,
    ...(relay.generation === 'g0' ? {} : { cross_group_retry: token.crossGroupRetry }),
    ...(relay.generation === 'g3' ? { auto_groups: token.autoGroups } : {}),
    DeletedAt: null,
  }
}
