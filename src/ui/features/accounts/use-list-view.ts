import { useMemo } from 'react'

import type { GlanceRow } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'

import { useNow } from '../../components/use-now'
import { entriesOf, type GlanceEntry, searchEntries } from '../../view/glance-view'
import { countByState, isIn, type StateFilter } from './account-filter'
import { sortBy } from './account-sort'
import { type ListChoices, useListChoices } from './list-choices'

export interface ListView extends ListChoices {
  /** What search and filter leave, in order. */
  readonly entries: readonly GlanceEntry[]
  /** Per state, under the current search. */
  readonly counts: Record<StateFilter, number>
}

/** What of the accounts is shown, and in which order. */
export function useListView(rows: readonly GlanceRow[], currency: Currency): ListView {
  const choices = useListChoices()
  const { query, filter, tag, sort } = choices
  const nowMs = useNow()
  const found = useMemo(() => {
    const tagged = tag === null ? rows : rows.filter(({ tagIds }) => tagIds?.includes(tag))
    return searchEntries(entriesOf(tagged), query)
  }, [rows, query, tag])
  const counts = useMemo(() => countByState(found.map(({ row }) => row)), [found])
  const entries = useMemo(() => {
    const left = found.filter(({ row }) => isIn(row, filter))
    return sortBy(left, sort, { currency, nowMs })
  }, [found, filter, sort, currency, nowMs])
  return { ...choices, entries, counts }
}
