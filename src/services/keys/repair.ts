import type { Repair } from '@/src/domain/chore'
import { settle } from '@/src/domain/failure'
import { createTurns } from '@/src/storage/turns'

import type { KeyParts } from './key-book'
import type { KeyPorts } from './ports'
import { joinRepair, newRepair, proven } from './repair-record'
import { runRepair } from './repair-run'
import { createRepairShelf } from './repair-shelf'

/**
 * Gets the full text of keys that lists hide, as one job at a time whose record tells where it
 * stands. It never waits for a site's limit by asking: it sleeps until the limit says.
 */
export interface RepairService {
  /** Begins, or joins the one that runs, waits or is paused. */
  start(accountIds?: readonly string[]): Promise<void>
  /** What is under way is finished; nothing new is begun. */
  pause(): Promise<void>
  resume(): Promise<void>
  cancel(): Promise<void>
  /** The one under way, or the last one. */
  state(): Promise<Repair | null>
  /** The account's site got a second factor: its keys go on. */
  proven(accountId: string): Promise<void>
  /** Goes on with what a dead worker left, or what is due now. Call at start and at each alarm. */
  wakeUp(): Promise<void>
  /** Resolves when nothing is under way any more: done, paused, or waiting for a site. */
  idle(): Promise<void>
}

const OPEN: ReadonlySet<Repair['state'] | undefined> = new Set(['running', 'waiting', 'paused'])

export function createRepair(
  ports: KeyPorts,
  parts: KeyParts,
  announce: () => void,
): RepairService {
  const { now } = ports
  const turns = createTurns()
  const shelf = createRepairShelf(ports.vault, announce)
  const runner = createRunner(ports, async (repair) => {
    const record = shelf.recordOf(repair)
    await runRepair({ ports, parts, record }, async (end) => {
      await shelf.become({ ...record.current(), ...end })
      await ports.wakeAt(end.resumeAtMs ?? null)
    })
  })

  async function goOn({ resumeAtMs: _, endedAtMs: __, ...rest }: Repair): Promise<void> {
    const repair: Repair = { ...rest, state: 'running' }
    await shelf.become(repair)
    runner.start(repair)
  }

  async function stop(repair: Repair, state: 'paused' | 'cancelled'): Promise<void> {
    const ended = state === 'cancelled' ? { endedAtMs: now() } : {}
    await shelf.become({ ...repair, ...ended, state })
    await ports.wakeAt(null)
  }

  /** One command at a time, so that two clicks never make two jobs. */
  const inTurn = (work: (repair: Repair | null) => Promise<void> | undefined) =>
    turns.take(async () => {
      await shelf.load()
      await work(shelf.current())
    })

  return {
    start: (given) =>
      inTurn(async () => {
        const accountIds = given ?? (await parts.families.rows()).map(({ id }) => id)
        const open = shelf.current()
        if (open && OPEN.has(open.state)) return goOn(joinRepair(open, accountIds))
        // One that was cancelled is still winding down.
        await runner.idle()
        const fresh = newRepair(accountIds, now())
        await shelf.replace(fresh)
        runner.start(fresh)
      }),
    pause: () =>
      inTurn((repair) => (repair && OPEN.has(repair.state) ? stop(repair, 'paused') : undefined)),
    resume: () =>
      inTurn(async (repair) => {
        if (repair?.state !== 'paused') return
        // What was under way when it was paused ends first.
        await runner.idle()
        await goOn(shelf.current() ?? repair)
      }),
    cancel: () =>
      inTurn((repair) =>
        repair && OPEN.has(repair.state) ? stop(repair, 'cancelled') : undefined,
      ),
    async state() {
      await shelf.load()
      return shelf.current()
    },
    proven: (accountId) =>
      inTurn((before) => {
        if (!before || before.state === 'cancelled') return undefined
        const after = proven(before, accountId)
        if (after === before) return undefined
        return before.state === 'paused' ? shelf.become(after) : goOn(after)
      }),
    wakeUp: () =>
      inTurn(async (repair) => {
        if (repair?.state === 'running') runner.start(repair)
        if (repair?.state !== 'waiting') return
        const { resumeAtMs = 0 } = repair
        if (resumeAtMs <= now()) await goOn(repair)
        else await ports.wakeAt(resumeAtMs)
      }),
    idle: runner.idle,
  }
}

interface Runner {
  /** Works on it, unless that is being done. */
  readonly start: (repair: Repair) => void
  readonly idle: () => Promise<void>
}

function createRunner(
  { wake }: Pick<KeyPorts, 'wake'>,
  work: (repair: Repair) => Promise<void>,
): Runner {
  let running: Promise<void> | undefined

  async function run(repair: Repair): Promise<void> {
    await wake.hold()
    const ended = await settle(async () => {
      await work(repair)
      // Before anybody else has a turn: whoever joins from here on starts a run of its own.
      running = undefined
    })
    // A disk that fails leaves the record as it is: the next start goes on with it.
    if (!ended.ok) running = undefined
    await wake.release()
  }

  return {
    start(repair) {
      running ??= run(repair)
    },
    async idle() {
      while (running) await running
    },
  }
}
