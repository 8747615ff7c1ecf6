import type { Metric } from '@/src/domain/metric'

import { byNumber, inOrder, otherWay, type Place, type SortBy } from '../../view/sorting'
import type { SortColumn } from './columns'
import {
  balanceOf,
  type CredentialEntry,
  type CredentialHealth,
  healthOf,
  todayOf,
} from './credential-entries'

/** `null` = the newest change first, as the worker lists them. */
export type CredentialSort = SortBy<SortColumn> | null

/** First where a column tells most, then turned round, then back to the newest change first. */
export function nextSort(sort: CredentialSort, column: SortColumn): CredentialSort {
  const first = isAmount(column) ? 'descending' : 'ascending'
  if (sort?.column !== column) return { column, direction: first }
  if (sort.direction !== first) return null
  return { column, direction: otherWay(first) }
}

/** What is unknown stands last, whichever way the column is sorted; equals keep their order. */
export function sortCredentials(
  entries: readonly CredentialEntry[],
  sort: CredentialSort,
  nowMs: number,
): readonly CredentialEntry[] {
  if (!sort) return entries
  return inOrder(entries, sort, (entry) => placeOf(entry, sort.column, nowMs))
}

function placeOf({ view }: CredentialEntry, column: SortColumn, nowMs: number): Place {
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
      return byNumber(state?.models?.count)
    case 'updated':
      return byNumber(state?.attemptAtMs)
  }
}

const byMetric = (metric: Metric): Place =>
  byNumber(metric.state === 'unavailable' ? undefined : metric.value)

/** The worst first. */
const URGENCY: Record<CredentialHealth, number> = { attention: 0, unknown: 1, good: 2 }

function isAmount(column: SortColumn): boolean {
  return !['health', 'name', 'type', 'host'].includes(column)
}
