import { create } from 'zustand'

import { hiddenColumns } from '../../view/hidden-columns'
import { type Column, COLUMNS, FIRST_HIDDEN, type SortColumn } from './columns'
import type { KeyFilters } from './key-filter'
import { FIRST_SORT, type KeySort, nextSort } from './key-sort'

/** What the person chose to see of the keys; lasts as long as the options page is open. */
export interface KeyChoices {
  readonly query: string
  readonly filters: KeyFilters
  readonly sort: KeySort
  /** Under their accounts, or all in one list. */
  readonly grouped: boolean
  /** Accounts whose keys are folded away. */
  readonly folded: ReadonlySet<string>
  /** Columns left out; remembered on this device. */
  readonly hidden: readonly Column[]
  readonly setQuery: (query: string) => void
  readonly filter: (change: Partial<KeyFilters>) => void
  readonly sortBy: (column: SortColumn) => void
  readonly setGrouped: (grouped: boolean) => void
  readonly toggleFolded: (accountId: string) => void
  readonly foldAll: (accountIds: readonly string[]) => void
  readonly toggleColumn: (column: Column) => void
  /** Shows everything again, in the same order. */
  readonly reset: () => void
}

const NO_FILTERS: KeyFilters = { account: null, tag: null, status: null, group: null }

const HIDDEN = hiddenColumns('keys.hidden-columns', COLUMNS, FIRST_HIDDEN)

/** Outside the page's component, so that a look at another page does not lose the choices. */
export const useKeyChoices = create<KeyChoices>()((set) => ({
  query: '',
  filters: NO_FILTERS,
  sort: FIRST_SORT,
  grouped: true,
  folded: new Set(),
  hidden: HIDDEN.load(),
  setQuery: (query) => {
    set({ query })
  },
  filter: (change) => {
    set(({ filters }) => ({ filters: { ...filters, ...change } }))
  },
  sortBy: (column) => {
    set(({ sort }) => ({ sort: nextSort(sort, column) }))
  },
  setGrouped: (grouped) => {
    set({ grouped })
  },
  toggleFolded: (accountId) => {
    set(({ folded }) => {
      const next = new Set(folded)
      if (!next.delete(accountId)) next.add(accountId)
      return { folded: next }
    })
  },
  foldAll: (accountIds) => {
    set({ folded: new Set(accountIds) })
  },
  toggleColumn: (column) => {
    set(({ hidden }) => {
      const next = hidden.includes(column)
        ? hidden.filter((one) => one !== column)
        : [...hidden, column]
      HIDDEN.save(next)
      return { hidden: next }
    })
  },
  reset: () => {
    set({ query: '', filters: NO_FILTERS })
  },
}))
