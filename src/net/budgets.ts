import { failureOf, raise } from '@/src/domain/failure'

import {
  type BudgetKind,
  OriginBudget,
  parseBudgetState,
  type OriginBudgetState,
} from './origin-budget'
import { type Sleep, sleep as platformSleep } from './sleep'

export type { BudgetKind } from './origin-budget'

/** The state of all budgets by origin; no secret in it. */
export type BudgetState = Readonly<Record<string, OriginBudgetState>>

/** Keeps all requests of this browser to one origin inside what its server allows. */
export interface OriginBudgets {
  /**
   * Takes one request's place; the returned function gives its in-flight slot back.
   *
   * @throws `limit` with `retryAtMs` (`budget`: ours is used up; `site-asked`: the site told us to
   *   wait) or `cancelled`.
   */
  acquire(origin: string, kind: BudgetKind, signal?: AbortSignal): Promise<() => void>
  /** The site asked for silence until then. A pause of `general` holds back `critical` too. */
  pause(origin: string, kind: BudgetKind, untilMs: number): void
  snapshot(): BudgetState
}

interface BudgetsOptions {
  readonly now: () => number
  /** For tests; default: the platform's timer. */
  readonly sleep?: Sleep
  /** The last saved state, so that a restarted worker goes on counting; parsed before use. */
  readonly load?: () => Promise<unknown>
  /** Called after changes with the newest state, one call at a time and at most once a second. */
  readonly save?: (state: BudgetState) => Promise<void>
}

const SAVE_INTERVAL_MS = 1_000
const DROP_INTERVAL_MS = 30_000

export function createBudgets(options: BudgetsOptions): OriginBudgets {
  const { now, sleep = platformSleep } = options
  const origins = new Map<string, OriginBudget>()
  const saveSoon = createSaver(options, snapshot)
  let dropAtMs = 0
  let loading: Promise<void> | undefined

  async function restore(): Promise<void> {
    const stored = await options.load?.().catch(() => undefined)
    for (const [origin, state] of Object.entries(parseBudgetState(stored))) {
      origins.set(origin, new OriginBudget(state))
    }
  }

  function budgetOf(origin: string): OriginBudget {
    const known = origins.get(origin) ?? new OriginBudget()
    origins.set(origin, known)
    return known
  }

  function dropIdle(): void {
    // Looking at every origin for every request would cost more than the memory it frees.
    if (now() < dropAtMs) return
    dropAtMs = now() + DROP_INTERVAL_MS
    for (const [origin, budget] of origins) if (budget.isIdle(now())) origins.delete(origin)
  }

  function snapshot(): BudgetState {
    dropIdle()
    return Object.fromEntries([...origins].map(([origin, budget]) => [origin, budget.state()]))
  }

  return {
    async acquire(origin, kind, signal) {
      await (loading ??= restore())
      dropIdle()
      try {
        signal?.throwIfAborted()
        return await budgetOf(origin).acquire(kind, { now, sleep, ...(signal ? { signal } : {}) })
      } catch (thrown) {
        if (signal?.aborted) return raise({ class: 'cancelled' }, thrown)
        return raise(failureOf(thrown), thrown)
      } finally {
        // The critical bucket is the user's own way in: its count must not die with the worker.
        if (kind === 'critical') void options.save?.(snapshot()).catch(() => undefined)
        else saveSoon()
      }
    },
    pause(origin, kind, untilMs) {
      budgetOf(origin).pause(kind, untilMs)
      saveSoon()
    },
    snapshot,
  }
}

/**
 * Writes the newest state, never two writes at once and never two within a second: with hundreds
 * of origins the state is large. A lost write costs precision, not safety.
 */
function createSaver({ save, sleep = platformSleep }: BudgetsOptions, snapshot: () => BudgetState) {
  let writing = false
  let changed = false
  async function write(saveState: NonNullable<BudgetsOptions['save']>): Promise<void> {
    writing = true
    while (changed) {
      await sleep(SAVE_INTERVAL_MS)
      changed = false
      await saveState(snapshot()).catch(() => undefined)
    }
    writing = false
  }
  return () => {
    if (!save) return
    changed = true
    if (!writing) void write(save)
  }
}
