import * as z from 'zod/mini'

import { raise } from '@/src/domain/failure'

import type { Sleep } from './sleep'

export type BudgetKind = 'general' | 'critical'

/**
 * What we allow ourselves per origin. Servers count 180 requests in 180 s and, in one bucket shared
 * with the user's own login, 20 in 1200 s (`contracts/new-api.md 1.5`): the rest stays for the
 * user's tabs.
 */
const LIMITS = {
  general: { requests: 120, windowMs: 180_000, inFlight: 4 },
  critical: { requests: 15, windowMs: 1_200_000 },
} as const

/** Longest a general request waits for its place in the window. */
const LONGEST_WAIT_MS = 10_000

const stateSchema = z.object({
  /** Epoch ms of the requests still inside the window, oldest first. */
  starts: z.object({ general: z.array(z.int()), critical: z.array(z.int()) }),
  /** Epoch ms, 0 = not paused. */
  pausedUntil: z.object({ general: z.int(), critical: z.int() }),
})

export type OriginBudgetState = z.infer<typeof stateSchema>

/** A stored state; whatever cannot be read counts as nothing sent yet. */
export function parseBudgetState(stored: unknown): Record<string, OriginBudgetState> {
  const parsed = z.record(z.string(), stateSchema).safeParse(stored)
  return parsed.success ? parsed.data : {}
}

interface Surroundings {
  readonly now: () => number
  readonly sleep: Sleep
  readonly signal?: AbortSignal
}

/** The two budgets of one origin and its in-flight slots. */
export class OriginBudget {
  readonly #starts: { general: number[]; critical: number[] }
  readonly #pausedUntil: { general: number; critical: number }
  #inFlight = 0
  readonly #queue: (() => void)[] = []

  constructor(state?: OriginBudgetState) {
    this.#starts = {
      general: [...(state?.starts.general ?? [])],
      critical: [...(state?.starts.critical ?? [])],
    }
    this.#pausedUntil = { general: 0, critical: 0, ...state?.pausedUntil }
  }

  async acquire(kind: BudgetKind, around: Surroundings): Promise<() => void> {
    if (kind === 'critical') return this.#acquireCritical(around.now())
    await this.#takeSlot(around.signal)
    try {
      await this.#takeGeneral(around)
    } catch (thrown) {
      this.#giveSlot()
      throw thrown
    }
    return once(() => {
      this.#giveSlot()
    })
  }

  pause(kind: BudgetKind, untilMs: number): void {
    this.#pausedUntil[kind] = Math.max(this.#pausedUntil[kind], Math.ceil(untilMs))
  }

  state(): OriginBudgetState {
    return {
      starts: { general: [...this.#starts.general], critical: [...this.#starts.critical] },
      pausedUntil: { ...this.#pausedUntil },
    }
  }

  /** Whether forgetting the origin changes nothing. */
  isIdle(nowMs: number): boolean {
    if (this.#inFlight > 0 || this.#queue.length > 0) return false
    if (Math.max(this.#pausedUntil.general, this.#pausedUntil.critical) > nowMs) return false
    this.#prune(nowMs)
    return this.#starts.general.length + this.#starts.critical.length === 0
  }

  #acquireCritical(nowMs: number): () => void {
    const freeAt = Math.max(this.#freeAt('critical', nowMs), this.#pausedUntil.general)
    if (freeAt > nowMs) this.#refuse('critical', freeAt, nowMs)
    this.#starts.critical.push(nowMs)
    // The server's general limiter counts every call.
    this.#starts.general.push(nowMs)
    return () => undefined
  }

  async #takeGeneral({ now, sleep, signal }: Surroundings): Promise<void> {
    const deadline = now() + LONGEST_WAIT_MS
    for (;;) {
      signal?.throwIfAborted()
      const nowMs = now()
      const freeAt = this.#freeAt('general', nowMs)
      if (freeAt <= nowMs) {
        this.#starts.general.push(nowMs)
        return
      }
      if (freeAt > deadline) this.#refuse('general', freeAt, nowMs)
      await sleep(freeAt - nowMs, signal)
    }
  }

  /** Epoch ms at which one more request fits; not after `nowMs` = now. */
  #freeAt(kind: BudgetKind, nowMs: number): number {
    this.#prune(nowMs)
    const { requests, windowMs } = LIMITS[kind]
    const starts = this.#starts[kind]
    // With n starts too many, the n-th oldest has to leave the window first.
    const blocking = starts[starts.length - requests]
    return Math.max(this.#pausedUntil[kind], blocking === undefined ? 0 : blocking + windowMs)
  }

  #prune(nowMs: number): void {
    for (const kind of ['general', 'critical'] as const) {
      const since = nowMs - LIMITS[kind].windowMs
      // A clock that was set back must not lock the origin for as long as it was wrong.
      this.#starts[kind] = this.#starts[kind]
        .map((start) => Math.min(start, nowMs))
        .filter((start) => start > since)
    }
  }

  #refuse(kind: BudgetKind, freeAt: number, nowMs: number): never {
    const pausedUntil = Math.max(this.#pausedUntil[kind], this.#pausedUntil.general)
    const reason = pausedUntil > nowMs ? 'site-asked' : 'budget'
    return raise({ class: 'limit', reason, retryAtMs: freeAt })
  }

  async #takeSlot(signal: AbortSignal | undefined): Promise<void> {
    if (this.#inFlight < LIMITS.general.inFlight) {
      this.#inFlight += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1)
        reject(signal?.reason as Error)
      }
      this.#queue.push(enter)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** Hands the slot to the longest waiting caller, or frees it. */
  #giveSlot(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.#inFlight -= 1
  }
}

function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}
