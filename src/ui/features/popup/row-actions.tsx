import { ExternalLink, PanelRight, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import type { GlanceEntry } from '../../view/glance-view'
import { openPlace } from './open-pages'

interface Props {
  entry: GlanceEntry
  tabIndex: 0 | -1
  onRefresh: (ids: readonly string[]) => void
}

/** Lies over the right end of a row while it is pointed at or has the focus; moves nothing. */
export function RowActions({ entry, tabIndex, onRefresh }: Props) {
  const { t } = useTranslation('popup')
  const { row } = entry
  return (
    <div className="pointer-events-none absolute top-[0.4375rem] right-2 flex rounded-control border border-line bg-raised opacity-0 group-focus-within:pointer-events-auto group-focus-within:opacity-100 group-hover:pointer-events-auto group-hover:opacity-100">
      <IconButton
        icon={RefreshCw}
        label={t('refresh.one')}
        tabIndex={tabIndex}
        onClick={() => {
          onRefresh([row.id])
        }}
      />
      <a
        href={row.origin}
        target="_blank"
        rel="noopener noreferrer"
        title={t('row.open-site')}
        aria-label={t('row.open-site')}
        tabIndex={tabIndex}
        className="inline-flex size-8 items-center justify-center rounded-control text-text-2 hover:bg-hover hover:text-text"
      >
        <ExternalLink size={16} aria-hidden />
      </a>
      <IconButton
        icon={PanelRight}
        label={t('row.details')}
        tabIndex={tabIndex}
        onClick={() => void openPlace(`/accounts/${row.id}`)}
      />
    </div>
  )
}
