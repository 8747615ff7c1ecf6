import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { Selection } from '../../components/use-selection'
import { type Column, COLUMN_LOOK, GRID_LOOK, type SortColumn } from './columns'
import type { KeyEntry } from './key-entries'
import type { KeySort } from './key-sort'

interface Props {
  /** The keys the list shows now; "select all" means these. */
  entries: readonly KeyEntry[]
  columns: readonly Column[]
  template: string
  currency: Currency
  sort: KeySort
  onSort: (column: SortColumn) => void
  selection: Selection<KeyEntry>
}

export function KeysTableHead(props: Props) {
  const { entries, columns, template, currency, sort, onSort, selection } = props
  const { t } = useTranslation('keys')
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
          <Heading key={column} {...{ column, currency, sort, onSort }} />
        ))}
        <span role="columnheader">
          <span className="sr-only">{t('column.actions')}</span>
        </span>
      </div>
    </div>
  )
}

type HeadingProps = Pick<Props, 'currency' | 'sort' | 'onSort'> & { column: Column }

function Heading({ column, currency, sort, onSort }: HeadingProps) {
  const { t } = useTranslation('keys')
  const { isNumber } = COLUMN_LOOK[column]
  const name = t(`column.${column}`)
  if (column === 'key' || column === 'limits') {
    return (
      <span role="columnheader" className="truncate">
        {name}
      </span>
    )
  }
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
          onSort(column)
        }}
        className={`inline-flex max-w-full items-center gap-1 rounded-control hover:text-text ${isNumber ? 'flex-row-reverse' : ''} ${isActive ? 'text-text' : ''}`}
      >
        <span className="truncate">
          {name}
          {isNumber && <span className="ms-1 text-text-3">{t(`unit.${currency}`)}</span>}
        </span>
        {isActive && <Arrow size={12} aria-hidden className="shrink-0" />}
      </button>
    </span>
  )
}
