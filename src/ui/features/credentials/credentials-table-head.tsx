import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { type Column, COLUMN_LOOK, GRID_LOOK } from './columns'
import { useCredentialChoices } from './list-choices'

const IN_USD: ReadonlySet<Column> = new Set(['balance', 'today'])

interface Props {
  columns: readonly Column[]
  template: string
}

export function CredentialsTableHead({ columns, template }: Props) {
  const { t } = useTranslation('credentials')
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-panel">
      <div
        role="row"
        aria-rowindex={1}
        className={`h-10 border-b border-line text-12 text-text-2 ${GRID_LOOK}`}
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column) => (
          <Heading key={column} column={column} />
        ))}
        <span role="columnheader">
          <span className="sr-only">{t('column.actions')}</span>
        </span>
      </div>
    </div>
  )
}

/** Pressing it sorts by the column, then the other way round, then by the last change again. */
function Heading({ column }: { column: Column }) {
  const { t } = useTranslation('credentials')
  const { sort, sortBy } = useCredentialChoices()
  const name = t(`column.${column}`)
  if (column === 'key') {
    return (
      <span role="columnheader" className="truncate">
        {name}
      </span>
    )
  }
  const isActive = sort?.column === column
  const Arrow = sort?.direction === 'ascending' ? ArrowUp : ArrowDown
  const { isNumber } = COLUMN_LOOK[column]
  const isHealth = column === 'health'
  return (
    <span
      role="columnheader"
      aria-sort={isActive ? sort.direction : 'none'}
      className={`flex min-w-0 items-center ${isNumber ? 'justify-end' : ''}`}
    >
      <button
        type="button"
        title={isHealth ? name : undefined}
        onClick={() => {
          sortBy(column)
        }}
        className={`inline-flex max-w-full items-center gap-1 rounded-control hover:text-text ${isNumber ? 'flex-row-reverse' : ''} ${isActive ? 'text-text' : ''}`}
      >
        <span className={isHealth ? 'sr-only' : 'truncate'}>
          {name} {IN_USD.has(column) && <span className="text-text-3">{t('unit')}</span>}
        </span>
        {isActive ? (
          <Arrow size={12} aria-hidden className="shrink-0" />
        ) : (
          isHealth && <span aria-hidden className="size-3 rounded-full border border-mark" />
        )}
      </button>
    </span>
  )
}
