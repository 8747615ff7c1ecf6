import { todayOf } from '@/src/domain/today'
import type { Health } from '@/src/domain/health'
import type { Currency } from '@/src/domain/money'

import { type GlanceEntry, type Worth, worthOf } from '../../view/glance-view'
import { byNumber, inOrder, type Place, type SortBy, turned } from '../../view/sorting'
import type { SortColumn } from './columns'

export type Sort = SortBy<SortColumn>

export const FIRST_SORT: Sort = { column: 'balance', direction: 'descending' }

export function nextSort(sort: Sort, column: SortColumn): Sort {
  return turned(sort, column, column === 'balance' || column === 'today' || column === 'updated')
}

/**
 * The rows in the order of a column. Disabled accounts stand below the others, an unknown value
 * below every known one, and what has no amount in the currency between the two, whichever way the
 * column is sorted.
 */
export function sortBy(
  entries: readonly GlanceEntry[],
  sort: Sort,
  { currency, nowMs }: { currency: Currency; nowMs: number },
): GlanceEntry[] {
  return inOrder(
    entries,
    sort,
    (entry) => {
      const place = placeOf(entry, sort.column, currency, nowMs)
      return entry.row.disabled ? { ...place, rank: place.rank + BELOW_ALL } : place
    },
    ({ row }) => [row.name, row.id],
  )
}

/** More than any rank of a column. */
const BELOW_ALL = 10

function placeOf(entry: GlanceEntry, column: SortColumn, currency: Currency, nowMs: number): Place {
  const { row, host } = entry
  switch (column) {
    case 'health':
      return { rank: 0, value: URGENCY[row.health] }
    case 'name':
      return { rank: 0, value: row.name }
    case 'site':
      return { rank: 0, value: host }
    case 'balance':
      return byWorth(worthOf(row.balance, row, currency))
    case 'today':
      return byWorth(worthOf(todayOf(row, nowMs), row, currency))
    case 'updated':
      return byNumber(row.figuresAtMs)
  }
}

const byWorth = ({ rank, amount }: Worth): Place => ({ rank, value: amount })

/** The worst first. */
const URGENCY: Record<Health, number> = { bad: 0, attention: 1, unknown: 2, good: 3 }
