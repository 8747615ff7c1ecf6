import { useTranslation } from 'react-i18next'

import { Button } from '../../components/button'
import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { useFailureText } from '../../text/failure-text'
import { hostOf } from '../../view/glance-view'
import type { Batch, BatchProgress } from './use-batch'

/** How many failed keys are listed before the rest is only counted. */
const LISTED = 6

/** Work on several keys while it runs, and what came of it. */
export function BatchStatus({ batch }: { batch: Batch }) {
  const { progress } = batch
  if (!progress) return null
  return progress.state === 'running' ? (
    <Running progress={progress} onCancel={batch.cancel} />
  ) : (
    <Finished progress={progress} batch={batch} />
  )
}

function Running({ progress, onCancel }: { progress: BatchProgress; onCancel: () => void }) {
  const { t } = useTranslation('keys')
  const { batch, done } = progress
  const total = batch.entries.length
  return (
    <div className="flex items-center gap-3 text-12">
      <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
        {t(`batch.running.${batch.kind}`, { done, total })}
      </span>
      <ProgressBar value={done} max={total} label={t('batch.label')} />
      <Button size="s" variant="ghost" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </div>
  )
}

function Finished({ progress, batch }: { progress: BatchProgress; batch: Batch }) {
  const { t } = useTranslation('keys')
  const words = useFailureText()
  const { failures, done, state } = progress
  const { kind, leftOut = 0 } = progress.batch
  const rest = failures.length - LISTED
  const retry = (
    <Button
      size="s"
      onClick={() => {
        void batch.start({ ...progress.batch, entries: failures.map(({ entry }) => entry) })
      }}
    >
      {t('batch.retry')}
    </Button>
  )
  return (
    <Notice
      tone={failures.length > 0 ? 'attention' : 'good'}
      title={t(`batch.done.${kind}`, { count: done - failures.length })}
      action={
        <>
          {failures.length > 0 && retry}
          <Button size="s" variant="ghost" onClick={batch.dismiss}>
            {t('action.dismiss')}
          </Button>
        </>
      }
    >
      {state === 'cancelled' && (
        <p>{t('batch.cancelled', { count: progress.batch.entries.length - done })}</p>
      )}
      {leftOut > 0 && <p>{t('batch.left-out', { count: leftOut })}</p>}
      {failures.length > 0 && (
        <>
          <p>{t('batch.failed', { count: failures.length })}</p>
          <ul>
            {failures.slice(0, LISTED).map(({ entry, failure }) => {
              const { title, sentence } = words(failure, hostOf(entry.account.origin))
              return (
                <li key={entry.id}>
                  <span className="font-medium">{entry.row.name}</span>{' '}
                  <span className="text-text-2" title={sentence}>
                    {[entry.account.name, title, failure.detail].filter(Boolean).join(' · ')}
                  </span>
                </li>
              )
            })}
            {rest > 0 && <li className="text-text-2">{t('more', { count: rest })}</li>}
          </ul>
        </>
      )}
    </Notice>
  )
}
