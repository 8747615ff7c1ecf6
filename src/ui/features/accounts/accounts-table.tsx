import { useTranslation } from 'react-i18next'

import type { Currency } from '@/src/domain/money'

import type { Selection } from '../../components/use-selection'
import { VirtualTable } from '../../components/virtual-table'
import type { GlanceEntry } from '../../view/glance-view'
import { AccountRow, type RowActions } from './account-row'
import type { Sort } from './account-sort'
import type { SortColumn } from './columns'
import { AccountsTableHead } from './table-head'

interface Props {
  entries: readonly GlanceEntry[]
  currency: Currency
  sort: Sort
  onSort: (column: SortColumn) => void
  selection: Selection
  openId: string | null
  actions: RowActions
}

/** All accounts as a table that keeps only the rows in view; arrow keys move between them. */
export function AccountsTable(props: Props) {
  const { entries, currency, sort, onSort, selection, openId, actions } = props
  const { t } = useTranslation('accounts')
  return (
    <VirtualTable
      label={t('title')}
      keys={entries.map(({ row }) => row.id)}
      shownKey={openId}
      head={
        <AccountsTableHead
          rows={entries.map(({ row }) => row)}
          {...{ currency, sort, onSort, selection }}
        />
      }
      renderRow={(key, place) => {
        const entry = entries[place.index]
        return entry === undefined ? null : (
          <AccountRow
            key={key}
            {...place}
            selected={selection.has(entry.row.id)}
            open={entry.row.id === openId}
            {...{ entry, currency, actions }}
          />
        )
      }}
    />
  )
}
