import { useTranslation } from 'react-i18next'

import { GRID_LOOK } from '../../components/table-columns'
import { PlainHeading, SortHeading, TableHead } from '../../components/table-head'
import { type Column, COLUMN_LOOK } from './columns'
import { useCredentialChoices } from './list-choices'

const IN_USD: ReadonlySet<Column> = new Set(['balance', 'today'])

interface Props {
  columns: readonly Column[]
  template: string
}

/** Pressed a third time, a column's heading gives the list the order of the last change again. */
export function CredentialsTableHead({ columns, template }: Props) {
  const { t } = useTranslation('credentials')
  const { sort, sortBy } = useCredentialChoices()
  return (
    <TableHead look={GRID_LOOK} template={template} actions={t('column.actions')}>
      {columns.map((column) => {
        const name = t(`column.${column}`)
        if (column === 'key') return <PlainHeading key={column} name={name} />
        return (
          <SortHeading
            key={column}
            name={name}
            unit={IN_USD.has(column) ? t('unit') : undefined}
            isNumber={COLUMN_LOOK[column].isNumber}
            isMark={column === 'health'}
            direction={sort?.column === column ? sort.direction : undefined}
            onPress={() => {
              sortBy(column)
            }}
          />
        )
      })}
    </TableHead>
  )
}
