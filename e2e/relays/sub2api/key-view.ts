import { optionalTimestamp, timestamp, type RelayCore } from './context'
import { groupView } from './group-view'
import type { LimitWindow } from './options-user'
import type { KeyRow } from './state'

export const LIMIT_WINDOWS: readonly LimitWindow[] = ['5h', '1d', '7d']

function limitFields(key: KeyRow): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const window of LIMIT_WINDOWS) {
    const { limit, used, startedAtMs } = key.limits[window]
    fields[`rate_limit_${window}`] = limit
    fields[`usage_${window}`] = used
    fields[`window_${window}_start`] = optionalTimestamp(startedAtMs)
  }
  return fields
}

/**
 * The key DTO with the full key (`contracts/sub2api.md` 8). `hasGroup: false`: as `POST /keys`
 * answers it.
 */
export function keyView(relay: RelayCore, key: KeyRow, hasGroup = true): Record<string, unknown> {
  const group = relay.state.groups.get(key.groupId ?? 0)
  const base = {
    id: key.id,
    user_id: key.userId,
    key: key.key,
    name: key.name,
    group_id: key.groupId,
    status: key.status,
    created_at: timestamp(key.createdAtMs),
    updated_at: timestamp(key.updatedAtMs),
    ...(hasGroup && group ? { group: groupView(relay, group) } : {}),
  }
  if (!relay.isNew) return base
  return {
    ...base,
    ip_whitelist: key.ipWhitelist,
    ip_blacklist: key.ipBlacklist,
    last_used_at: optionalTimestamp(key.lastUsedAtMs),
    last_used_ip: null,
    quota: key.quota,
    quota_used: key.quotaUsed,
    expires_at: optionalTimestamp(key.expiresAtMs),
    current_concurrency: 0,
    ...limitFields(key),
  }
}
