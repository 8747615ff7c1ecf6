import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import { GRID_LOOK } from '../../components/table-columns'
import { SelectAll, SortHeading, TableHead } from '../../components/table-head'
import type { Selection } from '../../components/use-selection'
import { type Column, COLUMN_LOOK } from './columns'
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
  const { sort, sortBy } = useCheckInChoices()
  return (
    <TableHead look={GRID_LOOK} template={template} actions={t('column.actions')}>
      <SelectAll label={t('select.all')} rows={entries} selection={selection} />
      {columns.map((column) => (
        <SortHeading
          key={column}
          name={t(`column.${column}`)}
          unit={column === 'reward' ? t(`unit.${currency}`) : undefined}
          isNumber={COLUMN_LOOK[column].isNumber}
          direction={sort.column === column ? sort.direction : undefined}
          onPress={() => {
            sortBy(column)
          }}
        />
      ))}
    </TableHead>
  )
}
