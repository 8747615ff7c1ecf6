import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'

import { useRovingRow } from '../../components/use-roving-row'
import { AccountRow, type RowActions } from './account-row'
import type { Sort } from './account-sort'
import type { SortColumn } from './columns'
import { TableHead } from './table-head'
import type { Selection } from './use-selection'

const ROW_PX = 40
const OVERSCAN = 4

interface Props {
  rows: readonly GlanceRow[]
  currency: Currency
  sort: Sort
  onSort: (column: SortColumn) => void
  selection: Selection
  openId: string | null
  actions: RowActions
}

/** All accounts as a table that keeps only the rows in view; arrow keys move between them. */
export function AccountsTable({ rows, currency, sort, onSort, selection, openId, actions }: Props) {
  const { t } = useTranslation('accounts')
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    // The head stays in front of the rows it scrolls over.
    scrollPaddingStart: ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const roving = useRovingRow({
    list: body,
    count: rows.length,
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2),
    reveal: (index) => {
      virtual.scrollToIndex(index)
    },
    onEnter: () => {
      // Enter presses the button of the row, which has the focus.
    },
  })
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={t('title')}
      aria-rowcount={rows.length + 1}
      className="@container min-h-60 flex-1 overflow-y-auto rounded-card border border-line bg-raised"
    >
      <TableHead
        rows={rows}
        currency={currency}
        sort={sort}
        onSort={onSort}
        selection={selection}
      />
      <div
        ref={body}
        role="rowgroup"
        onKeyDown={roving.onKeyDown}
        onFocus={roving.onFocus}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <div
              key={key}
              role="row"
              data-index={index}
              aria-rowindex={index + 2}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              <AccountRow
                row={row}
                currency={currency}
                selected={selection.has(row.id)}
                open={row.id === openId}
                tabIndex={index === roving.stop ? 0 : -1}
                actions={actions}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
