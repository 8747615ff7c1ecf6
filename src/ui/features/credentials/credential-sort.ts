import type { Metric } from '@/src/domain/metric'

import type { SortColumn } from './columns'
import {
  balanceOf,
  type CredentialEntry,
  type CredentialHealth,
  healthOf,
  todayOf,
} from './credential-entries'

/** `null` = the newest change first, as the worker lists them. */
export type CredentialSort = {
  readonly column: SortColumn
  readonly direction: 'ascending' | 'descending'
} | null

/** First where a column tells most, then turned round, then back to the newest change first. */
export function nextSort(sort: CredentialSort, column: SortColumn): CredentialSort {
  const first = isAmount(column) ? 'descending' : 'ascending'
  if (sort?.column !== column) return { column, direction: first }
  if (sort.direction !== first) return null
  return { column, direction: first === 'ascending' ? 'descending' : 'ascending' }
}

/** What is unknown stands last, whichever way the column is sorted; equals keep their order. */
export function sortCredentials(
  entries: readonly CredentialEntry[],
  sort: CredentialSort,
  nowMs: number,
): readonly CredentialEntry[] {
  if (!sort) return entries
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const turn = sort.direction === 'ascending' ? 1 : -1
  return entries
    .map((entry) => ({ entry, key: keyOf(entry, sort.column, nowMs) }))
    .sort((a, b) => a.key.rank - b.key.rank || compare(a.key.value, b.key.value, words) * turn)
    .map(({ entry }) => entry)
}

interface Key {
  /** Not turned round with the direction. */
  readonly rank: number
  readonly value: number | string
}

function keyOf({ view }: CredentialEntry, column: SortColumn, nowMs: number): Key {
  const { decided, state } = view
  switch (column) {
    case 'health':
      return { rank: 0, value: URGENCY[healthOf(state)] }
    case 'name':
      return { rank: 0, value: decided.name }
    case 'type':
      return { rank: 0, value: decided.apiType }
    case 'host':
      return { rank: 0, value: decided.baseUrl }
    case 'balance':
      return state?.unlimited ? { rank: 0, value: Infinity } : byMetric(balanceOf(view))
    case 'today':
      return byMetric(todayOf(view, 'todayCostUsd', nowMs))
    case 'requests':
      return byMetric(todayOf(view, 'todayRequests', nowMs))
    case 'tokens':
      return byMetric(todayOf(view, 'todayTokens', nowMs))
    case 'models':
      return known(state?.models?.count)
    case 'updated':
      return known(state?.attemptAtMs)
  }
}

const byMetric = (metric: Metric): Key =>
  known(metric.state === 'unavailable' ? undefined : metric.value)

const known = (value: number | undefined): Key => ({
  rank: value === undefined ? 1 : 0,
  value: value ?? 0,
})

/** The worst first. */
const URGENCY: Record<CredentialHealth, number> = { attention: 0, unknown: 1, good: 2 }

function isAmount(column: SortColumn): boolean {
  return !['health', 'name', 'type', 'host'].includes(column)
}

function compare(a: string | number, b: string | number, words: Intl.Collator): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  return words.compare(String(a), String(b))
}
