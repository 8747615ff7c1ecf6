/** The columns, in the order they stand. */
export const COLUMNS = ['account', 'state', 'reward', 'streak', 'next'] as const

export type Column = (typeof COLUMNS)[number]

/** Columns a person may leave out. */
export const OPTIONAL_COLUMNS = ['reward', 'streak', 'next'] as const satisfies readonly Column[]

interface ColumnLook {
  readonly isNumber: boolean
  /** Narrowest width, rem. */
  readonly min: number
  /** Share of the room that is left. */
  readonly grow: number
}

export const COLUMN_LOOK: Record<Column, ColumnLook> = {
  account: { isNumber: false, min: 13, grow: 3 },
  state: { isNumber: false, min: 13, grow: 3 },
  reward: { isNumber: true, min: 5, grow: 0 },
  streak: { isNumber: true, min: 4, grow: 0 },
  next: { isNumber: true, min: 7, grow: 0 },
}

const CHECKBOX_REM = 1
const ACTIONS_REM = 4.25
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
    template: [`${CHECKBOX_REM}rem`, ...tracks, `${ACTIONS_REM}rem`].join(' '),
    minRem: PADDING_REM + CHECKBOX_REM + GAP_REM + room + ACTIONS_REM,
  }
}
