import * as z from 'zod/mini'

import { settle } from '@/src/domain/failure'
import type { HelpOutcome, HelpProgress } from '@/src/domain/help'
import { createTurns } from '@/src/storage/turns'

/** How long the user may take over a site's check, ms; unseen pages get less. */
const PATIENCE_MS = { seen: 5 * 60_000, unseen: 60_000 } as const
/** Two requests each time: what they leave of the origin's budget is for the work itself. */
const LOOK_EVERY_MS = 5_000
/** A site that may be opened unseen is opened no more often than this, ms. */
export const AUTO_HELP_EVERY_MS = 6 * 3_600_000

/** A tab or window that was opened for a site. */
const placeSchema = z.object({
  tabId: z.int(),
  /** It was opened by us and is ours to close. */
  ours: z.boolean(),
})

export type Place = z.infer<typeof placeSchema>

const stateSchema = z.object({
  current: z.optional(
    z.object({
      origin: z.string(),
      unseen: z.boolean(),
      startedAtMs: z.int(),
      place: z.optional(placeSchema),
    }),
  ),
  queue: z.array(z.object({ origin: z.string(), unseen: z.boolean() })),
})

type State = z.infer<typeof stateSchema>

export interface HelpPorts {
  /** Opens the site, or finds its open tab; `unseen` never takes the focus. */
  readonly open: (origin: string, unseen: boolean) => Promise<Place>
  readonly close: (place: Place) => Promise<void>
  readonly isOpen: (place: Place) => Promise<boolean>
  /** Whether a request made in that tab now reaches the site itself. */
  readonly isThrough: (origin: string, place: Place) => Promise<boolean>
  /** Makes the requests that waited for the site, and resolves when they are over. */
  readonly run: (origin: string) => Promise<void>
  /** Sites whose accounts wait behind a protection page. */
  readonly challenged: () => Promise<readonly string[]>
  /** Whether the user allows opening this site unseen, and when that was done last. */
  readonly autoHelp: (origin: string) => Promise<{ allowed: boolean; lastMs: number }>
  readonly noteAutoHelp: (origin: string) => Promise<void>
  /** Survives the worker, not the browser: just as the tabs it speaks of. */
  readonly slot: { load(): Promise<unknown>; save(value: unknown): Promise<void> }
  readonly wake: { hold(): Promise<void>; release(): Promise<void> }
  readonly announce: (progress: HelpProgress) => void
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
}

/**
 * Takes accounts past protection pages: opens one site after the other because the user asked,
 * waits until its check is passed, makes the requests that waited, and closes what it opened.
 */
export interface ShieldHelp {
  start(origins: readonly string[]): Promise<void>
  /** Ends after the current site; what it opened is closed. */
  stop(): Promise<void>
  progress(): HelpProgress
  /** Opens unseen what the user allowed, if its time has come. Call when a refresh has ended. */
  considerUnseen(): Promise<void>
  /** Goes on where a dead worker stopped. */
  resume(): Promise<void>
}

export function createShieldHelp(ports: HelpPorts): ShieldHelp {
  let state: State = { queue: [] }
  let phase: 'opening' | 'waiting' | 'running' = 'opening'
  let ended: { origin: string; outcome: HelpOutcome }[] = []
  const flags: { working: boolean; stopping: boolean } = { working: false, stopping: false }
  const turns = createTurns()
  /** It may have become so during any await. */
  const isStopping = (): boolean => flags.stopping

  function progress(): HelpProgress {
    const { current, queue } = state
    return {
      ...(current ? { current: { origin: current.origin, phase, unseen: current.unseen } } : {}),
      left: queue.map(({ origin }) => origin),
      ended,
    }
  }

  async function become(next: State): Promise<void> {
    state = next
    ports.announce(progress())
    await ports.slot.save(next)
  }

  function enter(next: typeof phase): void {
    phase = next
    ports.announce(progress())
  }

  async function add(origins: readonly string[], unseen: boolean): Promise<void> {
    const known = [state.current?.origin, ...state.queue.map(({ origin }) => origin)]
    const fresh = origins.filter((origin) => !known.includes(origin))
    if (fresh.length === 0) return
    if (!flags.working) ended = []
    const queue = [...state.queue, ...fresh.map((origin) => ({ origin, unseen }))]
    await become({ ...state, queue })
    if (!flags.working) void work()
  }

  async function work(): Promise<void> {
    flags.working = true
    flags.stopping = false
    await ports.wake.hold()
    while (state.current ?? state.queue[0]) {
      const result = await settle(helpNext)
      const origin = state.current?.origin ?? ''
      ended = [...ended, { origin, outcome: result.ok ? result.value : 'gave-up' }]
      const { place } = state.current ?? {}
      if (place?.ours) await settle(() => ports.close(place))
      await become({ queue: isStopping() ? [] : state.queue })
    }
    flags.working = false
    await ports.wake.release()
  }

  async function helpNext(): Promise<HelpOutcome> {
    if (!state.current) {
      const [next, ...queue] = state.queue
      if (!next) return 'gave-up'
      phase = 'opening'
      await become({ current: { ...next, startedAtMs: ports.now() }, queue })
    }
    const current = state.current
    if (!current) return 'gave-up'
    const { origin, unseen } = current
    const place = current.place ?? (await ports.open(origin, unseen))
    await become({ ...state, current: { ...current, place } })
    enter('waiting')
    const patience = unseen ? PATIENCE_MS.unseen : PATIENCE_MS.seen
    while (!(await ports.isThrough(origin, place))) {
      if (!(await ports.isOpen(place))) return 'closed'
      if (isStopping() || ports.now() - current.startedAtMs > patience) return 'gave-up'
      await ports.sleep(LOOK_EVERY_MS)
    }
    enter('running')
    await ports.run(origin)
    return 'passed'
  }

  return {
    start: (origins) => turns.take(() => add(origins, false)),
    async stop() {
      flags.stopping = true
      await turns.take(() => become({ ...state, queue: [] }))
    },
    progress,
    considerUnseen: () =>
      turns.take(async () => {
        for (const origin of await ports.challenged()) {
          const { allowed, lastMs } = await ports.autoHelp(origin)
          if (!allowed || ports.now() - lastMs < AUTO_HELP_EVERY_MS) continue
          // Noted before it happens: a worker that dies here must not open it again and again.
          await ports.noteAutoHelp(origin)
          await add([origin], true)
        }
      }),
    resume: () =>
      turns.take(async () => {
        if (flags.working) return
        const stored = stateSchema.safeParse(await ports.slot.load())
        if (!stored.success || !(stored.data.current ?? stored.data.queue[0])) return
        state = stored.data
        void work()
      }),
  }
}
