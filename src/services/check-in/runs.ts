import { markNow } from '@/src/domain/check-in-mark'
import { settledEnd } from '@/src/domain/check-in-plan'
import { settle } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { type JournalEntry, slotOf } from '@/src/domain/journal'
import { createTurns } from '@/src/storage/turns'

import type { Attempts } from './attempts'
import { type Finding, isDone } from './finding'
import type { CheckInPorts } from './ports'
import { RunLog } from './run-log'
import type { Survey, Surveyed } from './survey'

/** A run that was found longer than this after its start is not gone on with, ms. */
const RESUME_MAX_AGE_MS = 6 * 3_600_000

/** Check-ins by hand, one run at a time; each is a journal entry, so it survives the worker. */
export interface Runs {
  /** Begins a run, or joins the one under way; resolves once it is written down. */
  run(accountIds?: readonly string[]): Promise<string>
  /** What is under way is finished; nothing new is begun. */
  stop(): Promise<void>
  /** Goes on with what an earlier worker left. */
  restore(entries: readonly JournalEntry[]): Promise<void>
  /** The run under way. */
  current(): JournalEntry | null
  idle(): Promise<void>
}

interface Parts {
  readonly attempts: Attempts
  readonly survey: () => Promise<Survey>
}

export function createRuns(ports: CheckInPorts, { attempts, survey }: Parts): Runs {
  const { now } = ports
  /** One command at a time, so that two clicks never make two runs. */
  const turns = createTurns()
  const crew = createCrew(ports, attempts)

  /** The entry, and a note that somebody has to look should the worker die: there is no plan now. */
  async function store(run: RunLog): Promise<void> {
    await ports.vault.write([run.change(), { store: 'agenda', remove: 'agenda' }])
    run.noteChange()
    ports.announce()
    ports.replan()
  }

  async function start(ids: readonly string[]): Promise<string> {
    const run = newRun(ports)
    run.await(ids)
    await store(run)
    await crew.begin(run)
    return run.entry.id
  }

  async function join(run: RunLog, ids: readonly string[]): Promise<string> {
    run.await(ids.filter((id) => !crew.isAt(id)))
    await store(run)
    // It may have ended while that was written.
    if (crew.current() !== run) return start(ids)
    crew.add(run, ids)
    return run.entry.id
  }

  async function takeUp(entry: JournalEntry): Promise<void> {
    const run = new RunLog(entry, ports.journal)
    const isYoung = Math.abs(now() - entry.startedAtMs) <= RESUME_MAX_AGE_MS
    if (isYoung && !crew.current()) return crew.begin(run)
    run.skipWaiting()
    run.close(now(), 'interrupted')
    return run.put()
  }

  return {
    run: (given) =>
      turns.take(async () => {
        await ports.forgive(given)
        const ids = [...new Set(given ?? notDone(await survey(), now()))]
        const running = crew.current()
        if (running?.entry.state === 'running') return join(running, ids)
        // One that was stopped is winding down.
        await crew.idle()
        return start(ids)
      }),
    stop: () =>
      turns.take(async () => {
        const run = crew.current()
        if (run?.entry.state !== 'running') return
        const begun = run.entry.lines.filter(({ startedAtMs }) => startedAtMs !== undefined)
        run.skipWaiting(new Set(begun.map(({ id }) => id)))
        run.close(now(), 'stopped')
        await run.put()
        ports.announce()
      }),
    restore: (entries) =>
      turns.take(async () => {
        for (const entry of entries) {
          if (entry.why === 'you' && entry.state === 'running') await takeUp(entry)
        }
      }),
    current: () => crew.current()?.entry ?? null,
    idle: crew.idle,
  }
}

/** Does the work of one run at a time. */
interface Crew {
  readonly current: () => RunLog | undefined
  begin(run: RunLog): Promise<void>
  /** Adds accounts to the run under way. */
  add(run: RunLog, ids: readonly string[]): void
  /** Whether an account of the run is at its turn or waits for it. */
  readonly isAt: (id: string) => boolean
  readonly idle: () => Promise<void>
}

function createCrew(ports: CheckInPorts, attempts: Attempts): Crew {
  let current: RunLog | undefined
  let ended: Promise<unknown> = Promise.resolve()
  const underWay = new Map<string, Promise<Finding | null>>()

  function add(run: RunLog, ids: readonly string[]): void {
    const order = { act: 'try', byHand: true, runId: run.entry.id } as const
    const mayBegin = () => run.entry.state === 'running'
    for (const id of ids) {
      if (!underWay.has(id)) underWay.set(id, attempts.attempt(id, order, run, mayBegin))
    }
  }

  async function finish(run: RunLog): Promise<void> {
    const done: string[] = []
    // Somebody may join while the others are asked.
    for (let [next] = underWay; next; [next] = underWay) {
      const [id, work] = next
      const finding = await settle(() => work)
      underWay.delete(id)
      if (finding.ok && finding.value?.state === 'done') done.push(id)
    }
    // From here on whoever joins begins a run of their own.
    current = undefined
    await settle(async () => {
      run.skipWaiting()
      if (run.entry.state === 'running') run.close(ports.now())
      await run.put()
      await ports.onEnded(run.entry)
    })
    if (done.length > 0) await settle(() => ports.refresh(done, 'check-in'))
    await ports.wake.release()
    ports.announce()
    ports.replan()
  }

  return {
    current: () => current,
    async begin(run) {
      await ports.wake.hold()
      current = run
      add(run, run.waiting)
      ended = settle(() => finish(run))
    },
    add,
    isAt: (id) => underWay.has(id),
    async idle() {
      await ended
    },
  }
}

function newRun({ now, journal }: CheckInPorts): RunLog {
  const startedAtMs = now()
  const entry: JournalEntry = {
    id: newId('run'),
    kind: 'check-in',
    why: 'you',
    slot: slotOf(startedAtMs),
    state: 'running',
    startedAtMs,
    lines: [],
  }
  return new RunLog(entry, journal)
}

/** Everything that takes part and is not known to be done. */
function notDone({ surveyed }: Survey, nowMs: number): string[] {
  const isLeft = ({ subject, record }: Surveyed) => {
    const { done, clock } = record
    if (!subject.takesPart || subject.isOffered === false) return false
    // What lists show as done is left to its plan, also where the site's day may just have ended.
    const mark = markNow(subject.page.snapshot.checkIn, nowMs)
    if (mark && isDone(mark)) return false
    return !done || nowMs >= settledEnd(clock, done).loMs
  }
  return surveyed.filter(isLeft).map(({ subject }) => subject.id)
}
