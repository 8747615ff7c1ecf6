import { zoneOffset } from '@/src/domain/agenda'
import { settle } from '@/src/domain/failure'
import { createTurns } from '@/src/storage/turns'
import type { Vault } from '@/src/storage/vault'

/** Something that runs by itself. Each keeps its own durable records; a failing one stops no other. */
export interface Chore {
  /**
   * Goes on with what a dead worker left and begins what is due. Resolves when that is begun, not
   * when it is over.
   */
  wakeUp(): Promise<void>
  /** When it has something to do next, epoch ms; `null` = nothing is planned. */
  nextAtMs(): Promise<number | null>
}

export interface AgendaKeeper {
  /** Lets every chore look, then plans. */
  wakeUp(): Promise<void>
  /** Plans anew after something changed what is due; cheap to call often. */
  replan(): void
}

/** The soonest the worker is woken again, ms; packed extensions get no alarm sooner. */
const REST_MS = 30_000
const ASK_AGAIN_MS = 10 * 60_000

export interface KeeperPorts {
  readonly vault: Vault
  readonly chores: readonly Chore[]
  /** Whether something wants to know when accounts change. */
  readonly watches: () => Promise<boolean>
  readonly wakeAt: (atMs: number | null) => Promise<void>
  readonly now: () => number
}

/** Keeps the agenda: the one thing a starting worker reads to know whether anything is due. */
export function createAgendaKeeper(ports: KeeperPorts): AgendaKeeper {
  const { vault, chores, now } = ports
  const turns = createTurns()
  let isAsked = false

  async function plan(): Promise<void> {
    const times = await Promise.all(chores.map((chore) => settle(() => chore.nextAtMs())))
    // What cannot say when it is due is asked again soon.
    const due = times.flatMap((time) => (time.ok ? (time.value ?? []) : now() + ASK_AGAIN_MS))
    const plannedAtMs = now()
    // What is due already is under way, or has to wait for something: never a tight loop.
    const nextAtMs = due.length === 0 ? null : Math.max(Math.min(...due), plannedAtMs + REST_MS)
    await vault.write([
      {
        store: 'agenda',
        put: {
          id: 'agenda',
          plannedAtMs,
          zoneMin: zoneOffset(plannedAtMs),
          nextAtMs,
          watches: await ports.watches(),
        },
      },
    ])
    await ports.wakeAt(nextAtMs)
  }

  return {
    wakeUp: () =>
      turns.take(async () => {
        for (const chore of chores) await settle(() => chore.wakeUp())
        await plan()
      }),
    replan() {
      if (isAsked) return
      isAsked = true
      void settle(() =>
        turns.take(() => {
          isAsked = false
          return plan()
        }),
      )
    },
  }
}
