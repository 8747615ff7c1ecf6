/** What the list can be sorted by, in the order the columns stand. */
export const SORT_COLUMNS = ['health', 'name', 'site', 'balance', 'today', 'updated'] as const

export type SortColumn = (typeof SORT_COLUMNS)[number]

/**
 * The columns' widths, shared by the header and the rows. The width of the list decides, not that
 * of the window: an open panel narrows it. What a narrow list leaves out, the details show.
 */
export const GRID_LOOK =
  'grid items-center gap-x-3 px-3 grid-cols-[1rem_1rem_minmax(0,1fr)_minmax(0,7rem)_2rem] ' +
  '@min-[34rem]:grid-cols-[1rem_1rem_minmax(0,1fr)_minmax(0,8rem)_minmax(0,7rem)_2rem] ' +
  '@min-[54rem]:grid-cols-[1rem_1rem_minmax(0,3fr)_minmax(0,2fr)_minmax(0,8rem)_minmax(0,7rem)_6rem_2rem]'

const FROM_MEDIUM = '@max-[34rem]:hidden'
const FROM_WIDE = '@max-[54rem]:hidden'

interface ColumnLook {
  readonly isNumber: boolean
  /** Classes that leave the column out where there is no room. */
  readonly room: string
}

export const COLUMN_LOOK: Record<SortColumn, ColumnLook> = {
  health: { isNumber: false, room: '' },
  name: { isNumber: false, room: '' },
  site: { isNumber: false, room: FROM_WIDE },
  balance: { isNumber: true, room: '' },
  today: { isNumber: true, room: FROM_MEDIUM },
  updated: { isNumber: true, room: FROM_WIDE },
}
