import { KEY_STATUSES, type KeyStatus } from '@/src/domain/key-values'

import { fold } from '../../view/matching'
import type { KeyEntry } from './key-entries'

/** Narrowings of the list; `null` shows everything. */
export interface KeyFilters {
  readonly account: string | null
  readonly tag: string | null
  readonly status: KeyStatus | null
  readonly group: string | null
}

/**
 * Entries in whose name or masked key every word of `query` occurs, and those whose full key is
 * known to contain it.
 */
export function searchKeys(
  entries: readonly KeyEntry[],
  query: string,
  hits: ReadonlySet<string>,
): readonly KeyEntry[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return entries
  return entries.filter(
    ({ id, text }) => hits.has(id) || words.every((word) => text.includes(word)),
  )
}

export function filterKeys(
  entries: readonly KeyEntry[],
  { account, tag, status, group }: KeyFilters,
): readonly KeyEntry[] {
  return entries.filter(
    (entry) =>
      (account === null || entry.account.id === account) &&
      (tag === null || entry.tagIds.includes(tag)) &&
      (status === null || entry.row.status === status) &&
      (group === null || entry.row.group === group),
  )
}

/** How many keys each status filter would show; statuses nobody has are left out. */
export function countByStatus(
  entries: readonly KeyEntry[],
): { readonly status: KeyStatus; readonly count: number }[] {
  const counts = new Map<KeyStatus, number>()
  for (const { row } of entries) counts.set(row.status, (counts.get(row.status) ?? 0) + 1)
  return KEY_STATUSES.flatMap((status) => {
    const count = counts.get(status)
    return count === undefined ? [] : [{ status, count }]
  })
}
