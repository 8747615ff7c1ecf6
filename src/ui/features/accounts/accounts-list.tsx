import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { useSettings } from '../../queries/settings'
import { AccountsTable } from './accounts-table'
import { DeleteDialog } from './delete-dialog'
import { ListToolbar } from './list-toolbar'
import { RefreshStatus } from './refresh-status'
import { SelectionBar } from './selection-bar'
import { TotalsLine } from './totals-line'
import { useListView } from './use-list-view'
import { useRowActions } from './use-row-actions'
import { useSelection } from '../../components/use-selection'

interface Props {
  rows: readonly GlanceRow[]
  openId: string | null
  onOpen: (id: string) => void
  onEdit: (id: string) => void
}

/** The toolbar, the totals and the table, which share what is searched, filtered and selected. */
export function AccountsList({ rows, openId, onOpen, onEdit }: Props) {
  const { t } = useTranslation('accounts')
  const { currency } = useSettings().settings
  const view = useListView(rows, currency)
  const selection = useSelection(rows)
  const [deleting, setDeleting] = useState<GlanceRow | null>(null)
  const actions = useRowActions({ onOpen, onEdit, onAskDelete: setDeleting, selection })
  const shown = view.entries.map(({ row }) => row)
  const hidden = selection.rows.filter((row) => !shown.includes(row)).length

  return (
    <>
      <ListToolbar view={view} rows={rows} />
      <RefreshStatus rows={rows} onOpen={onOpen} />
      <TotalsLine rows={shown} narrowed={shown.length < rows.length} currency={currency} />
      {shown.length === 0 ? (
        <EmptyState
          title={t('no-hit.title')}
          sentence={t('no-hit.sentence')}
          action={<Button onClick={view.reset}>{t('no-hit.clear')}</Button>}
        />
      ) : (
        <AccountsTable
          entries={view.entries}
          currency={currency}
          sort={view.sort}
          onSort={view.sortBy}
          selection={selection}
          openId={openId}
          actions={actions}
        />
      )}
      <SelectionBar selection={selection} hidden={hidden} />
      {deleting && (
        <DeleteDialog
          rows={[deleting]}
          onClose={() => {
            setDeleting(null)
          }}
        />
      )}
    </>
  )
}
