import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import { GRID_LOOK } from '../../components/table-columns'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import { Figure } from '../accounts/figure'
import { type Column, COLUMN_LOOK } from './columns'
import { type KeyActions, openKey } from './key-actions'
import { KeyCell } from './key-cell'
import type { KeyEntry } from './key-entries'
import { KeyMenu } from './key-menu'
import { KeyStatusMark } from './key-status'
import { Expiry, GroupName, KeyTime, LimitCounts, Unlimited } from './key-values'

interface Props extends RowPlace {
  entry: KeyEntry
  columns: readonly Column[]
  /** Widths of the columns, as CSS. */
  template: string
  currency: Currency
  selected: boolean
  /** Its panel is open beside the list. */
  open: boolean
  revealed: string | undefined
  busy: boolean
  actions: KeyActions
}

/** One key. The whole row opens the details: its name's button stretches over it. */
export const KeyLine = memo(function KeyLine(props: Props) {
  const { index, startPx, entry, columns, template, selected, open, tabIndex, actions } = props
  const { t } = useTranslation('keys')
  const { row } = entry
  const ground = open || selected ? 'bg-selected' : 'bg-raised hover:bg-hover'
  return (
    <TableRow
      {...{ index, startPx, tabIndex }}
      look={`${GRID_LOOK} ${ground} ${row.status === 'disabled' ? 'text-text-2' : ''}`}
      template={template}
    >
      <span role="cell" className="relative z-1 flex">
        <input
          type="checkbox"
          checked={selected}
          aria-label={t('row.select', { name: row.name })}
          onChange={() => {
            actions.toggleSelected(entry.id)
          }}
          className="size-4 accent-accent"
        />
      </span>
      {columns.map((column) => (
        <span
          key={column}
          role="cell"
          className={`min-w-0 truncate ${COLUMN_LOOK[column].isNumber ? 'text-end tabular-nums' : ''}`}
        >
          <Value {...props} column={column} />
        </span>
      ))}
      <span role="cell" className="sticky end-0 z-1 flex justify-end bg-inherit">
        <KeyMenu entry={entry} isRevealed={props.revealed !== undefined} actions={actions} />
      </span>
    </TableRow>
  )
})

function Value(props: Props & { column: Column }): ReactNode {
  const { column, entry, currency, revealed, busy, actions, open } = props
  const { row, account } = entry
  switch (column) {
    case 'name':
      return <NameButton entry={entry} open={open} />
    case 'account':
      return <span title={account.origin}>{account.name}</span>
    case 'key':
      return <KeyCell entry={entry} revealed={revealed} busy={busy} actions={actions} />
    case 'status':
      return <KeyStatusMark status={row.status} />
    case 'used':
      return <Figure metric={row.used} rates={account} currency={currency} />
    case 'remaining':
      return row.remaining === null ? (
        <Unlimited />
      ) : (
        <Figure metric={row.remaining} rates={account} currency={currency} />
      )
    case 'expires':
      return <Expiry atMs={row.expiresAtMs} />
    case 'group':
      return <GroupName entry={entry} />
    case 'limits':
      return <LimitCounts row={row} />
    case 'created':
      return <KeyTime atMs={row.createdAtMs} />
    case 'lastUsed':
      return <KeyTime atMs={row.lastUsedAtMs} />
  }
}

function NameButton({ entry, open }: { entry: KeyEntry; open: boolean }) {
  const { t } = useTranslation('keys')
  return (
    <button
      type="button"
      data-row-target
      aria-expanded={open}
      onClick={() => {
        openKey('details', entry)
      }}
      className="max-w-full truncate text-start font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
    >
      {entry.row.name || t('value.no-name')}
    </button>
  )
}
