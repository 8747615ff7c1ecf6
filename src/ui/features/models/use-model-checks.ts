import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import type { ApiType } from '@/src/domain/api-types'
import type { CheckRun, ProbeResult } from '@/src/domain/check-run'
import type { KeySource } from '@/src/domain/credential'
import type { Failure } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'

import { CHECKS_KEY, checkRunsQuery } from '../../queries/checks'

/** How often a run that falls silent is asked for. */
const POLL_MS = 1000

export interface ModelChecks {
  /** Of the models that are verified now. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly stopping: boolean
  /** Why the verification of several models ended early. */
  readonly failure: Failure | null
  /** What verifying a model last came to. */
  readonly results: ReadonlyMap<string, ProbeResult>
  /** Verifies these models, one after the other; ends with the page. */
  readonly start: (models: readonly string[]) => void
  readonly stop: () => void
}

/** Verifies models of a credential, each by one short text. */
export function useModelChecks(credentialId: string, apiType: ApiType): ModelChecks {
  const source = useMemo((): KeySource => ({ kind: 'credential', credentialId }), [credentialId])
  const [progress, setProgress] = useState<ModelChecks['progress']>(null)
  const [stopping, setStopping] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const { runs, ended } = useRuns(source, progress !== null)
  /** What is verified now: whether to go on, and the run to stop. */
  const current = useRef<{ readonly end: AbortController; runId: string } | null>(null)
  useEffect(() => () => current.current?.end.abort(), [])

  const verify = useCallback(
    async (model: string, work: { readonly end: AbortController; runId: string }) => {
      // A key that is verified already, by whomever, answers with that run: then once more.
      for (;;) {
        const begun = await send('checks.start', { source, apiType, model, probes: ['text'] })
        if (!begun.ok) return begun.failure
        work.runId = begun.value.id
        const run = await ended(begun.value.id)
        if (work.end.signal.aborted || !run || run.model === model) return null
      }
    },
    [source, apiType, ended],
  )

  const start = useCallback(
    async (models: readonly string[]): Promise<void> => {
      if (current.current) return
      const work = { end: new AbortController(), runId: '' }
      current.current = work
      setFailure(null)
      for (const [done, model] of models.entries()) {
        if (work.end.signal.aborted) break
        setProgress({ done, total: models.length })
        const why = await verify(model, work)
        if (why) {
          setFailure(why)
          break
        }
      }
      current.current = null
      setProgress(null)
      setStopping(false)
    },
    [verify],
  )

  const stop = useCallback(() => {
    const work = current.current
    if (!work) return
    work.end.abort()
    setStopping(true)
    void send('checks.stop', { id: work.runId })
  }, [])

  const results = useMemo(() => resultsOf(runs), [runs])
  return { progress, stopping, failure, results, start: (models) => void start(models), stop }
}

interface Runs {
  readonly runs: readonly CheckRun[]
  /** Resolves when the run is over; to nothing where it is kept no more. */
  readonly ended: (id: string) => Promise<CheckRun | undefined>
}

interface Waiting {
  readonly id: string
  readonly resolve: (run: CheckRun | undefined) => void
}

const NONE: readonly CheckRun[] = []

function useRuns(source: KeySource, isWaiting: boolean): Runs {
  const client = useQueryClient()
  const { data: runs = NONE } = useQuery({
    ...checkRunsQuery(source),
    // Announcements come sooner; a worker that died makes none.
    refetchInterval: isWaiting ? POLL_MS : false,
  })
  const waiting = useRef<Waiting | null>(null)
  const look = useCallback((known: readonly CheckRun[]) => {
    const wanted = waiting.current
    const run = known.find(({ id }) => id === wanted?.id)
    if (!wanted || run?.state === 'running') return
    waiting.current = null
    wanted.resolve(run)
  }, [])
  useEffect(() => {
    look(runs)
  }, [runs, look])
  const ended = useCallback(
    async (id: string) => {
      // A list that was read before the run began does not know it.
      await client.invalidateQueries({ queryKey: CHECKS_KEY })
      return new Promise<CheckRun | undefined>((resolve) => {
        waiting.current = { id, resolve }
        look(client.getQueryData(checkRunsQuery(source).queryKey) ?? [])
      })
    },
    [client, source, look],
  )
  return { runs, ended }
}

/** Runs come newest first: the first word about a model is the last. */
function resultsOf(runs: readonly CheckRun[]): ReadonlyMap<string, ProbeResult> {
  const results = new Map<string, ProbeResult>()
  for (const { model, results: probes } of runs) {
    const text = probes.find(({ probe }) => probe === 'text')
    if (model !== undefined && text && !results.has(model)) results.set(model, text)
  }
  return results
}
