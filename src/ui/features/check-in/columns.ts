import { type ColumnLook, gridOf } from '../../components/table-columns'

/** The columns, in the order they stand. */
export const COLUMNS = ['account', 'state', 'reward', 'streak', 'next'] as const

export type Column = (typeof COLUMNS)[number]

/** Columns a person may leave out. */
export const OPTIONAL_COLUMNS = ['reward', 'streak', 'next'] as const satisfies readonly Column[]

export const COLUMN_LOOK: Record<Column, ColumnLook> = {
  account: { isNumber: false, min: 13, grow: 3 },
  state: { isNumber: false, min: 13, grow: 3 },
  reward: { isNumber: true, min: 5, grow: 0 },
  streak: { isNumber: true, min: 4, grow: 0 },
  next: { isNumber: true, min: 7, grow: 0 },
}

const ACTIONS_REM = 4.25

/** Widths of the shown columns, as CSS, and the table's narrowest width in rem. */
export function gridOfColumns(columns: readonly Column[]): { template: string; minRem: number } {
  const looks = columns.map((column) => COLUMN_LOOK[column])
  return gridOf(looks, { hasCheckbox: true, actionsRem: ACTIONS_REM })
}
