import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'

import { SelectAll, SortHeading, TableHead } from '../../components/table-head'
import type { Selection } from '../../components/use-selection'
import type { Sort } from './account-sort'
import { COLUMN_LOOK, GRID_LOOK, SORT_COLUMNS, type SortColumn } from './columns'

interface Props {
  /** The rows the list shows now; "select all" means these. */
  rows: readonly GlanceRow[]
  currency: Currency
  sort: Sort
  onSort: (column: SortColumn) => void
  selection: Selection
}

export function AccountsTableHead({ rows, currency, sort, onSort, selection }: Props) {
  const { t } = useTranslation('accounts')
  return (
    <TableHead look={GRID_LOOK} actions={t('column.actions')}>
      <SelectAll label={t('select.all')} rows={rows} selection={selection} />
      {SORT_COLUMNS.map((column) => (
        <SortHeading
          key={column}
          name={t(`column.${column}`)}
          unit={column === 'balance' || column === 'today' ? t(`unit.${currency}`) : undefined}
          isMark={column === 'health'}
          direction={sort.column === column ? sort.direction : undefined}
          onPress={() => {
            onSort(column)
          }}
          {...COLUMN_LOOK[column]}
        />
      ))}
    </TableHead>
  )
}
