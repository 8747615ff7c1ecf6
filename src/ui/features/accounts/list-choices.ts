import { create } from 'zustand'

import type { StateFilter } from './account-filter'
import { FIRST_SORT, nextSort, type Sort } from './account-sort'
import type { SortColumn } from './columns'

/** What the person chose to see of the accounts; lasts as long as the options page is open. */
export interface ListChoices {
  readonly query: string
  readonly filter: StateFilter | null
  /** Only accounts with this tag. */
  readonly tag: string | null
  readonly sort: Sort
  readonly setQuery: (query: string) => void
  readonly setFilter: (filter: StateFilter | null) => void
  readonly setTag: (tag: string | null) => void
  readonly sortBy: (column: SortColumn) => void
  /** Shows everything again, in the same order. */
  readonly reset: () => void
}

/** Outside the page's component, so that a look at another page does not lose the choices. */
export const useListChoices = create<ListChoices>()((set) => ({
  query: '',
  filter: null,
  tag: null,
  sort: FIRST_SORT,
  setQuery: (query) => {
    set({ query })
  },
  setFilter: (filter) => {
    set({ filter })
  },
  setTag: (tag) => {
    set({ tag })
  },
  sortBy: (column) => {
    set(({ sort }) => ({ sort: nextSort(sort, column) }))
  },
  reset: () => {
    set({ query: '', filter: null, tag: null })
  },
}))
