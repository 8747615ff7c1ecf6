import type { ApiKey } from '@/src/domain/api-key'
import { complete } from '@/src/domain/metric'
import { isWholeKey } from '@/src/domain/whole-key'

import type { ApiKeyAnswer } from './schemas'

const STATUSES: Readonly<Record<number, ApiKey['status']>> = {
  1: 'enabled',
  2: 'disabled',
  3: 'expired',
  4: 'exhausted',
}

/** A masked key contains `*` or `•` (`contracts/new-api.md 6.6`); it can never be used. */
export const isMasked = (key: string): boolean => /[*•]/.test(key)

/**
 * A key as clients send it (`contracts/new-api.md 6.7`): servers keep it without `sk-`, some relatives
 * with it. An empty text stays one: the list hides the key altogether.
 */
export const withPrefix = (key: string): string =>
  key === '' ? '' : `sk-${key.replace(/^sk-/, '')}`

/** A key row as the product has it (`contracts/new-api.md 6.3`, One API 14). */
export function toApiKey(row: ApiKeyAnswer, nowMs: number): ApiKey {
  const text = withPrefix(row.key)
  const crossGroupRetry = row.cross_group_retry
  return {
    id: String(row.id),
    name: row.name,
    key: { kind: isWholeKey(text) ? 'full' : 'masked', text },
    status: statusOf(row, nowMs),
    remaining: row.unlimited_quota ? null : complete(row.remain_quota),
    used: complete(row.used_quota),
    createdAtMs: row.created_time > 0 ? row.created_time * 1000 : null,
    lastUsedAtMs: row.accessed_time > 0 ? row.accessed_time * 1000 : null,
    expiresAtMs: row.expired_time === -1 ? null : row.expired_time * 1000,
    group: row.group ?? '',
    modelLimits: modelLimitsOf(row),
    ipLimits: listed(row.allow_ips ?? row.subnet),
    ...(typeof crossGroupRetry === 'boolean' ? { crossGroupRetry } : {}),
  }
}

/** Servers notice expiry and exhaustion only when a key is used (6.3): look ourselves. */
function statusOf(row: ApiKeyAnswer, nowMs: number): ApiKey['status'] {
  const told = STATUSES[row.status] ?? 'unknown'
  if (told !== 'enabled') return told
  if (row.expired_time !== -1 && row.expired_time * 1000 <= nowMs) return 'expired'
  return !row.unlimited_quota && row.remain_quota <= 0 ? 'exhausted' : 'enabled'
}

function modelLimitsOf(row: ApiKeyAnswer): string[] {
  const names = row.model_limits_enabled === undefined ? row.models : row.model_limits
  return row.model_limits_enabled === false ? [] : listed(names)
}

/** The parts of a list as servers keep them: one a line, or with commas between them. */
function listed(text: string | null | undefined): string[] {
  return (text ?? '')
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
