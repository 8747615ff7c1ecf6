import { KEY_STATUSES } from '@/src/domain/key-values'
import type { Currency } from '@/src/domain/money'

import { worthOf } from '../../view/glance-view'
import { byNumber, inOrder, type Place, type SortBy, turned } from '../../view/sorting'
import type { SortColumn } from './columns'
import type { KeyEntry } from './key-entries'

export type KeySort = SortBy<SortColumn>

export const FIRST_SORT: KeySort = { column: 'name', direction: 'ascending' }

const LARGEST_FIRST: readonly SortColumn[] = ['used', 'remaining', 'created', 'lastUsed']

export function nextSort(sort: KeySort, column: SortColumn): KeySort {
  return turned(sort, column, LARGEST_FIRST.includes(column))
}

/** The keys in the order of a column; what is not known stands below, whichever way it is sorted. */
export function sortKeys(
  entries: readonly KeyEntry[],
  sort: KeySort,
  currency: Currency,
): readonly KeyEntry[] {
  return inOrder(
    entries,
    sort,
    (entry) => placeOf(entry, sort.column, currency),
    ({ row, id }) => [row.name, id],
  )
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
      return byNumber(row.createdAtMs)
    case 'lastUsed':
      return byNumber(row.lastUsedAtMs)
  }
}
