import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import { todayOf } from '@/src/domain/today'
import type { Currency } from '@/src/domain/money'

import { Age } from '../../components/age'
import { HealthMark } from '../../components/health-mark'
import { useNow } from '../../components/use-now'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import type { GlanceEntry } from '../../view/glance-view'
import { COLUMN_LOOK, GRID_LOOK, type SortColumn } from './columns'
import { Figure } from './figure'
import { RowMenu } from './row-menu'

/** What the list lets a person do with a row; stable, so that rows are not rendered for nothing. */
export interface RowActions {
  readonly open: (id: string) => void
  readonly edit: (id: string) => void
  readonly refresh: (id: string) => void
  readonly setDisabled: (id: string, disabled: boolean) => void
  readonly askDelete: (row: GlanceRow) => void
  readonly toggleSelected: (id: string) => void
}

interface Props extends RowPlace {
  entry: GlanceEntry
  currency: Currency
  selected: boolean
  /** Its details are open beside the list. */
  open: boolean
  actions: RowActions
}

/** One account. The whole row opens the details: its name's button stretches over it. */
export const AccountRow = memo(function AccountRow(props: Props) {
  const { index, startPx, entry, currency, selected, open, tabIndex, actions } = props
  const { row, host } = entry
  const { t } = useTranslation('accounts')
  const now = useNow()
  const ground = open || selected ? 'bg-selected' : 'hover:bg-hover'
  return (
    <TableRow
      {...{ index, startPx, tabIndex }}
      look={`${GRID_LOOK} ${ground} ${row.disabled ? 'text-text-3' : ''}`}
    >
      <span role="cell" className="relative z-1 flex">
        <input
          type="checkbox"
          checked={selected}
          aria-label={t('row.select', { name: row.name })}
          onChange={() => {
            actions.toggleSelected(row.id)
          }}
          className="size-4 accent-accent"
        />
      </span>
      <span role="cell" className="flex">
        <HealthMark health={row.health} />
      </span>
      <NameCell row={row} open={open} onOpen={actions.open} />
      <Cell column="site">{host}</Cell>
      <Cell column="balance">
        <Figure metric={row.balance} rates={row} currency={currency} />
      </Cell>
      <Cell column="today">
        <Figure metric={todayOf(row, now)} rates={row} currency={currency} />
      </Cell>
      <Cell column="updated">
        {row.figuresAtMs === undefined ? t('row.never') : <Age atMs={row.figuresAtMs} />}
      </Cell>
      <span role="cell" className="relative z-1 flex justify-end">
        <RowMenu row={row} actions={actions} />
      </span>
    </TableRow>
  )
})

function Cell({ column, children }: { column: SortColumn; children: ReactNode }) {
  const { isNumber, room } = COLUMN_LOOK[column]
  const align = isNumber ? 'text-end tabular-nums' : ''
  const tone = column === 'site' || column === 'updated' ? 'text-text-2' : ''
  return (
    <span role="cell" className={`truncate ${align} ${tone} ${room}`}>
      {children}
    </span>
  )
}

interface NameProps {
  row: GlanceRow
  open: boolean
  onOpen: (id: string) => void
}

function NameCell({ row, open, onOpen }: NameProps) {
  const { t } = useTranslation('accounts')
  return (
    <span role="cell" className="truncate">
      <button
        type="button"
        data-row-target
        aria-expanded={open}
        onClick={() => {
          onOpen(row.id)
        }}
        className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        {row.name}
      </button>
      {row.username !== '' && <span className="ms-2 text-text-2">{row.username}</span>}
      {row.disabled && <span className="ms-2 text-12">{t('row.disabled')}</span>}
    </span>
  )
}
