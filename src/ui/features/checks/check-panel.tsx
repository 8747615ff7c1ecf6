import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { CheckRun } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'
import { type Failure, failureOf } from '@/src/domain/failure'
import { API_PROBES, PROBES } from '@/src/domain/probes'

import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Notice } from '../../components/notice'
import { SidePanel } from '../../components/side-panel'
import { Skeleton } from '../../components/skeleton'
import { CHECKS_KEY, checkRunsQuery } from '../../queries/checks'
import { useDrafts } from '../../queries/drafts'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { type CheckChoice, CheckForm } from './check-form'
import { CheckRuns } from './check-runs'
import { KeyFailure } from './key-failure'

interface Props {
  source: KeySource
  /** What the key or credential is called. */
  label: string
  onClose: () => void
  /** The model to verify it with, where one was picked already. */
  model?: string | undefined
}

/** Verifies one key: what to try, what came of it, and what came of it before. */
export function CheckPanel({ source, label, onClose, model = '' }: Props) {
  const { t } = useTranslation('checks')
  const check = useCheck(source, model)
  const { current, failure } = check
  return (
    <SidePanel
      open
      onClose={onClose}
      title={t('title', { name: label })}
      footer={
        current ? (
          <Button busy={check.stopping} onClick={check.stop}>
            {t('action.stop')}
          </Button>
        ) : (
          <Button
            variant="primary"
            busy={check.starting}
            disabled={check.choice.probes.length === 0}
            onClick={check.start}
          >
            {t('action.start')}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-6">
        {failure && (
          <KeyFailure
            {...{ failure, source, baseUrl: check.baseUrl }}
            onGranted={check.forgetFailure}
          />
        )}
        {check.loading && <Skeleton />}
        {!current && !check.loading && (
          <>
            <CheckForm
              {...{ source, baseUrl: check.baseUrl, storedType: check.storedType }}
              choice={check.choice}
              onChange={check.change}
            />
            <Notice tone="attention">{t('cost', { count: check.choice.probes.length })}</Notice>
          </>
        )}
        {check.unread && <FailureNotice failure={check.unread} />}
        <CheckRuns runs={check.runs} source={source} />
      </div>
    </SidePanel>
  )
}

const NONE: readonly CheckRun[] = []

/** The choice of a verification, and the runs of its key. */
function useCheck(source: KeySource, model: string) {
  const sources = useMemo(() => [source], [source])
  const { drafts, loading } = useDrafts(sources)
  const { data: runs = NONE, error } = useQuery(checkRunsQuery(source))
  const [edit, setEdit] = useState<Partial<CheckChoice>>({})
  const start = useChange(
    (choice: CheckChoice) => fetchFromWorker('checks.start', startOf(source, choice)),
    CHECKS_KEY,
  )
  const stop = useChange((id: string) => fetchFromWorker('checks.stop', { id }), CHECKS_KEY)
  const storedType = drafts[0]?.apiType ?? 'openai-compatible'
  const choice = { apiType: storedType, model, probes: API_PROBES, ...edit }
  const current = runs.find(({ state }) => state === 'running')
  const failure: Failure | null = start.failure ?? stop.failure
  return {
    // The stored type is what the form begins with.
    loading,
    choice,
    storedType,
    baseUrl: drafts[0]?.baseUrl ?? '',
    runs,
    current,
    starting: start.busy,
    stopping: stop.busy,
    failure,
    unread: error ? failureOf(error) : null,
    forgetFailure: () => {
      start.reset()
      stop.reset()
    },
    change: (next: Partial<CheckChoice>) => {
      setEdit((before) => ({ ...before, ...next }))
    },
    start: () => void start.run(choice),
    stop: () => {
      if (current) void stop.run(current.id)
    },
  }
}

function startOf(source: KeySource, { apiType, model, probes }: CheckChoice) {
  const chosen = model.trim()
  return {
    source,
    apiType,
    ...(chosen === '' ? {} : { model: chosen }),
    probes: PROBES.filter((probe) => probes.includes(probe)),
  }
}
