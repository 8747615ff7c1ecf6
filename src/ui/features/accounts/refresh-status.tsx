import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { GlanceRow } from '@/src/domain/glance'
import type { JobProgress } from '@/src/domain/job'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { ProgressBar } from '../../components/progress-bar'
import { useRefresh } from '../../queries/refresh'
import { useFailureText } from '../../text/failure-text'

/** How many failed accounts are listed before the rest is only counted. */
const LISTED = 5

interface Props {
  rows: readonly GlanceRow[]
  onOpen: (id: string) => void
}

/** A refresh while it runs, and what came of it. */
export function RefreshStatus({ rows, onOpen }: Props) {
  const { job, failure, cancel } = useRefresh()
  const [dismissed, setDismissed] = useState('')
  if (failure) return <FailureNotice failure={failure} />
  if (!job || job.jobId === dismissed) return null
  if (job.state !== 'done') {
    const current = rows.find(({ id }) => id === job.currentId)?.name ?? ''
    return <Running job={job} current={current} onCancel={cancel} />
  }
  // The result of a refresh nobody on this page has seen running is no news.
  if (job.startedAtMs < performance.timeOrigin || job.total < 2) return null
  return (
    <Finished
      job={job}
      failed={rows.filter((row) => row.failure && (row.attemptAtMs ?? 0) >= job.startedAtMs)}
      onOpen={onOpen}
      onDismiss={() => {
        setDismissed(job.jobId)
      }}
    />
  )
}

interface RunningProps {
  job: JobProgress
  /** Name of the account taken up last. */
  current: string
  onCancel: () => void
}

function Running({ job, current, onCancel }: RunningProps) {
  const { t } = useTranslation('accounts')
  const done = job.succeeded + job.failed + job.skipped
  return (
    <div className="flex items-center gap-3 text-12">
      <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
        {t(job.state === 'stopping' ? 'refresh.stopping' : 'refresh.progress', {
          done,
          total: job.total,
        })}
      </span>
      <ProgressBar value={done} max={job.total} label={t('refresh.label')} />
      <span aria-hidden className="w-40 shrink-0 truncate text-text-2 max-md:hidden">
        {current}
      </span>
      <Button size="s" variant="ghost" disabled={job.state === 'stopping'} onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </div>
  )
}

interface FinishedProps {
  job: JobProgress
  failed: readonly GlanceRow[]
  onOpen: (id: string) => void
  onDismiss: () => void
}

function Finished({ job, failed, onOpen, onDismiss }: FinishedProps) {
  const { t } = useTranslation('accounts')
  const { start } = useRefresh()
  const words = useFailureText()
  const retry = (
    <Button
      size="s"
      onClick={() => {
        start(failed.map(({ id }) => id))
      }}
    >
      {t('refresh.retry')}
    </Button>
  )
  return (
    <Notice
      tone={job.failed > 0 ? 'attention' : 'good'}
      title={t(job.skipped > 0 ? 'refresh.result-skipped' : 'refresh.result', { ...job })}
      action={
        <>
          {failed.length > 0 && retry}
          <Button size="s" variant="ghost" onClick={onDismiss}>
            {t('action.dismiss')}
          </Button>
        </>
      }
    >
      {failed.length > 0 && (
        <ul>
          {failed.slice(0, LISTED).map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className="font-medium underline"
                onClick={() => {
                  onOpen(row.id)
                }}
              >
                {row.name}
              </button>{' '}
              <span className="text-text-2">
                {row.failure && words(row.failure, new URL(row.origin).host).title}
              </span>
            </li>
          ))}
          {failed.length > LISTED && (
            <li className="text-text-2">{t('refresh.more', { total: failed.length - LISTED })}</li>
          )}
        </ul>
      )}
    </Notice>
  )
}
