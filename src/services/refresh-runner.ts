import { settle } from '@/src/domain/failure'
import type { JobProgress, RefreshJob } from '@/src/domain/job'
import { newId } from '@/src/domain/ids'
import type { Vault } from '@/src/storage/vault'

import type { AccountBook } from './account-book'
import type { RefreshOutcome } from './refresh-account'

/** Accounts asked at the same time; each needs one or two requests side by side. */
export const REFRESH_CONCURRENCY = 16
/** A job found at start that began longer ago than this is over: its figures would be news twice. */
const RESUME_MAX_AGE_MS = 3_600_000

/**
 * Runs refreshes as one job at a time. The job is a record, and which of its accounts are done is
 * written in their snapshots, in the same transaction as the figures: a worker that dies anywhere
 * resumes with exactly what is missing.
 */
export interface RefreshRunner {
  /**
   * Refreshes `ids`, or all enabled accounts. While a job runs it is joined: what waits in it
   * moves to its front, what it lacks or has done already is added.
   */
  start(ids?: readonly string[]): Promise<string>
  /** Lets running requests end and starts no more. */
  cancel(jobId: string): Promise<void>
  /** The running job, or the last one of this worker's life; waits for a resumed one. */
  progress(): Promise<JobProgress | null>
  /** Continues the job a dead worker left. Call at every worker start. */
  resume(): Promise<void>
}

export interface RunnerPorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly refresh: (id: string, jobId: string, signal: AbortSignal) => Promise<RefreshOutcome>
  readonly announce: (progress: JobProgress) => void
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  readonly now: () => number
}

interface Run {
  job: RefreshJob
  readonly waiting: string[]
  readonly busy: Set<string>
  readonly outcomes: Map<string, RefreshOutcome>
  readonly abort: AbortController
  ended: Promise<void>
}

export function createRefreshRunner(ports: RunnerPorts): RefreshRunner {
  let run: Run | undefined
  let last: JobProgress | null = null
  /** One start at a time, so that two clicks never make two jobs. */
  let starting: Promise<unknown> = Promise.resolve()
  let resumed: Promise<unknown> = Promise.resolve()

  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const next = starting.then(work, work)
    starting = next.catch(() => undefined)
    return next
  }

  function report(current: Run): void {
    last = progressOf(current)
    ports.announce(last)
  }

  async function launch(job: RefreshJob, waiting: string[], outcomes: Run['outcomes']) {
    await ports.wake.hold()
    const current: Run = {
      job,
      waiting,
      busy: new Set(),
      outcomes,
      abort: new AbortController(),
      ended: Promise.resolve(),
    }
    run = current
    report(current)
    current.ended = drain(current)
  }

  async function drain(current: Run): Promise<void> {
    const lanes = Array.from({ length: REFRESH_CONCURRENCY }, () => lane(current))
    await Promise.all(lanes)
    // Somebody may have joined while the last lanes were ending.
    if (current.waiting.length > 0) return drain(current)
    await finish(current)
  }

  async function lane(current: Run): Promise<void> {
    for (;;) {
      const id = current.waiting.shift()
      if (id === undefined) return
      if (current.job.state === 'stopping') {
        current.outcomes.set(id, 'skipped')
        continue
      }
      current.busy.add(id)
      const outcome = await ports
        .refresh(id, current.job.id, current.abort.signal)
        .catch((): RefreshOutcome => 'failed')
      current.busy.delete(id)
      current.outcomes.set(id, outcome)
      report(current)
    }
  }

  async function finish(current: Run): Promise<void> {
    current.job = { ...current.job, state: 'done', endedAtMs: ports.now() }
    run = undefined
    // A failing disk must not keep the worker awake for ever: the next start looks at the job again.
    await settle(async () => {
      await ports.book.flush()
      // A finished job has told everything through the snapshots; nothing of it is kept.
      await ports.vault.write([{ store: 'jobs', remove: current.job.id }])
    })
    await ports.wake.release()
    report(current)
  }

  async function join(current: Run, ids: readonly string[]): Promise<string> {
    const wanted = ids.filter((id) => !current.busy.has(id))
    const missing = wanted.filter((id) => !current.job.accountIds.includes(id))
    if (missing.length > 0) {
      current.job = { ...current.job, accountIds: [...current.job.accountIds, ...missing] }
      await ports.vault.write([{ store: 'jobs', put: current.job }])
    }
    for (const id of wanted) {
      const at = current.waiting.indexOf(id)
      if (at >= 0) current.waiting.splice(at, 1)
      current.outcomes.delete(id)
    }
    current.waiting.unshift(...wanted)
    if (run !== current) return begin(wanted)
    report(current)
    return current.job.id
  }

  async function begin(ids: readonly string[]): Promise<string> {
    const job: RefreshJob = {
      id: newId('job'),
      kind: 'refresh',
      startedAtMs: ports.now(),
      accountIds: [...new Set(ids)],
      state: 'running',
    }
    await ports.vault.write([{ store: 'jobs', put: job }])
    await launch(job, [...job.accountIds], new Map())
    return job.id
  }

  async function enabledIds(): Promise<string[]> {
    const { rows } = await ports.book.glance()
    return rows.filter((row) => !row.disabled).map((row) => row.id)
  }

  return {
    start: (ids) =>
      inOrder(async () => {
        if (run && ids === undefined && run.job.state === 'running') return run.job.id
        if (run && run.job.state === 'running') return join(run, ids ?? [])
        // A cancelled job is winding down: its last requests end within their time-out.
        await run?.ended
        return begin(ids ?? (await enabledIds()))
      }),
    async cancel(jobId) {
      if (run?.job.id !== jobId) return
      run.job = { ...run.job, state: 'stopping' }
      await ports.vault.write([{ store: 'jobs', put: run.job }])
      run.abort.abort()
    },
    async progress() {
      await resumed
      return last
    },
    resume() {
      const work = inOrder(async () => {
        if (run) return
        const { records } = await ports.vault.loadAll('jobs')
        for (const job of records) {
          const tooOld = ports.now() - job.startedAtMs > RESUME_MAX_AGE_MS
          if (run || tooOld || job.state !== 'running') {
            await ports.vault.write([{ store: 'jobs', remove: job.id }])
          } else {
            const outcomes = await outcomesOf(ports.book, job)
            const waiting = job.accountIds.filter((id) => !outcomes.has(id))
            await launch(job, waiting, outcomes)
          }
        }
        if (!run) void ports.wake.release()
      })
      resumed = work.catch(() => undefined)
      return work
    },
  }
}

async function outcomesOf(book: AccountBook, job: RefreshJob): Promise<Run['outcomes']> {
  const outcomes: Run['outcomes'] = new Map()
  for (const { account, snapshot } of await book.pages()) {
    if (snapshot.lastAttempt?.jobId !== job.id) continue
    outcomes.set(account.id, snapshot.lastAttempt.failure ? 'failed' : 'succeeded')
  }
  return outcomes
}

function progressOf({ job, outcomes }: Run): JobProgress {
  const count = (outcome: RefreshOutcome) =>
    [...outcomes.values()].filter((one) => one === outcome).length
  return {
    jobId: job.id,
    state: job.state,
    total: job.accountIds.length,
    succeeded: count('succeeded'),
    failed: count('failed'),
    skipped: count('skipped'),
    startedAtMs: job.startedAtMs,
  }
}
