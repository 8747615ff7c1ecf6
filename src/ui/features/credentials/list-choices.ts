import { create } from 'zustand'

import { hiddenColumns } from '../../view/hidden-columns'
import { type Column, COLUMNS, type SortColumn } from './columns'
import { type CredentialFilters, NO_FILTERS } from './credential-filter'
import { type CredentialSort, nextSort } from './credential-sort'

/** What the person chose to see of the credentials; lasts as long as the options page is open. */
export interface CredentialChoices {
  readonly query: string
  readonly filters: CredentialFilters
  readonly sort: CredentialSort
  /** Under their base addresses, or all in one list. */
  readonly grouped: boolean
  /** Base addresses whose credentials are folded away. */
  readonly folded: ReadonlySet<string>
  /** Columns left out; remembered on this device. */
  readonly hidden: readonly Column[]
  readonly setQuery: (query: string) => void
  readonly filter: (change: Partial<CredentialFilters>) => void
  readonly sortBy: (column: SortColumn) => void
  readonly setGrouped: (grouped: boolean) => void
  readonly toggleFolded: (baseUrl: string) => void
  readonly toggleColumn: (column: Column) => void
  /** Shows everything again, in the same order. */
  readonly reset: () => void
}

const HIDDEN = hiddenColumns('credentials.hidden-columns', COLUMNS)

/** Outside the page's component, so that a look at another page does not lose the choices. */
export const useCredentialChoices = create<CredentialChoices>()((set) => ({
  query: '',
  filters: NO_FILTERS,
  sort: null,
  grouped: false,
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
  toggleFolded: (baseUrl) => {
    set(({ folded }) => {
      const next = new Set(folded)
      if (!next.delete(baseUrl)) next.add(baseUrl)
      return { folded: next }
    })
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
