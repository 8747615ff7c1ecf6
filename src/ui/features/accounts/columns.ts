/** What the list can be sorted by. */
export const SORT_COLUMNS = ['health', 'name', 'site', 'balance', 'today', 'updated'] as const

export type SortColumn = (typeof SORT_COLUMNS)[number]

export interface Sort {
  readonly column: SortColumn
  readonly direction: 'ascending' | 'descending'
}

/** Numbers and times are most telling from the top, words from A. */
export function firstDirection(column: SortColumn): Sort['direction'] {
  return column === 'balance' || column === 'today' || column === 'updated'
    ? 'descending'
    : 'ascending'
}

export function toggled(sort: Sort, column: SortColumn): Sort {
  if (sort.column !== column) return { column, direction: firstDirection(column) }
  return { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' }
}

/**
 * The columns' widths, shared by header and rows. Narrow windows lose the columns whose content is
 * also in the details: site, time of update, today's use.
 */
export const GRID =
  'grid items-center gap-x-3 px-3 grid-cols-[20px_24px_minmax(0,1fr)_minmax(0,8rem)_64px] ' +
  'min-[640px]:grid-cols-[20px_24px_minmax(0,1fr)_minmax(0,8rem)_minmax(0,7rem)_64px] ' +
  'min-[1000px]:grid-cols-[20px_24px_minmax(0,3fr)_minmax(0,2fr)_minmax(0,9rem)_minmax(0,8rem)_7rem_64px]'

export const FROM_MEDIUM = 'max-[639px]:hidden'
export const FROM_WIDE = 'max-[999px]:hidden'
