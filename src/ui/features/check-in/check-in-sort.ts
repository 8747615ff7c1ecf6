import { complete } from '@/src/domain/metric'
import type { Currency } from '@/src/domain/money'

import { worthOf } from '../../view/glance-view'
import type { Column } from './columns'
import { type CheckInEntry, DAY_STATES } from './entries'

export interface CheckInSort {
  readonly column: Column
  readonly direction: 'ascending' | 'descending'
}

export const FIRST_SORT: CheckInSort = { column: 'account', direction: 'ascending' }

/** A second press turns the order round; a new column starts where it tells most. */
export function nextSort(sort: CheckInSort, column: Column): CheckInSort {
  if (sort.column === column) {
    return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' }
  }
  const isAmount = column === 'reward' || column === 'streak'
  return { column, direction: isAmount ? 'descending' : 'ascending' }
}

/** The accounts in the order of a column; what is not known stands below, whichever way. */
export function sortCheckIns(
  entries: readonly CheckInEntry[],
  sort: CheckInSort,
  currency: Currency,
): readonly CheckInEntry[] {
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const turn = sort.direction === 'ascending' ? 1 : -1
  const keyed = entries.map((entry) => ({ entry, key: placeOf(entry, sort.column, currency) }))
  keyed.sort(
    (a, b) =>
      a.key.rank - b.key.rank ||
      compare(a.key.value, b.key.value, words) * turn ||
      words.compare(a.entry.account.title, b.entry.account.title) ||
      words.compare(a.entry.id, b.entry.id),
  )
  return keyed.map(({ entry }) => entry)
}

interface Place {
  /** Not turned round with the direction. */
  readonly rank: number
  readonly value: number | string
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

function byNumber(value: number | undefined): Place {
  return { rank: value === undefined ? 1 : 0, value: value ?? 0 }
}

function compare(a: string | number, b: string | number, words: Intl.Collator): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return words.compare(String(a), String(b))
}
