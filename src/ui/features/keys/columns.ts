import { type ColumnLook, gridOf } from '../../components/table-columns'

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

const MENU_REM = 2

/** Widths of the shown columns, as CSS, and the table's narrowest width in rem. */
export function gridOfColumns(columns: readonly Column[]): { template: string; minRem: number } {
  const looks = columns.map((column) => COLUMN_LOOK[column])
  return gridOf(looks, { hasCheckbox: true, actionsRem: MENU_REM })
}
