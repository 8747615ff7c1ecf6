import { ChevronDown, ChevronRight, RefreshCw } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import { TableRow } from '../../components/table-row'
import type { RowPlace } from '../../components/virtual-table'
import { formatCount } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import type { CredentialEntry } from './credential-entries'

export interface BaseActions {
  readonly toggleFolded: (baseUrl: string) => void
  readonly refreshAll: (entries: readonly CredentialEntry[]) => void
}

interface Props extends RowPlace {
  baseUrl: string
  entries: readonly CredentialEntry[]
  folded: boolean
  actions: BaseActions
}

/** The head of the credentials of one base address. */
export const BaseLine = memo(function BaseLine(props: Props) {
  const { index, startPx, baseUrl, entries, folded, tabIndex, actions } = props
  const { t, i18n } = useTranslation('credentials')
  const Arrow = folded ? ChevronRight : ChevronDown
  const address = hostOf(baseUrl)
  return (
    <TableRow {...{ index, startPx, tabIndex }} look="flex items-center gap-3 bg-panel px-3">
      <span role="rowheader" className="flex min-w-0 items-center">
        <button
          type="button"
          data-row-target
          aria-expanded={!folded}
          onClick={() => {
            actions.toggleFolded(baseUrl)
          }}
          className="flex min-w-0 items-center gap-1 rounded-control font-semibold"
        >
          <Arrow size={14} aria-hidden className="shrink-0" />
          <span className="truncate">{address}</span>
        </button>
      </span>
      <span role="cell" className="min-w-0 flex-1 truncate text-12 text-text-2 tabular-nums">
        {t('base.count', {
          count: entries.length,
          number: formatCount(entries.length, i18n.language),
        })}
      </span>
      <span role="cell" className="sticky end-0 flex shrink-0 bg-panel">
        <IconButton
          icon={RefreshCw}
          label={t('base.refresh', { address })}
          onClick={() => {
            actions.refreshAll(entries)
          }}
        />
      </span>
    </TableRow>
  )
})
