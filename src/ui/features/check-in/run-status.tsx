import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { JournalEntry } from '@/src/domain/journal'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { ProgressBar } from '../../components/progress-bar'
import { isOpenRun } from '../../queries/check-in'
import { useCheckInChange } from '../../queries/check-in-mutations'
import type { CheckInEntry } from './entries'
import { RunResult } from './run-result'

/** Names of accounts under way that are told. */
const NAMED = 3

interface Props {
  run: JournalEntry | null
  entries: readonly CheckInEntry[]
}

/** A run while it lasts, and what came of one that this page has seen. */
export function RunStatus({ run, entries }: Props) {
  const [seen, setSeen] = useState<string | null>(null)
  const [dismissed, setDismissed] = useState<string | null>(null)
  if (!run || run.id === dismissed) return null
  if (isOpenRun(run)) {
    if (run.id !== seen) setSeen(run.id)
    return <Running key={run.id} run={run} entries={entries} />
  }
  // The result of a run nobody on this page has seen is in the journal, and no news.
  if (run.id !== seen && run.startedAtMs < performance.timeOrigin) return null
  return (
    <RunResult
      run={run}
      entries={entries}
      onDismiss={() => {
        setDismissed(run.id)
      }}
    />
  )
}

function Running({ run, entries }: { run: JournalEntry; entries: readonly CheckInEntry[] }) {
  const { t } = useTranslation('check-in')
  const stop = useCheckInChange('checkIn.stop')
  const [asked, setAsked] = useState(false)
  const { lines } = run
  const done = lines.filter(({ state }) => state !== 'waiting').length
  const current = lines.filter(
    ({ state, startedAtMs }) => state === 'waiting' && startedAtMs !== undefined,
  )
  const names = current.slice(0, NAMED).flatMap(({ id }) => {
    return entries.find((entry) => entry.id === id)?.account.title ?? []
  })
  const stopping = asked && !stop.failure
  return (
    <>
      {stop.failure && <FailureNotice failure={stop.failure} />}
      <div className="flex items-center gap-3 text-12">
        <span role="status" className="shrink-0 whitespace-nowrap tabular-nums">
          {t(stopping ? 'run.stopping' : 'run.progress', { done, total: lines.length })}
        </span>
        <ProgressBar value={done} max={lines.length} label={t('run.label')} />
        <span aria-hidden className="w-48 shrink-0 truncate text-text-2 max-md:hidden">
          {names.join(' · ')}
        </span>
        {run.why === 'you' && (
          <Button
            size="s"
            variant="ghost"
            disabled={stopping}
            onClick={() => {
              setAsked(true)
              void stop.run({})
            }}
          >
            {t('run.stop')}
          </Button>
        )}
      </div>
    </>
  )
}
