import type { ApiKey } from '@/src/domain/api-key'
import { complete, type Metric, unavailable } from '@/src/domain/metric'

import type { ApiKeyAnswer } from './schemas'

/** A key row as the product has it; amounts in USD. */
export function toApiKey(row: ApiKeyAnswer, nowMs: number): ApiKey {
  return {
    id: row.hash,
    name: row.name,
    // Never the key itself: that is shown once, when it is made.
    key: { kind: 'masked', text: row.label },
    status: statusOf(row, nowMs),
    remaining: remainingOf(row),
    used: complete(row.usage),
    createdAtMs: row.created_at ?? null,
    lastUsedAtMs: null,
    expiresAtMs: row.expires_at ?? null,
    group: '',
    modelLimits: [],
    ipLimits: [],
  }
}

function statusOf(row: ApiKeyAnswer, nowMs: number): ApiKey['status'] {
  if (row.disabled) return 'disabled'
  if (row.expires_at != null && row.expires_at <= nowMs) return 'expired'
  const remaining = remainingOf(row)
  return remaining?.state === 'complete' && remaining.value <= 0 ? 'exhausted' : 'enabled'
}

function remainingOf({ limit, limit_remaining: left }: ApiKeyAnswer): Metric | null {
  if (limit === null) return null
  return left == null ? unavailable('invalid-answer') : complete(left)
}
