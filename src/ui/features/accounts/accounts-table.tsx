import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { GlanceEntry } from '../../view/glance-view'
import { AccountRow, type RowActions } from './account-row'
import type { Sort } from './account-sort'
import type { SortColumn } from './columns'
import { TableHead } from './table-head'
import { ROW_PX, useVirtualRows } from '../../components/use-virtual-rows'
import type { Selection } from '../../components/use-selection'

/** Rows that stay in view, the head among them, however low the window is. */
const MIN_ROWS = 6

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
  const { places, heightPx, stop, onKeyDown, onFocus } = useVirtualRows({
    keys: entries.map(({ row }) => row.id),
    shownKey: openId,
    scroller,
    body,
  })
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
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        className="relative"
        style={{ height: heightPx }}
      >
        {places.map(({ key, index, start }) => {
          const entry = entries[index]
          return entry === undefined ? null : (
            <AccountRow
              key={key}
              index={index}
              startPx={start - ROW_PX}
              entry={entry}
              currency={currency}
              selected={selection.has(entry.row.id)}
              open={entry.row.id === openId}
              tabIndex={index === stop ? 0 : -1}
              actions={actions}
            />
          )
        })}
      </div>
    </div>
  )
}
