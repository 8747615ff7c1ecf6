import { type ColumnLook, gridOf } from '../../components/table-columns'

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

/** Widths of the shown columns, as CSS, and the table's narrowest width in rem. */
export function gridOfColumns(columns: readonly Column[]): { template: string; minRem: number } {
  const looks = columns.map((column) => COLUMN_LOOK[column])
  return gridOf(looks, { hasCheckbox: false, actionsRem: MENU_REM })
}
