import type { ApiKey } from '@/src/domain/api-key'
import { complete, type Metric } from '@/src/domain/metric'
import { isWholeKey } from '@/src/domain/whole-key'

import { metricOf } from './account'
import type { ApiKeyAnswer } from './schemas'

/** The family's numbers, and the 0 that this service documents for a disabled key. */
const STATUSES: Readonly<Record<number, ApiKey['status']>> = {
  0: 'disabled',
  1: 'enabled',
  2: 'disabled',
  3: 'expired',
  4: 'exhausted',
}

/** Less than this was cut, whatever stands for the missing part; keys have 48 and more. */
const SHORTEST_KEY = 32

/** A key row as the product has it (`contracts/other-sites.md 5`). */
export function toApiKey(row: ApiKeyAnswer, nowMs: number): ApiKey {
  return {
    id: row.id,
    name: row.name,
    key: keyOf(row.key),
    status: statusOf(row, nowMs),
    remaining: remainingOf(row),
    used: metricOf(row.used_quota),
    createdAtMs: timeOf(row.created_time),
    lastUsedAtMs: timeOf(row.accessed_time),
    expiresAtMs: timeOf(row.expired_time),
    group: '',
    ipLimits: partsOf(row.ips),
    modelLimits: partsOf(row.models ?? ''),
  }
}

/**
 * Lists hide the key, or all of it; one that came whole must be treated as the secret it is. Clients
 * send it with the prefix of the family, whether or not the answer has it.
 */
export function keyOf(text: string): ApiKey['key'] {
  const bare = text.replace(/^sk-/, '')
  const isCut = !isWholeKey(bare) || bare.includes('..') || bare.length < SHORTEST_KEY
  return isCut ? { kind: 'masked', text } : { kind: 'full', text: `sk-${bare}` }
}

const partsOf = (list: string): string[] =>
  list
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

function statusOf(row: ApiKeyAnswer, nowMs: number): ApiKey['status'] {
  const told = (row.status === undefined ? undefined : STATUSES[row.status]) ?? 'unknown'
  if (told !== 'enabled') return told
  const expiresAtMs = timeOf(row.expired_time)
  if (expiresAtMs !== null && expiresAtMs <= nowMs) return 'expired'
  const remaining = remainingOf(row)
  return remaining?.state === 'complete' && remaining.value <= 0 ? 'exhausted' : 'enabled'
}

function remainingOf(row: ApiKeyAnswer): Metric | null {
  const isUnlimited = row.unlimited_quota === true || row.remain_quota === -1
  return isUnlimited ? null : complete(row.remain_quota)
}

/** Epoch seconds to ms; 0 = not yet, -1 = never. */
const timeOf = (atSec: number | undefined): number | null =>
  atSec !== undefined && atSec > 0 ? Math.trunc(atSec) * 1000 : null
