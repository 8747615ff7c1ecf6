/** The columns, in the order they stand. */
export const COLUMNS = [
  'health',
  'name',
  'type',
  'host',
  'key',
  'balance',
  'today',
  'requests',
  'tokens',
  'models',
  'updated',
] as const

export type Column = (typeof COLUMNS)[number]

export type SortColumn = Exclude<Column, 'key'>

/** Columns a person may leave out. */
export const OPTIONAL_COLUMNS = COLUMNS.filter((column) => column !== 'health' && column !== 'name')

interface ColumnLook {
  readonly isNumber: boolean
  /** Narrowest width, rem. */
  readonly min: number
  /** Share of the room that is left. */
  readonly grow: number
}

export const COLUMN_LOOK: Record<Column, ColumnLook> = {
  health: { isNumber: false, min: 1, grow: 0 },
  name: { isNumber: false, min: 11, grow: 3 },
  type: { isNumber: false, min: 7.5, grow: 0 },
  host: { isNumber: false, min: 8, grow: 2 },
  key: { isNumber: false, min: 12, grow: 1 },
  balance: { isNumber: true, min: 5.5, grow: 0 },
  today: { isNumber: true, min: 5, grow: 0 },
  requests: { isNumber: true, min: 5, grow: 0 },
  tokens: { isNumber: true, min: 4.5, grow: 0 },
  models: { isNumber: true, min: 4.5, grow: 0 },
  updated: { isNumber: true, min: 5.5, grow: 0 },
}

const MENU_REM = 2
const GAP_REM = 0.75
const PADDING_REM = 1.5

/** The grid's look that the head and the rows share. */
export const GRID_LOOK = 'grid items-center gap-x-3 px-3'

/** Widths of the shown columns, as CSS, and the table's narrowest width in rem. */
export function gridOf(columns: readonly Column[]): { template: string; minRem: number } {
  const tracks = columns.map((column) => {
    const { min, grow } = COLUMN_LOOK[column]
    return grow === 0 ? `${min}rem` : `minmax(${min}rem,${grow}fr)`
  })
  const room = columns.reduce((sum, column) => sum + COLUMN_LOOK[column].min + GAP_REM, 0)
  return {
    template: [...tracks, `${MENU_REM}rem`].join(' '),
    minRem: PADDING_REM + room + MENU_REM,
  }
}
