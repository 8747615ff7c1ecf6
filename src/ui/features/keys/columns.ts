/** The columns, in the order they stand. */
export const COLUMNS = [
  'name',
  'account',
  'key',
  'status',
  'used',
  'remaining',
  'expires',
  'group',
  'limits',
  'created',
  'lastUsed',
] as const

export type Column = (typeof COLUMNS)[number]

/** Columns a person may leave out. */
export const OPTIONAL_COLUMNS = COLUMNS.filter((column) => column !== 'name')

export const FIRST_HIDDEN: readonly Column[] = ['limits', 'created', 'lastUsed']

export type SortColumn = Exclude<Column, 'key' | 'limits'>

interface ColumnLook {
  readonly isNumber: boolean
  /** Narrowest width, rem. */
  readonly min: number
  /** Share of the room that is left. */
  readonly grow: number
}

export const COLUMN_LOOK: Record<Column, ColumnLook> = {
  name: { isNumber: false, min: 9, grow: 2 },
  account: { isNumber: false, min: 6, grow: 1 },
  key: { isNumber: false, min: 12, grow: 1 },
  status: { isNumber: false, min: 6, grow: 0 },
  used: { isNumber: true, min: 5.5, grow: 0 },
  remaining: { isNumber: true, min: 5.5, grow: 0 },
  expires: { isNumber: false, min: 6, grow: 0 },
  group: { isNumber: false, min: 5.5, grow: 1 },
  limits: { isNumber: false, min: 7, grow: 0 },
  created: { isNumber: false, min: 5.5, grow: 0 },
  lastUsed: { isNumber: false, min: 5.5, grow: 0 },
}

const CHECKBOX_REM = 1
const MENU_REM = 2
const GAP_REM = 0.75
const PADDING_REM = 1.5

/** The grid's look that the head and the rows share. */
export const GRID_LOOK = 'grid items-center gap-x-3 px-3'

/** Widths of the shown columns, as CSS, and the table's narrowest width in rem. */
export function gridOf(columns: readonly Column[]): { template: string; minRem: number } {
  const widths = columns.map((column) => COLUMN_LOOK[column])
  const tracks = widths.map(({ min, grow }) =>
    grow === 0 ? `${min}rem` : `minmax(${min}rem,${grow}fr)`,
  )
  const room = widths.reduce((sum, { min }) => sum + min + GAP_REM, 0)
  return {
    template: [`${CHECKBOX_REM}rem`, ...tracks, `${MENU_REM}rem`].join(' '),
    minRem: PADDING_REM + CHECKBOX_REM + GAP_REM + room + MENU_REM,
  }
}
