import { type GlanceRow, todayOf } from '@/src/domain/glance'
import type { Health } from '@/src/domain/health'
import type { Metric } from '@/src/domain/metric'
import { convertAmount, type Currency } from '@/src/domain/money'

import type { GlanceEntry } from '../../view/glance-view'
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
 * The rows in the order of a column. Disabled accounts stand below the others, and an unknown
 * value below every known one, whichever way the column is sorted.
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
  keyed.sort((a, b) => {
    if (a.row.disabled !== b.row.disabled) return a.row.disabled ? 1 : -1
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1
    } else {
      const order = compare(a.key, b.key, words) * turn
      if (order !== 0) return order
    }
    return words.compare(a.row.name, b.row.name) || words.compare(a.row.id, b.row.id)
  })
  return keyed.map(({ entry }) => entry)
}

type Key = number | string | null

function keyOf(entry: GlanceEntry, column: SortColumn, currency: Currency, nowMs: number): Key {
  const { row, host } = entry
  switch (column) {
    case 'health':
      return URGENCY[row.health]
    case 'name':
      return row.name
    case 'site':
      return host
    case 'balance':
      return amount(row.balance, row, currency)
    case 'today':
      return amount(todayOf(row, nowMs), row, currency)
    case 'updated':
      return row.figuresAtMs ?? null
  }
}

/** The worst first. */
const URGENCY: Record<Health, number> = { bad: 0, attention: 1, unknown: 2, good: 3 }

function amount(metric: Metric, row: GlanceRow, currency: Currency): number | null {
  return metric.state === 'unavailable' ? null : convertAmount(metric.value, row, currency)
}

function compare(a: string | number, b: string | number, words: Intl.Collator): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return words.compare(String(a), String(b))
}
