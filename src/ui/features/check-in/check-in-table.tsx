import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { Selection } from '../../components/use-selection'
import { VirtualTable } from '../../components/virtual-table'
import { CheckInLine } from './check-in-line'
import type { CheckInActions } from './check-in-menu'
import { CheckInTableHead } from './check-in-table-head'
import { COLUMNS, gridOfColumns } from './columns'
import type { CheckInEntry } from './entries'
import { useCheckInChoices } from './list-choices'

interface Props {
  entries: readonly CheckInEntry[]
  currency: Currency
  selection: Selection<CheckInEntry>
  /** The account whose days are open beside the list. */
  openId: string | null
  actions: CheckInActions
}

/** The check-ins as a table that keeps only the rows in view; arrow keys move between them. */
export function CheckInTable({ entries, currency, selection, openId, actions }: Props) {
  const { t } = useTranslation('check-in')
  const { hidden } = useCheckInChoices()
  const columns = useMemo(() => COLUMNS.filter((one) => !hidden.includes(one)), [hidden])
  const { template, minRem } = useMemo(() => gridOfColumns(columns), [columns])
  const keys = useMemo(() => entries.map(({ id }) => id), [entries])
  return (
    <VirtualTable
      label={t('title')}
      keys={keys}
      shownKey={openId}
      minRem={minRem}
      head={<CheckInTableHead {...{ entries, columns, template, currency, selection }} />}
      renderRow={(key, place) => {
        const entry = entries[place.index]
        return entry === undefined ? null : (
          <CheckInLine
            key={key}
            {...place}
            selected={selection.has(entry.id)}
            open={entry.id === openId}
            {...{ entry, columns, template, currency, actions }}
          />
        )
      }}
    />
  )
}
