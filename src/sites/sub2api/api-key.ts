import type { ApiKey } from '@/src/domain/api-key'
import { complete, unavailable } from '@/src/domain/metric'
import { isWholeKey } from '@/src/domain/whole-key'

import { decodeEntities } from './html-text'
import type { ApiKeyAnswer } from './schemas'
import { epochMs } from './time'

const STATUSES: ReadonlyMap<string, ApiKey['status']> = new Map([
  ['active', 'enabled'],
  ['inactive', 'disabled'],
  ['disabled', 'disabled'],
  ['expired', 'expired'],
  ['quota_exhausted', 'exhausted'],
])

/** A key row as the product has it; amounts are USD (`contracts/sub2api.md 8`). */
export function toApiKey(row: ApiKeyAnswer, nowMs: number): ApiKey {
  const quota = quotaOf(row)
  return {
    id: String(row.id),
    name: decodeEntities(row.name),
    // Never masked by this family, and a key somebody chose may have no prefix.
    key: { kind: isWholeKey(row.key) ? 'full' : 'masked', text: row.key },
    status: statusOf(row, nowMs),
    remaining: quota === null ? null : complete(quota - (row.quota_used ?? 0)),
    used: row.quota_used === undefined ? unavailable('unsupported') : complete(row.quota_used),
    createdAtMs: epochMs(row.created_at),
    lastUsedAtMs: epochMs(row.last_used_at),
    expiresAtMs: epochMs(row.expires_at),
    group: row.group?.name ?? '',
    modelLimits: [],
    ipLimits: row.ip_whitelist ?? [],
  }
}

/** `null` = unlimited, as all keys of old servers are. */
function quotaOf({ quota }: ApiKeyAnswer): number | null {
  return quota === undefined || quota <= 0 ? null : quota
}

/** Servers notice expiry and exhaustion only when a key is used: look ourselves. */
function statusOf(row: ApiKeyAnswer, nowMs: number): ApiKey['status'] {
  const told = STATUSES.get(row.status) ?? 'unknown'
  if (told !== 'enabled') return told
  const expiresAtMs = epochMs(row.expires_at)
  if (expiresAtMs !== null && expiresAtMs <= nowMs) return 'expired'
  const quota = quotaOf(row)
  return quota !== null && (row.quota_used ?? 0) >= quota ? 'exhausted' : 'enabled'
}
