import { ChevronDown, ChevronRight, RefreshCw } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import { formatCount } from '../../text/format'
import { hostOf } from '../../view/glance-view'
import type { CredentialEntry } from './credential-entries'

export interface BaseActions {
  readonly toggleFolded: (baseUrl: string) => void
  readonly refreshAll: (entries: readonly CredentialEntry[]) => void
}

interface Props {
  index: number
  startPx: number
  baseUrl: string
  entries: readonly CredentialEntry[]
  folded: boolean
  tabIndex: 0 | -1
  actions: BaseActions
}

/** The head of the credentials of one base address. */
export const BaseLine = memo(function BaseLine(props: Props) {
  const { index, startPx, baseUrl, entries, folded, tabIndex, actions } = props
  const { t, i18n } = useTranslation('credentials')
  const Arrow = folded ? ChevronRight : ChevronDown
  const address = hostOf(baseUrl)
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      className="absolute inset-x-0 top-0 flex h-10 items-center gap-3 border-b border-line bg-panel px-3"
      style={{ transform: `translateY(${String(startPx)}px)` }}
    >
      <span role="rowheader" className="flex min-w-0 items-center">
        <button
          type="button"
          data-row-target
          tabIndex={tabIndex}
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
          tabIndex={tabIndex}
          label={t('base.refresh', { address })}
          onClick={() => {
            actions.refreshAll(entries)
          }}
        />
      </span>
    </div>
  )
})
