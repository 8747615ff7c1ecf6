import { KEY_STATUSES } from '@/src/domain/key-values'
import type { Currency } from '@/src/domain/money'

import { worthOf } from '../../view/glance-view'
import type { SortColumn } from './columns'
import type { KeyEntry } from './key-entries'

export interface KeySort {
  readonly column: SortColumn
  readonly direction: 'ascending' | 'descending'
}

export const FIRST_SORT: KeySort = { column: 'name', direction: 'ascending' }

const LARGEST_FIRST: readonly SortColumn[] = ['used', 'remaining', 'created', 'lastUsed']

/** A second press turns the order round; a new column starts where it tells most. */
export function nextSort(sort: KeySort, column: SortColumn): KeySort {
  if (sort.column === column) {
    return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' }
  }
  return { column, direction: LARGEST_FIRST.includes(column) ? 'descending' : 'ascending' }
}

/** The keys in the order of a column; what is not known stands below, whichever way it is sorted. */
export function sortKeys(
  entries: readonly KeyEntry[],
  sort: KeySort,
  currency: Currency,
): readonly KeyEntry[] {
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const turn = sort.direction === 'ascending' ? 1 : -1
  const keyed = entries.map((entry) => ({ entry, key: placeOf(entry, sort.column, currency) }))
  keyed.sort(
    (a, b) =>
      a.key.rank - b.key.rank ||
      compare(a.key.value, b.key.value, words) * turn ||
      words.compare(a.entry.row.name, b.entry.row.name) ||
      words.compare(a.entry.id, b.entry.id),
  )
  return keyed.map(({ entry }) => entry)
}

interface Place {
  /** Not turned round with the direction. */
  readonly rank: number
  readonly value: number | string
}

function placeOf({ row, account }: KeyEntry, column: SortColumn, currency: Currency): Place {
  switch (column) {
    case 'name':
      return { rank: 0, value: row.name }
    case 'account':
      return { rank: 0, value: account.name }
    case 'status':
      return { rank: 0, value: KEY_STATUSES.indexOf(row.status) }
    case 'used': {
      const { rank, amount } = worthOf(row.used, account, currency)
      return { rank, value: amount }
    }
    case 'remaining': {
      if (row.remaining === null) return { rank: 0, value: Infinity }
      const { rank, amount } = worthOf(row.remaining, account, currency)
      return { rank, value: amount }
    }
    case 'expires':
      return { rank: 0, value: row.expiresAtMs ?? Infinity }
    case 'group':
      return { rank: 0, value: row.group }
    case 'created':
      return byTime(row.createdAtMs)
    case 'lastUsed':
      return byTime(row.lastUsedAtMs)
  }
}

function byTime(atMs: number | null): Place {
  return { rank: atMs === null ? 1 : 0, value: atMs ?? 0 }
}

function compare(a: string | number, b: string | number, words: Intl.Collator): number {
  // Two unlimited ones: infinite minus infinite is no number.
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  return words.compare(String(a), String(b))
}
