import { CalendarCheck, ExternalLink } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { complete, unavailable } from '@/src/domain/metric'
import type { Currency } from '@/src/domain/money'

import { IconButton } from '../../components/icon-button'
import { Monogram } from '../../components/monogram'
import { GRID_LOOK } from '../../components/table-columns'
import { useNow } from '../../components/use-now'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import { formatCount, formatExact } from '../../text/format'
import { formatUntil } from '../../text/times'
import { Figure } from '../accounts/figure'
import { goTo } from '../shell/use-route'
import { type CheckInActions, CheckInMenu } from './check-in-menu'
import { type Column, COLUMN_LOOK } from './columns'
import { type CheckInEntry, isDone, isLeft, waitsAtPage } from './entries'
import { StateMark } from './state-mark'

interface Props extends RowPlace {
  entry: CheckInEntry
  columns: readonly Column[]
  /** Widths of the columns, as CSS. */
  template: string
  currency: Currency
  selected: boolean
  /** Its panel is open beside the list. */
  open: boolean
  actions: CheckInActions
}

/** One account. The whole row opens its days: its name's button stretches over it. */
export const CheckInLine = memo(function CheckInLine(props: Props) {
  const { index, startPx, entry, columns, template, selected, open, tabIndex, actions } = props
  const { t } = useTranslation('check-in')
  const { row, title } = entry.account
  const ground = open || selected ? 'bg-selected' : 'bg-raised hover:bg-hover'
  return (
    <TableRow
      {...{ index, startPx, tabIndex }}
      look={`${GRID_LOOK} ${ground} ${row.disabled ? 'text-text-2' : ''}`}
      template={template}
    >
      <span role="cell" className="relative z-1 flex">
        <input
          type="checkbox"
          checked={selected}
          aria-label={t('row.select', { name: title })}
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
        <NextStep entry={entry} actions={actions} />
        <CheckInMenu entry={entry} actions={actions} />
      </span>
    </TableRow>
  )
})

function Value({ column, entry, currency, open }: Props & { column: Column }): ReactNode {
  const { i18n } = useTranslation('check-in')
  const { row } = entry
  switch (column) {
    case 'account':
      return <Account entry={entry} open={open} />
    case 'state':
      return <StateMark entry={entry} />
    case 'reward':
      return <Reward entry={entry} currency={currency} />
    case 'streak':
      return row.streak === undefined ? null : formatCount(row.streak, i18n.language)
    case 'next':
      return row.nextAtMs === undefined ? null : <NextTime atMs={row.nextAtMs} />
  }
}

function Account({ entry: { id, account }, open }: { entry: CheckInEntry; open: boolean }) {
  const { t } = useTranslation('check-in')
  const { row, host } = account
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Monogram name={row.name} />
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        <button
          type="button"
          data-row-target
          aria-expanded={open}
          onClick={() => {
            goTo({ page: 'check-in', account: id })
          }}
          className="max-w-full shrink-0 truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.name}
        </button>
        <span className="min-w-0 truncate text-12 text-text-2">
          {[row.username, host].filter((part) => part !== '').join(' · ')}
        </span>
        {row.disabled && <span className="text-12">{t('row.disabled')}</span>}
      </span>
    </span>
  )
}

/** A reward nobody told is unknown, and a day without a check-in has none: neither is 0. */
function Reward({ entry, currency }: { entry: CheckInEntry; currency: Currency }) {
  if (!isDone(entry)) return null
  const reward = entry.mark?.reward
  return (
    <Figure
      metric={reward === undefined ? unavailable('unsupported') : complete(reward)}
      rates={entry.account.row}
      currency={currency}
    />
  )
}

function NextTime({ atMs }: { atMs: number }) {
  const { i18n } = useTranslation('check-in')
  const now = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs, i18n.language)}>
      {formatUntil(atMs, now, i18n.language)}
    </time>
  )
}

/** The one thing to do about an account, within reach; the menu has the rest. */
function NextStep({ entry, actions }: { entry: CheckInEntry; actions: CheckInActions }) {
  const { t } = useTranslation('check-in')
  const { id, account, row } = entry
  const values = { name: account.title }
  if (waitsAtPage(entry)) {
    return (
      <IconButton
        icon={ExternalLink}
        label={t('row.open', values)}
        onClick={() => {
          actions.open([id])
        }}
      />
    )
  }
  if (!isLeft(entry) || row.running) return null
  return (
    <IconButton
      icon={CalendarCheck}
      label={t('row.run', values)}
      onClick={() => {
        actions.run([id])
      }}
    />
  )
}
