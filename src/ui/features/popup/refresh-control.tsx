import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { IconButton } from '../../components/icon-button'
import { ProgressRing } from '../../components/progress-ring'
import { VisuallyHidden } from '../../components/visually-hidden'
import type { RefreshHandle } from '../../queries/refresh'

interface Props {
  refresh: RefreshHandle
  disabled: boolean
}

/** Starts a refresh of all; while one runs, shows how far it is and stops it. */
export function RefreshControl({ refresh, disabled }: Props) {
  const { t } = useTranslation('popup')
  const { job, running } = refresh
  if (!running) {
    return (
      <IconButton
        icon={RefreshCw}
        label={t('refresh.all')}
        disabled={disabled}
        onClick={() => {
          refresh.start()
        }}
      />
    )
  }
  const known = job && job.state !== 'done' ? job : null
  const done = known ? known.succeeded + known.failed + known.skipped : 0
  const values = { done, total: known?.total ?? 0 }
  return (
    <button
      type="button"
      title={t('refresh.cancel')}
      aria-disabled={known?.state !== 'running'}
      onClick={refresh.cancel}
      className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-control px-2 text-12 text-text-2 tabular-nums hover:bg-hover"
    >
      {known ? (
        <ProgressRing value={done} max={known.total} label={t('refresh.progress', values)} />
      ) : (
        <ProgressRing label={t('refresh.all')} />
      )}
      <VisuallyHidden>{t('refresh.cancel')}</VisuallyHidden>
      {known ? (
        <span aria-hidden>
          {known.state === 'stopping' ? t('refresh.stopping') : t('refresh.count', values)}
        </span>
      ) : null}
    </button>
  )
}
