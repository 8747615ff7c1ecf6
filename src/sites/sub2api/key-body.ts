import type { KeyDraft, KeyEdit } from '@/src/domain/api-key'
import { raise } from '@/src/domain/failure'
import type { Json } from '@/src/net/transport'

import type { ApiKeyAnswer } from './schemas'

type Body = Readonly<Record<string, Json>>

const DAY_MS = 86_400_000

/** The body of a creation (`contracts/sub2api.md 8`); what is left out is unlimited. */
export function creationBody(draft: KeyDraft, groupId: number, nowMs: number): Body {
  const { name, remaining, expiresAtMs, ipLimits } = draft
  return {
    name,
    group_id: groupId,
    ...(remaining === null ? {} : { quota: quotaOf(remaining, 0) }),
    ...(expiresAtMs === null ? {} : { expires_in_days: daysUntil(expiresAtMs, nowMs) }),
    ...(ipLimits.length === 0 ? {} : { ip_whitelist: ipLimits }),
  }
}

/**
 * The body of a change (`contracts/sub2api.md 8`). `groupId`: of a group that changes. Names are not
 * sent back unchanged, so that none is escaped twice.
 */
export function changeBody(row: ApiKeyAnswer, edit: KeyEdit, groupId: number | undefined): Body {
  const { name, remaining, expiresAtMs } = edit
  return {
    ...ipLists(row, edit.ipLimits),
    ...(name === undefined ? {} : { name }),
    ...(groupId === undefined ? {} : { group_id: groupId }),
    ...(remaining === undefined ? {} : { quota: quotaOf(remaining, usedOf(row)) }),
    ...(expiresAtMs === undefined ? {} : { expires_at: timeOf(expiresAtMs) }),
  }
}

/**
 * Both lists go with every change: servers up to 0.1.161 clear those that are left out. Older ones
 * than 0.1.46 have none, and do not tell any.
 */
export function ipLists(row: ApiKeyAnswer, whitelist = row.ip_whitelist): Body {
  if (row.ip_whitelist === undefined) return {}
  return { ip_whitelist: whitelist ?? [], ip_blacklist: row.ip_blacklist ?? [] }
}

/** The total the server counts against; 0 is unlimited there, which "nothing" must never become. */
function quotaOf(remaining: number | null, used: number): number {
  if (remaining === null) return 0
  const quota = remaining + used
  return quota > 0 ? quota : raise({ class: 'input', field: 'remaining', reason: 'not-positive' })
}

function usedOf({ quota_used: used }: ApiKeyAnswer): number {
  return used ?? raise({ class: 'input', field: 'remaining', reason: 'not-offered' })
}

/** Rounded up: an expiry in the past was refused before. */
const daysUntil = (atMs: number, nowMs: number): number => Math.ceil((atMs - nowMs) / DAY_MS)

const timeOf = (atMs: number | null): string => (atMs === null ? '' : new Date(atMs).toISOString())
