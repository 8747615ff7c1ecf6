import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import { GRID_LOOK } from '../../components/table-columns'
import { PlainHeading, SelectAll, SortHeading, TableHead } from '../../components/table-head'
import type { Selection } from '../../components/use-selection'
import { type Column, COLUMN_LOOK, type SortColumn } from './columns'
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
  return (
    <TableHead look={GRID_LOOK} template={template} actions={t('column.actions')}>
      <SelectAll label={t('select.all')} rows={entries} selection={selection} />
      {columns.map((column) => {
        const name = t(`column.${column}`)
        if (column === 'key' || column === 'limits')
          return <PlainHeading key={column} name={name} />
        const { isNumber } = COLUMN_LOOK[column]
        return (
          <SortHeading
            key={column}
            name={name}
            unit={isNumber ? t(`unit.${currency}`) : undefined}
            isNumber={isNumber}
            direction={sort.column === column ? sort.direction : undefined}
            onPress={() => {
              onSort(column)
            }}
          />
        )
      })}
    </TableHead>
  )
}
