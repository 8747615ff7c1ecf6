import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { COLUMN_LOOK, type SortColumn } from './columns'
import type { Sort } from './account-sort'

interface Props {
  column: SortColumn
  /** Names the unit of the numbers, where the column has one. */
  unit?: string
  sort: Sort
  onSort: (column: SortColumn) => void
}

/** A column's heading; pressing it sorts by the column, pressing it again turns the order round. */
export function SortHeader({ column, unit, sort, onSort }: Props) {
  const { t } = useTranslation('accounts')
  const { isNumber, room } = COLUMN_LOOK[column]
  const active = sort.column === column
  const Arrow = sort.direction === 'ascending' ? ArrowUp : ArrowDown
  const name = t(`column.${column}`)
  const isHealth = column === 'health'
  return (
    <span
      role="columnheader"
      aria-sort={active ? sort.direction : 'none'}
      className={`flex min-w-0 items-center ${isNumber ? 'justify-end' : ''} ${room}`}
    >
      <button
        type="button"
        title={isHealth ? name : undefined}
        onClick={() => {
          onSort(column)
        }}
        className={`inline-flex max-w-full items-center gap-1 rounded-control hover:text-text ${isNumber ? 'flex-row-reverse' : ''} ${active ? 'text-text' : ''}`}
      >
        <span className={isHealth ? 'sr-only' : 'truncate'}>
          {name}
          {unit !== undefined && <span className="ms-1 text-text-3">{unit}</span>}
        </span>
        {active ? (
          <Arrow size={12} aria-hidden className="shrink-0" />
        ) : (
          isHealth && <span aria-hidden className="size-3 rounded-full border border-mark" />
        )}
      </button>
    </span>
  )
}
