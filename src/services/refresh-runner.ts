import { settle } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { newId } from '@/src/domain/ids'
import type { JobProgress, RefreshJob } from '@/src/domain/job'
import { type JournalEntry, type JournalReason, slotOf } from '@/src/domain/journal'
import { createTurns } from '@/src/storage/turns'
import type { Change, Vault } from '@/src/storage/vault'

import type { AccountBook } from './account-book'
import type { RefreshOutcome } from './refresh-account'
import { RefreshRun, type RunPorts } from './refresh-run'

/** A job found at start that began longer ago than this is over, ms. */
const RESUME_MAX_AGE_MS = 3_600_000

/**
 * Runs refreshes as one job at a time. The job is a record, and which of its accounts are done is
 * written in their snapshots, in the same transaction as the figures: a worker that dies anywhere
 * resumes with exactly what is missing.
 */
export interface RefreshRunner {
  /**
   * Refreshes `ids`, or all enabled accounts. While a job runs it is joined: what waits in it
   * moves to its front, what it lacks or has done already is added. `why` absent = asked by hand.
   */
  start(ids?: readonly string[], why?: JournalReason): Promise<string>
  cancel(jobId: string): Promise<void>
  /** The running job, or the last one of this worker's life; waits for a resumed one. */
  progress(): Promise<JobProgress | null>
  /** Calls `listener` whenever a job has ended. */
  onEnd(listener: () => Promise<void>): void
  /** Resolves when no job is running any more. */
  idle(): Promise<void>
  /** Continues the job a dead worker left, once `ready`. Call at every worker start. */
  resume(ready?: Promise<unknown>): Promise<void>
}

export interface RunnerPorts {
  readonly vault: Vault
  readonly book: AccountBook
  readonly refresh: RunPorts['refresh']
  readonly announce: (progress: JobProgress) => void
  /** Keeps the worker alive while a job runs, and wakes it should it die all the same. */
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  readonly now: () => number
}

export function createRefreshRunner(ports: RunnerPorts): RefreshRunner {
  const { vault, book, wake, now } = ports
  let run: RefreshRun | undefined
  let ended: Promise<void> = Promise.resolve()
  let last: JobProgress | null = null
  let onEnd: () => Promise<void> = () => Promise.resolve()
  /** One start at a time, so that two clicks never make two jobs. */
  const turns = createTurns()
  let resumed: Promise<unknown> = Promise.resolve()

  function report(progress: JobProgress): void {
    last = progress
    ports.announce(progress)
  }

  const store = (job: RefreshJob) => vault.write([{ store: 'jobs', put: job }])

  async function launch(job: RefreshJob, outcomes: ReadonlyMap<string, RefreshOutcome>) {
    await wake.hold()
    const current = new RefreshRun(job, outcomes, { refresh: ports.refresh, report })
    run = current
    current.report()
    ended = finish(current)
  }

  async function finish(current: RefreshRun): Promise<void> {
    // Somebody may join between the end of a drain and here; from the next line on nobody can.
    while (current.isWaiting) await current.drain()
    run = undefined
    // A failing disk must not keep the worker awake for ever: the next start looks at the job again.
    await settle(async () => {
      await book.flush()
      const { rows } = await book.glance()
      await vault.write(endOf(current, rows, now()))
    })
    await wake.release()
    report({ ...current.progress(), state: 'done' })
    void settle(onEnd)
  }

  async function begin(ids: readonly string[], why: JournalReason): Promise<string> {
    const job = newJob(ids, why, now())
    await store(job)
    await launch(job, new Map())
    return job.id
  }

  async function join(
    current: RefreshRun,
    ids: readonly string[],
    why: JournalReason,
  ): Promise<string> {
    const missing = ids.filter((id) => !current.job.accountIds.includes(id))
    if (missing.length > 0) {
      current.job = { ...current.job, accountIds: [...current.job.accountIds, ...missing] }
      await store(current.job)
    }
    // It may have ended while the record was written.
    if (run !== current) return begin(ids, why)
    current.join(ids)
    return current.job.id
  }

  async function resumeStored(): Promise<void> {
    if (run) return
    const { records } = await vault.loadAll('jobs')
    const isDue = (job: RefreshJob) =>
      job.state === 'running' && now() - job.startedAtMs <= RESUME_MAX_AGE_MS
    const due = records.find(isDue)
    const over = records.filter((job) => job !== due)
    await vault.write(over.map(({ id }) => ({ store: 'jobs', remove: id })))
    if (due) await launch(due, await outcomesOf(book, due))
    else void wake.release()
  }

  return {
    start: (ids, why = 'you') =>
      turns.take(async () => {
        if (run?.job.state === 'running') {
          return ids === undefined ? run.job.id : join(run, ids, why)
        }
        // A cancelled job is winding down.
        await ended
        return begin(ids ?? (await enabledIds(book)), why)
      }),
    async cancel(jobId) {
      const current = run
      if (current?.job.id !== jobId) return
      current.stop()
      await store(current.job)
    },
    onEnd(listener) {
      onEnd = listener
    },
    async idle() {
      while (run) await ended
    },
    async progress() {
      await resumed
      return last
    },
    resume(ready) {
      const work = turns.take(async () => {
        await ready
        await resumeStored()
      })
      resumed = work.catch(() => undefined)
      return work
    },
  }
}

/** A finished job has told everything through the snapshots; the journal keeps that it ran. */
function endOf(run: RefreshRun, rows: readonly GlanceRow[], nowMs: number): Change[] {
  return [
    { store: 'jobs', remove: run.job.id },
    { store: 'journal', put: journalOf(run, rows, nowMs) },
  ]
}

function newJob(ids: readonly string[], why: JournalReason, nowMs: number): RefreshJob {
  return {
    id: newId('job'),
    kind: 'refresh',
    startedAtMs: nowMs,
    accountIds: [...new Set(ids)],
    why,
    state: 'running',
  }
}

function journalOf(run: RefreshRun, rows: readonly GlanceRow[], nowMs: number): JournalEntry {
  const failures = new Map(rows.map(({ id, failure }) => [id, failure]))
  const lines = run.lines().map((line) => {
    const failure = line.state === 'failed' && failures.get(line.id)
    return failure ? { ...line, failure } : line
  })
  const failedLines = lines.filter(({ state }) => state === 'failed')
  const state =
    failedLines.length === 0 ? 'done' : failedLines.length < lines.length ? 'partly' : 'failed'
  const { id, why = 'you', startedAtMs } = run.job
  return {
    id,
    kind: 'refresh',
    why,
    slot: slotOf(startedAtMs),
    state: run.job.state === 'stopping' ? 'stopped' : state,
    startedAtMs,
    endedAtMs: nowMs,
    lines,
  }
}

async function enabledIds(book: AccountBook): Promise<string[]> {
  const { rows } = await book.glance()
  return rows.filter((row) => !row.disabled).map((row) => row.id)
}

async function outcomesOf(
  book: AccountBook,
  job: RefreshJob,
): Promise<Map<string, RefreshOutcome>> {
  const outcomes = new Map<string, RefreshOutcome>()
  for (const { account, snapshot } of await book.pages()) {
    if (snapshot.lastAttempt?.jobId !== job.id) continue
    outcomes.set(account.id, snapshot.lastAttempt.failure ? 'failed' : 'succeeded')
  }
  return outcomes
}
