import { todayOf } from '@/src/domain/today'
import type { Health } from '@/src/domain/health'
import type { Currency } from '@/src/domain/money'

import { type GlanceEntry, type Worth, worthOf } from '../../view/glance-view'
import type { SortColumn } from './columns'

export interface Sort {
  readonly column: SortColumn
  readonly direction: 'ascending' | 'descending'
}

export const FIRST_SORT: Sort = { column: 'balance', direction: 'descending' }

/** A second press turns the order round; a new column starts where it tells most. */
export function nextSort(sort: Sort, column: SortColumn): Sort {
  if (sort.column === column) {
    return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' }
  }
  const isAmount = column === 'balance' || column === 'today' || column === 'updated'
  return { column, direction: isAmount ? 'descending' : 'ascending' }
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
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const turn = sort.direction === 'ascending' ? 1 : -1
  const keyed = entries.map((entry) => ({
    entry,
    row: entry.row,
    key: keyOf(entry, sort.column, currency, nowMs),
  }))
  keyed.sort(
    (a, b) =>
      Number(a.row.disabled) - Number(b.row.disabled) ||
      a.key.rank - b.key.rank ||
      compare(a.key.value, b.key.value, words) * turn ||
      words.compare(a.row.name, b.row.name) ||
      words.compare(a.row.id, b.row.id),
  )
  return keyed.map(({ entry }) => entry)
}

interface Key {
  /** Not turned round with the direction. */
  readonly rank: number
  readonly value: number | string
}

function keyOf(entry: GlanceEntry, column: SortColumn, currency: Currency, nowMs: number): Key {
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
      return { rank: row.figuresAtMs === undefined ? 1 : 0, value: row.figuresAtMs ?? 0 }
  }
}

const byWorth = ({ rank, amount }: Worth): Key => ({ rank, value: amount })

/** The worst first. */
const URGENCY: Record<Health, number> = { bad: 0, attention: 1, unknown: 2, good: 3 }

function compare(a: string | number, b: string | number, words: Intl.Collator): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return words.compare(String(a), String(b))
}
