import { complete } from '@/src/domain/metric'
import type { Currency } from '@/src/domain/money'

import { worthOf } from '../../view/glance-view'
import { byNumber, inOrder, type Place, type SortBy, turned } from '../../view/sorting'
import type { Column } from './columns'
import { type CheckInEntry, DAY_STATES } from './entries'

export type CheckInSort = SortBy<Column>

export const FIRST_SORT: CheckInSort = { column: 'account', direction: 'ascending' }

export function nextSort(sort: CheckInSort, column: Column): CheckInSort {
  return turned(sort, column, column === 'reward' || column === 'streak')
}

/** The accounts in the order of a column; what is not known stands below, whichever way. */
export function sortCheckIns(
  entries: readonly CheckInEntry[],
  sort: CheckInSort,
  currency: Currency,
): readonly CheckInEntry[] {
  return inOrder(
    entries,
    sort,
    (entry) => placeOf(entry, sort.column, currency),
    ({ account, id }) => [account.title, id],
  )
}

function placeOf(entry: CheckInEntry, column: Column, currency: Currency): Place {
  const { account, mark, row, state } = entry
  switch (column) {
    case 'account':
      return { rank: 0, value: account.title }
    case 'state':
      return { rank: 0, value: DAY_STATES.indexOf(state) }
    case 'reward': {
      if (mark?.reward === undefined) return { rank: 3, value: 0 }
      const { rank, amount } = worthOf(complete(mark.reward), account.row, currency)
      return { rank, value: amount }
    }
    case 'streak':
      return byNumber(row.streak)
    case 'next':
      return byNumber(row.nextAtMs)
  }
}
