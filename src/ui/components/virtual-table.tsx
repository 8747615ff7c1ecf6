import { type ReactNode, useRef } from 'react'

import { ROW_PX, useVirtualRows } from './use-virtual-rows'

/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6

/** Where a row stands; the rows take it as it is. */
export interface RowPlace {
  /** Place in the whole list, from 0. */
  readonly index: number
  /** From the top of the rows, px. */
  readonly startPx: number
  /** Of all rows only one is a stop of the Tab key. */
  readonly tabIndex: 0 | -1
}

interface Props {
  label: string
  /** Of the rows, in order. */
  keys: readonly string[]
  /** Its row is brought into view whenever it becomes another one. */
  shownKey?: string | null
  /** Narrowest width, rem; without it the columns follow the width there is. */
  minRem?: number
  head: ReactNode
  renderRow: (key: string, place: RowPlace) => ReactNode
}

/** A table that keeps only the rows in view; arrow keys move between them. */
export function VirtualTable({ label, keys, shownKey, minRem, head, renderRow }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { places, heightPx, stop, onKeyDown, onFocus } = useVirtualRows({
    keys,
    shownKey,
    scroller,
    body,
  })
  const fit = minRem === undefined ? '@container overflow-y-auto' : 'overflow-auto'
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={keys.length + 1}
      className={`rounded-card border border-line bg-raised ${fit}`}
      style={{ minHeight: Math.min(MIN_ROWS, keys.length + 1) * ROW_PX }}
    >
      <div style={minRem === undefined ? undefined : { minWidth: `${minRem}rem` }}>
        {head}
        <div
          ref={body}
          role="rowgroup"
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          className="relative"
          style={{ height: heightPx }}
        >
          {places.map(({ index, start }) => {
            const key = keys[index]
            if (key === undefined) return null
            const tabIndex = index === stop ? 0 : -1
            return renderRow(key, { index, startPx: start - ROW_PX, tabIndex })
          })}
        </div>
      </div>
    </div>
  )
}
