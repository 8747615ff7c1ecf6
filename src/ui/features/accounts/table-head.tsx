import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'

import type { Sort } from './account-sort'
import { GRID_LOOK, SORT_COLUMNS, type SortColumn } from './columns'
import { SortHeader } from './sort-header'
import type { Selection } from '../../components/use-selection'

interface Props {
  /** The rows the list shows now; "select all" means these. */
  rows: readonly GlanceRow[]
  currency: Currency
  sort: Sort
  onSort: (column: SortColumn) => void
  selection: Selection
}

export function TableHead({ rows, currency, sort, onSort, selection }: Props) {
  const { t } = useTranslation('accounts')
  const chosen = rows.filter(({ id }) => selection.has(id)).length
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
      <div
        role="row"
        aria-rowindex={1}
        className={`h-10 border-b border-line text-12 text-text-2 ${GRID_LOOK}`}
      >
        <span role="columnheader" className="flex">
          <input
            type="checkbox"
            ref={(box) => {
              if (box) box.indeterminate = chosen > 0 && chosen < rows.length
            }}
            checked={rows.length > 0 && chosen === rows.length}
            aria-label={t('select.all')}
            onChange={() => {
              selection.toggleAll(rows)
            }}
            className="size-4 accent-accent"
          />
        </span>
        {SORT_COLUMNS.map((column) => (
          <SortHeader
            key={column}
            column={column}
            sort={sort}
            onSort={onSort}
            {...(column === 'balance' || column === 'today' ? { unit: t(`unit.${currency}`) } : {})}
          />
        ))}
        <span role="columnheader">
          <span className="sr-only">{t('column.actions')}</span>
        </span>
      </div>
    </div>
  )
}
