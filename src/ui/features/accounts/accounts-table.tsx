import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import { useRovingRow } from '../../components/use-roving-row'
import type { GlanceEntry } from '../../view/glance-view'
import { AccountRow, type RowActions } from './account-row'
import type { Sort } from './account-sort'
import type { SortColumn } from './columns'
import { TableHead } from './table-head'
import type { Selection } from './use-selection'

const ROW_PX = 40
/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6
const OVERSCAN = 3

interface Props {
  entries: readonly GlanceEntry[]
  currency: Currency
  sort: Sort
  onSort: (column: SortColumn) => void
  selection: Selection
  openId: string | null
  actions: RowActions
}

/** All accounts as a table that keeps only the rows in view; arrow keys move between them. */
export function AccountsTable(props: Props) {
  const { entries, currency, sort, onSort, selection, openId, actions } = props
  const { t } = useTranslation('accounts')
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    // The head stays in front of the rows it scrolls over.
    scrollPaddingStart: ROW_PX,
    getItemKey: (index) => entries[index]?.row.id ?? index,
  })
  const roving = useRovingRow({
    list: body,
    count: entries.length,
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2),
    reveal: (index) => {
      virtual.scrollToIndex(index)
    },
    onEnter: () => {
      // Enter presses the button of the row, which has the focus.
    },
  })
  const openIndex = entries.findIndex(({ row }) => row.id === openId)
  const showOpenRow = useEffectEvent(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex)
  })
  useEffect(() => {
    showOpenRow()
  }, [openId])
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={t('title')}
      aria-rowcount={entries.length + 1}
      className="@container overflow-y-auto rounded-card border border-line bg-raised"
      style={{ minHeight: Math.min(MIN_ROWS, entries.length + 1) * ROW_PX }}
    >
      <TableHead
        rows={entries.map(({ row }) => row)}
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
          const entry = entries[index]
          return entry === undefined ? null : (
            <AccountRow
              key={key}
              index={index}
              startPx={start}
              entry={entry}
              currency={currency}
              selected={selection.has(entry.row.id)}
              open={entry.row.id === openId}
              tabIndex={index === roving.stop ? 0 : -1}
              actions={actions}
            />
          )
        })}
      </div>
    </div>
  )
}
