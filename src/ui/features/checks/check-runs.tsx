import { useTranslation } from 'react-i18next'

import type { CheckRun } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'

import { Age } from '../../components/age'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { ProgressBar } from '../../components/progress-bar'
import { CHECKS_KEY } from '../../queries/checks'
import { fetchFromWorker } from '../../queries/fetcher'
import { useChange } from '../../queries/use-change'
import { ProbeList } from './probe-list'

/** The run under way, and those before it. */
export function CheckRuns({ runs, source }: { runs: readonly CheckRun[]; source: KeySource }) {
  const { t } = useTranslation('checks')
  const clear = useChange(() => fetchFromWorker('checks.clear', { source }), CHECKS_KEY)
  const current = runs.find(({ state }) => state === 'running')
  const over = runs.filter(({ state }) => state !== 'running')
  return (
    <>
      {current && <Running run={current} />}
      <section className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-semibold">{t('history.title')}</h3>
          {over.length > 0 && (
            <Button size="s" variant="ghost" busy={clear.busy} onClick={() => void clear.run(null)}>
              {t('history.clear')}
            </Button>
          )}
        </div>
        {clear.failure && <FailureNotice failure={clear.failure} />}
        {over.length === 0 && <p className="text-text-2">{t('history.none')}</p>}
        {over.map((run, index) => (
          <Past key={run.id} run={run} open={index === 0 && current === undefined} />
        ))}
      </section>
    </>
  )
}

function Running({ run }: { run: CheckRun }) {
  const { t } = useTranslation('checks')
  const total = run.results.length
  const done = run.results.filter(({ state }) => state !== 'waiting' && state !== 'running').length
  return (
    <section className="flex flex-col gap-2">
      <p role="status" className="tabular-nums">
        {t('progress', { done, total })}
      </p>
      <ProgressBar value={done} max={total} label={t('progress-label')} />
      <Facts run={run} />
      <ProbeList results={run.results} label={t('probes')} />
    </section>
  )
}

function Past({ run, open }: { run: CheckRun; open: boolean }) {
  const { t } = useTranslation('checks')
  const passed = run.results.filter(({ state }) => state === 'pass').length
  return (
    <details open={open} className="rounded-control border border-line px-3 py-2">
      <summary>
        <Age atMs={run.startedAtMs} />
        {' · '}
        {t('passed', { passed, total: run.results.length })}
        {run.state === 'stopped' && ` · ${t('state.stopped')}`}
      </summary>
      <div className="mt-1 flex flex-col gap-1">
        <Facts run={run} />
        <ProbeList results={run.results} label={t('probes')} />
      </div>
    </details>
  )
}

/** As what, and with which model. */
function Facts({ run: { apiType, model } }: { run: CheckRun }) {
  const { t } = useTranslation('checks')
  return (
    <p className="text-12 wrap-anywhere text-text-2">
      {[t(`api-type.${apiType}`), model].filter(Boolean).join(' · ')}
    </p>
  )
}
