import type { JobProgress, RefreshJob } from '@/src/domain/job'
import type { JournalLine } from '@/src/domain/journal'

import type { RefreshOutcome } from './refresh-account'

/** Accounts asked at the same time, each with two requests side by side. */
export const REFRESH_CONCURRENCY = 8
/** Accounts under way at once: while some are asked, others are read before it or stored after. */
const LANES = 2 * REFRESH_CONCURRENCY

const LINE_STATES = { succeeded: 'done', failed: 'failed', skipped: 'skipped' } as const

export interface RunPorts {
  readonly refresh: (id: string, jobId: string, signal: AbortSignal) => Promise<RefreshOutcome>
  readonly report: (progress: JobProgress) => void
}

/** One job at work: a queue of accounts, a fixed number of lanes that empty it, and the tally. */
export class RefreshRun {
  job: RefreshJob
  readonly #waiting: string[]
  readonly #outcomes: Map<string, RefreshOutcome>
  readonly #busy = new Set<string>()
  readonly #abort = new AbortController()
  readonly #ports: RunPorts

  /** @param outcomes what an earlier life of the worker has already done of the job */
  constructor(job: RefreshJob, outcomes: ReadonlyMap<string, RefreshOutcome>, ports: RunPorts) {
    this.job = job
    this.#outcomes = new Map(outcomes)
    this.#waiting = job.accountIds.filter((id) => !outcomes.has(id))
    this.#ports = ports
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** Works until every lane has found the queue empty. */
  async drain(): Promise<void> {
    await Promise.all(Array.from({ length: LANES }, () => this.#lane()))
  }

  /** Puts accounts at the front; those done already are done once more. */
  join(ids: readonly string[]): void {
    const wanted = ids.filter((id) => !this.#busy.has(id))
    for (const id of wanted) {
      const at = this.#waiting.indexOf(id)
      if (at >= 0) this.#waiting.splice(at, 1)
      this.#outcomes.delete(id)
    }
    this.#waiting.unshift(...wanted)
    this.report()
  }

  /** Starts nothing more and aborts what is under way. */
  stop(): void {
    this.job = { ...this.job, state: 'stopping' }
    this.#abort.abort()
    this.report()
  }

  /** What became of each account, for the journal. */
  lines(): JournalLine[] {
    return this.job.accountIds.map((id) => ({
      id,
      state: LINE_STATES[this.#outcomes.get(id) ?? 'skipped'],
    }))
  }

  report(): void {
    this.#ports.report(this.progress())
  }

  progress(): JobProgress {
    const tally = { succeeded: 0, failed: 0, skipped: 0 }
    for (const outcome of this.#outcomes.values()) tally[outcome] += 1
    const { id, state, accountIds, startedAtMs } = this.job
    const currentId = [...this.#busy].at(-1)
    return {
      jobId: id,
      state,
      total: accountIds.length,
      startedAtMs,
      ...tally,
      ...(currentId === undefined ? {} : { currentId }),
    }
  }

  async #lane(): Promise<void> {
    for (;;) {
      const id = this.#waiting.shift()
      if (id === undefined) return
      this.#busy.add(id)
      this.#outcomes.set(id, await this.#refresh(id))
      this.#busy.delete(id)
      this.report()
    }
  }

  async #refresh(id: string): Promise<RefreshOutcome> {
    const { signal } = this.#abort
    if (signal.aborted) return 'skipped'
    return this.#ports.refresh(id, this.job.id, signal).catch((): RefreshOutcome => 'failed')
  }
}
