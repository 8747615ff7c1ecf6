import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'

import type { Selection } from './use-selection'

interface HeadProps {
  /** Grid of the columns, as the rows have it. */
  look: string
  template?: string
  /** Name of the last column, which holds what can be done; read, not shown. */
  actions: string
  children: ReactNode
}

/** The head of a long table, which stays in view. */
export function TableHead({ look, template, actions, children }: HeadProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
      <div
        role="row"
        aria-rowindex={1}
        className={`h-10 border-b border-line text-12 text-text-2 ${look}`}
        style={{ gridTemplateColumns: template }}
      >
        {children}
        <span role="columnheader">
          <span className="sr-only">{actions}</span>
        </span>
      </div>
    </div>
  )
}

interface SelectAllProps<Row extends { readonly id: string }> {
  label: string
  /** The rows the list shows now. */
  rows: readonly Row[]
  selection: Selection<Row>
}

/** Selects all that are shown, or none of them. */
export function SelectAll<Row extends { readonly id: string }>({
  label,
  rows,
  selection,
}: SelectAllProps<Row>) {
  const chosen = rows.filter(({ id }) => selection.has(id)).length
  return (
    <span role="columnheader" className="flex">
      <input
        type="checkbox"
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && chosen < rows.length
        }}
        checked={rows.length > 0 && chosen === rows.length}
        aria-label={label}
        onChange={() => {
          selection.toggleAll(rows)
        }}
        className="size-4 accent-accent"
      />
    </span>
  )
}

/** The heading of a column that says nothing about order. */
export function PlainHeading({ name }: { name: string }) {
  return (
    <span role="columnheader" className="truncate">
      {name}
    </span>
  )
}

interface SortHeadingProps {
  name: string
  /** Names the unit of the numbers, where the column has one. */
  unit?: string | undefined
  isNumber: boolean
  /** A mark instead of the name, for a column of marks. */
  isMark?: boolean
  /** The way the table is sorted by this column; `undefined` = it is not. */
  direction: 'ascending' | 'descending' | undefined
  /** Classes that leave the column out where there is no room. */
  room?: string
  onPress: () => void
}

/** A column's heading; pressing it sorts by the column, pressing it again turns the order round. */
export function SortHeading(props: SortHeadingProps) {
  const { name, unit, isNumber, isMark = false, direction, room = '', onPress } = props
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <span
      role="columnheader"
      aria-sort={direction ?? 'none'}
      className={`flex min-w-0 items-center ${isNumber ? 'justify-end' : ''} ${room}`}
    >
      <button
        type="button"
        title={isMark ? name : undefined}
        onClick={onPress}
        className={`inline-flex max-w-full items-center gap-1 rounded-control hover:text-text ${isNumber ? 'flex-row-reverse' : ''} ${direction ? 'text-text' : ''}`}
      >
        <span className={isMark ? 'sr-only' : 'truncate'}>
          {name} {unit !== undefined && <span className="text-text-3">{unit}</span>}
        </span>
        {direction ? (
          <Arrow size={12} aria-hidden className="shrink-0" />
        ) : (
          isMark && <span aria-hidden className="size-3 rounded-full border border-mark" />
        )}
      </button>
    </span>
  )
}
