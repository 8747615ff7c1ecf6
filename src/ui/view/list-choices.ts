import { create } from 'zustand'

import type { HiddenColumns } from './hidden-columns'

/** What a person chose to see of a table whose rows stand in groups. */
export interface ListChoices<Filters, Sort, SortColumn, Column> {
  readonly query: string
  readonly filters: Filters
  readonly sort: Sort
  /** In groups, or all in one list. */
  readonly grouped: boolean
  /** Groups whose rows are folded away. */
  readonly folded: ReadonlySet<string>
  /** Columns left out; remembered on this device. */
  readonly hidden: readonly Column[]
  readonly setQuery: (query: string) => void
  readonly filter: (change: Partial<Filters>) => void
  readonly sortBy: (column: SortColumn) => void
  readonly setGrouped: (grouped: boolean) => void
  readonly toggleFolded: (group: string) => void
  readonly foldAll: (groups: readonly string[]) => void
  readonly toggleColumn: (column: Column) => void
  /** Shows everything again, in the same order. */
  readonly reset: () => void
}

interface Beginning<Filters, Sort, SortColumn, Column extends string> {
  readonly noFilters: Filters
  readonly sort: Sort
  readonly nextSort: (sort: Sort, column: SortColumn) => Sort
  readonly grouped: boolean
  readonly columns: HiddenColumns<Column>
}

/**
 * The choices of one table; they last as long as the options page is open. Outside of components, so
 * that a look at another page does not lose them.
 */
export function createListChoices<Filters extends object, Sort, SortColumn, Column extends string>({
  noFilters,
  sort: firstSort,
  nextSort,
  grouped: isGrouped,
  columns,
}: Beginning<Filters, Sort, SortColumn, Column>) {
  return create<ListChoices<Filters, Sort, SortColumn, Column>>()((set) => ({
    query: '',
    filters: noFilters,
    sort: firstSort,
    grouped: isGrouped,
    folded: new Set(),
    hidden: columns.load(),
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
    toggleFolded: (group) => {
      set(({ folded }) => ({ folded: toggled(folded, group) }))
    },
    foldAll: (groups) => {
      set({ folded: new Set(groups) })
    },
    toggleColumn: (column) => {
      set(({ hidden }) => {
        const next = [...toggled(new Set(hidden), column)]
        columns.save(next)
        return { hidden: next }
      })
    },
    reset: () => {
      set({ query: '', filters: noFilters })
    },
  }))
}

function toggled<Item>(items: ReadonlySet<Item>, item: Item): Set<Item> {
  const next = new Set(items)
  if (!next.delete(item)) next.add(item)
  return next
}
