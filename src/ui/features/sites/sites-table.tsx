import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { SiteLine } from './site-lines'
import { COLUMNS, GRID_LOOK, SiteRow } from './site-row'
import type { SiteActions } from './use-site-actions'
import { ROW_PX, useVirtualRows } from '../../components/use-virtual-rows'

/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6

interface Props {
  lines: readonly SiteLine[]
  actions: SiteActions
}

/** All sites as a table that keeps only the rows in view; arrow keys move between them. */
export function SitesTable({ lines, actions }: Props) {
  const { t } = useTranslation('sites')
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { places, heightPx, stop, onKeyDown, onFocus } = useVirtualRows({
    keys: lines.map(({ site }) => site.origin),
    scroller,
    body,
  })
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={t('title')}
      aria-rowcount={lines.length + 1}
      className="overflow-auto rounded-card border border-line bg-raised"
      style={{ minHeight: Math.min(MIN_ROWS, lines.length + 1) * ROW_PX }}
    >
      <div role="rowgroup" className="sticky top-0 z-10 min-w-210 bg-panel">
        <div
          role="row"
          aria-rowindex={1}
          className={`h-10 border-b border-line text-12 text-text-2 ${GRID_LOOK}`}
        >
          {COLUMNS.map((column) => (
            <span key={column} role="columnheader" className="last:sr-only">
              {t(`column.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div
        ref={body}
        role="rowgroup"
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        className="relative min-w-210"
        style={{ height: heightPx }}
      >
        {places.map(({ key, index, start }) => {
          const line = lines[index]
          return line === undefined ? null : (
            <SiteRow
              key={key}
              index={index}
              startPx={start - ROW_PX}
              line={line}
              tabIndex={index === stop ? 0 : -1}
              actions={actions}
            />
          )
        })}
      </div>
    </div>
  )
}
