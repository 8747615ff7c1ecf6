import { type Failure, settle } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import {
  type JournalEntry,
  type JournalLine,
  type JournalReason,
  slotOf,
} from '@/src/domain/journal'
import type { Notice } from '@/src/domain/notice'

import type { Chore } from '../automation/agenda-keeper'
import type { Journal } from '../automation/journal'

/** How far back a notice that was cut off is looked for. */
const LOOKED_AT = 50

/** Somewhere a notice goes. */
export interface Destination {
  /** Kind of the channel, or `browser`. */
  readonly id: string
  /** Why it is left out this time: it rests after a failure, or the browser does not let us. */
  readonly out?: 'resting' | Failure
  /** Never throws; `null` = it was taken. */
  readonly send: (notice: Notice) => Promise<Failure | null>
}

/** Sends notices to several places at once, each for itself, and writes the journal. */
export interface Rounds {
  send(places: readonly Destination[], notice: Notice, why: JournalReason): Promise<void>
  readonly chore: Chore
}

export function createRounds({
  journal,
  now,
}: {
  readonly journal: Pick<Journal, 'put' | 'list'>
  readonly now: () => number
}): Rounds {
  const underWay = new Set<string>()
  // A notice that cannot be written down is sent all the same.
  const put = (entry: JournalEntry) => settle(() => journal.put(entry))
  return {
    async send(places, notice, why) {
      const startedAtMs = now()
      const waiting = places.map(({ id }): JournalLine => ({ id, state: 'waiting' }))
      const entry: JournalEntry = {
        id: newId('run'),
        kind: 'notice',
        why,
        slot: slotOf(startedAtMs),
        state: 'running',
        startedAtMs,
        lines: waiting,
      }
      underWay.add(entry.id)
      await put(entry)
      const lines = await Promise.all(places.map((place) => lineOf(place, notice, now)))
      await put({ ...entry, state: stateOf(lines), endedAtMs: now(), lines })
      underWay.delete(entry.id)
    },
    chore: {
      async wakeUp() {
        const { entries } = await journal.list({ kinds: ['notice'], limit: LOOKED_AT })
        const cut = entries.filter(({ id, state }) => state === 'running' && !underWay.has(id))
        for (const entry of cut) await put(closed(entry, now()))
      },
      nextAtMs: () => Promise.resolve(null),
    },
  }
}

async function lineOf(
  { id, out, send }: Destination,
  notice: Notice,
  now: () => number,
): Promise<JournalLine> {
  if (out === 'resting') return { id, state: 'skipped' }
  if (out) return { id, state: 'failed', failure: out }
  const startedAtMs = now()
  const failure = await send(notice)
  const line = { id, startedAtMs, endedAtMs: now() }
  return failure ? { ...line, state: 'failed', failure } : { ...line, state: 'done' }
}

function stateOf(lines: readonly JournalLine[]): JournalEntry['state'] {
  const done = lines.filter(({ state }) => state === 'done').length
  if (done === lines.length) return 'done'
  return done > 0 ? 'partly' : 'failed'
}

/** Whether it arrived is not known, and a notice twice is worse than none. */
function closed(entry: JournalEntry, endedAtMs: number): JournalEntry {
  const lines = entry.lines.map((line): JournalLine =>
    line.state === 'waiting' ? { ...line, state: 'unknown' } : line,
  )
  return { ...entry, state: 'interrupted', endedAtMs, lines }
}
