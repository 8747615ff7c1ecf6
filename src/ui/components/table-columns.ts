/** How a column of a table looks whose columns a person may leave out. */
export interface ColumnLook {
  readonly isNumber: boolean
  /** Narrowest width, rem. */
  readonly min: number
  /** Share of the room that is left. */
  readonly grow: number
}

const CHECKBOX_REM = 1
const GAP_REM = 0.75
const PADDING_REM = 1.5

/** The grid's look that the head and the rows share. */
export const GRID_LOOK = 'grid items-center gap-x-3 px-3'

interface Around {
  readonly hasCheckbox: boolean
  /** Width of the last column, which holds what can be done, rem. */
  readonly actionsRem: number
}

/** Widths of the shown columns, as CSS, and the table's narrowest width in rem. */
export function gridOf(
  looks: readonly ColumnLook[],
  { hasCheckbox, actionsRem }: Around,
): { template: string; minRem: number } {
  const all = [
    ...(hasCheckbox ? [{ min: CHECKBOX_REM, grow: 0 }] : []),
    ...looks,
    { min: actionsRem, grow: 0 },
  ]
  const tracks = all.map(({ min, grow }) =>
    grow === 0 ? `${min}rem` : `minmax(${min}rem,${grow}fr)`,
  )
  const room = all.reduce((sum, { min }) => sum + min + GAP_REM, -GAP_REM)
  return { template: tracks.join(' '), minRem: PADDING_REM + room }
}
