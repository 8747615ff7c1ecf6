import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { Selection } from '../../components/use-selection'
import { type Column, COLUMN_LOOK, GRID_LOOK } from './columns'
import type { CheckInEntry } from './entries'
import { useCheckInChoices } from './list-choices'

interface Props {
  /** The accounts the list shows now; "select all" means these. */
  entries: readonly CheckInEntry[]
  columns: readonly Column[]
  template: string
  currency: Currency
  selection: Selection<CheckInEntry>
}

export function CheckInTableHead({ entries, columns, template, currency, selection }: Props) {
  const { t } = useTranslation('check-in')
  const chosen = entries.filter(({ id }) => selection.has(id)).length
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
      <div
        role="row"
        aria-rowindex={1}
        className={`h-10 border-b border-line text-12 text-text-2 ${GRID_LOOK}`}
        style={{ gridTemplateColumns: template }}
      >
        <span role="columnheader" className="flex">
          <input
            type="checkbox"
            ref={(box) => {
              if (box) box.indeterminate = chosen > 0 && chosen < entries.length
            }}
            checked={entries.length > 0 && chosen === entries.length}
            aria-label={t('select.all')}
            onChange={() => {
              selection.toggleAll(entries)
            }}
            className="size-4 accent-accent"
          />
        </span>
        {columns.map((column) => (
          <Heading key={column} column={column} currency={currency} />
        ))}
        <span role="columnheader">
          <span className="sr-only">{t('column.actions')}</span>
        </span>
      </div>
    </div>
  )
}

function Heading({ column, currency }: { column: Column; currency: Currency }) {
  const { t } = useTranslation('check-in')
  const { sort, sortBy } = useCheckInChoices()
  const { isNumber } = COLUMN_LOOK[column]
  const isActive = sort.column === column
  const Arrow = sort.direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <span
      role="columnheader"
      aria-sort={isActive ? sort.direction : 'none'}
      className={`flex min-w-0 items-center ${isNumber ? 'justify-end' : ''}`}
    >
      <button
        type="button"
        onClick={() => {
          sortBy(column)
        }}
        className={`inline-flex max-w-full items-center gap-1 rounded-control hover:text-text ${isNumber ? 'flex-row-reverse' : ''} ${isActive ? 'text-text' : ''}`}
      >
        <span className="truncate">
          {t(`column.${column}`)}
          {column === 'reward' && <span className="ms-1 text-text-3">{t(`unit.${currency}`)}</span>}
        </span>
        {isActive && <Arrow size={12} aria-hidden className="shrink-0" />}
      </button>
    </span>
  )
}
