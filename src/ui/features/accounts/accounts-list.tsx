import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'

import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { SearchField } from '../../components/search-field'
import { useRefresh } from '../../queries/refresh'
import { useSettings } from '../../queries/settings'
import { AccountsTable } from './accounts-table'
import { DeleteDialog } from './delete-dialog'
import { RefreshStatus } from './refresh-status'
import { SelectionBar } from './selection-bar'
import { StateChips } from './state-chips'
import { TotalsLine } from './totals-line'
import { useListView } from './use-list-view'
import { useRowActions } from './use-row-actions'
import { useSelection } from './use-selection'

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
  const refresh = useRefresh()
  const view = useListView(rows, currency)
  const selection = useSelection(rows)
  const [deleting, setDeleting] = useState<GlanceRow | null>(null)
  const actions = useRowActions({ onOpen, onEdit, onAskDelete: setDeleting, selection })
  const shown = view.entries.map(({ row }) => row)
  const hidden = selection.rows.filter((row) => !shown.includes(row)).length

  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <div className="flex max-w-64 min-w-40 flex-1">
          <SearchField
            label={t('search.label')}
            placeholder={t('search.placeholder')}
            value={view.query}
            onChange={view.setQuery}
          />
        </div>
        <StateChips counts={view.counts} value={view.filter} onChange={view.setFilter} />
        <Button
          icon={RefreshCw}
          busy={refresh.running}
          className="ms-auto"
          onClick={() => {
            refresh.start()
          }}
        >
          {t('refresh.all')}
        </Button>
      </div>
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
