import type { ReactNode } from 'react'

import type { RowPlace } from './virtual-table'

interface Props extends RowPlace {
  /** Classes of layout and ground. */
  look: string
  /** Widths of the columns, as CSS, where a person may choose them. */
  template?: string
  children: ReactNode
}

/** A row of a {@link VirtualTable}, with everything in it one stop of the Tab key at most. */
export function TableRow({ index, startPx, tabIndex, look, template, children }: Props) {
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      ref={(row) => {
        for (const part of row?.querySelectorAll<HTMLElement>('a, button, input') ?? []) {
          part.tabIndex = tabIndex
        }
      }}
      className={`absolute inset-x-0 top-0 h-10 border-b border-line ${look}`}
      style={{ transform: `translateY(${startPx}px)`, gridTemplateColumns: template }}
    >
      {children}
    </div>
  )
}
