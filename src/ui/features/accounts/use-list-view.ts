import { useMemo, useState } from 'react'

import type { GlanceRow } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'

import { useNow } from '../../components/use-now'
import { entriesOf, type GlanceEntry, searchEntries } from '../../view/glance-view'
import { countByState, isIn, type StateFilter } from './account-filter'
import { FIRST_SORT, nextSort, type Sort, sortBy } from './account-sort'
import type { SortColumn } from './columns'

export interface ListView {
  /** What search and filter leave, in order. */
  readonly entries: readonly GlanceEntry[]
  /** Per state, under the current search. */
  readonly counts: Record<StateFilter, number>
  readonly query: string
  readonly filter: StateFilter | null
  readonly sort: Sort
  readonly setQuery: (query: string) => void
  readonly setFilter: (filter: StateFilter | null) => void
  readonly sortBy: (column: SortColumn) => void
  /** Shows everything again. */
  readonly reset: () => void
}

/** What of the accounts is shown, and in which order. */
export function useListView(rows: readonly GlanceRow[], currency: Currency): ListView {
  const [query, setQuery] = useState('')
  const [filter, setFilter] = useState<StateFilter | null>(null)
  const [sort, setSort] = useState(FIRST_SORT)
  const nowMs = useNow()
  const found = useMemo(() => searchEntries(entriesOf(rows), query), [rows, query])
  const counts = useMemo(() => countByState(found.map(({ row }) => row)), [found])
  const entries = useMemo(() => {
    const left = found.filter(({ row }) => isIn(row, filter))
    return sortBy(left, sort, { currency, nowMs })
  }, [found, filter, sort, currency, nowMs])
  return {
    entries,
    counts,
    query,
    filter,
    sort,
    setQuery,
    setFilter,
    sortBy: (column) => {
      setSort((before) => nextSort(before, column))
    },
    reset: () => {
      setQuery('')
      setFilter(null)
    },
  }
}
