import type { ApiKeyAnswer } from './schemas'

const WINDOWS: Readonly<Record<string, 'daily' | 'weekly' | 'monthly'>> = {
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
}

/**
 * The limit that leaves `remaining` USD to spend, `null` = none. A limit counts everything spent
 * since its last reset (`contracts/other-sites.md 4`), so what is spent already comes on top.
 */
export function limitFor(remaining: number | null, row: ApiKeyAnswer): number | null {
  return remaining === null ? null : remaining + spentOf(row)
}

/**
 * What counts against the key's limit now. The service says it by what is left, unless nothing is:
 * a key that spent more than it may need not show by how much.
 */
function spentOf(row: ApiKeyAnswer): number {
  const { limit, limit_remaining: left } = row
  if (limit !== null && left != null && left > 0) return Math.max(limit - left, 0)
  const window = WINDOWS[row.limit_reset ?? '']
  const own = window ? (row[`usage_${window}`] ?? 0) : row.usage
  const byok = (window ? row[`byok_usage_${window}`] : row.byok_usage) ?? 0
  return own + (row.include_byok_in_limit === true ? byok : 0)
}
