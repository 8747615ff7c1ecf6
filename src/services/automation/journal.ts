import { settle } from '@/src/domain/failure'
import {
  JOURNAL_KEPT,
  JOURNAL_KEPT_MS,
  type JournalEntry,
  type JournalKind,
} from '@/src/domain/journal'
import type { Change, Vault } from '@/src/storage/vault'

/** States of jobs that are not over. */
const OPEN: ReadonlySet<JournalEntry['state']> = new Set(['running', 'waiting'])

/** What ran, when, why and with what result; the job under way is a record among them. */
export interface Journal {
  /** Stores an entry as it is now. */
  put(entry: JournalEntry): Promise<void>
  /** The same, as a part of a transaction of the caller's, who calls {@link Journal.noteChange}. */
  readonly change: (entry: JournalEntry) => Change
  readonly noteChange: () => void
  /** The job of this kind that is not over, the newest if there were several. */
  open(kind: JournalKind): Promise<JournalEntry | undefined>
  /** Newest first; a record that cannot be opened is left out. */
  list(filter: {
    readonly kinds?: readonly JournalKind[] | undefined
    readonly beforeMs?: number | undefined
    readonly limit: number
  }): Promise<{ entries: JournalEntry[]; more: boolean }>
  /** Forgets what is too old, and the oldest where there are too many; damaged records go, too. */
  prune(): Promise<void>
}

export function createJournal({
  vault,
  announce,
  now,
}: {
  readonly vault: Vault
  /** Told at most as often as the caller likes: entries change by the second. */
  readonly announce: () => void
  readonly now: () => number
}): Journal {
  const newestFirst = async () => {
    const { records } = await vault.loadAll('journal')
    return records.sort((a, b) => b.startedAtMs - a.startedAtMs)
  }

  return {
    async put(entry) {
      await vault.write([{ store: 'journal', put: entry }])
      announce()
    },
    change: (entry) => ({ store: 'journal', put: entry }),
    noteChange: announce,
    async open(kind) {
      const entries = await newestFirst()
      return entries.find((entry) => entry.kind === kind && OPEN.has(entry.state))
    },
    async list({ kinds, beforeMs = Infinity, limit }) {
      const entries = (await newestFirst()).filter(
        ({ kind, startedAtMs }) =>
          startedAtMs < beforeMs && (kinds === undefined || kinds.includes(kind)),
      )
      return { entries: entries.slice(0, limit), more: entries.length > limit }
    },
    async prune() {
      await settle(async () => {
        const { records, damaged } = await vault.loadAll('journal')
        const over = records
          .filter(({ state }) => !OPEN.has(state))
          .sort((a, b) => b.startedAtMs - a.startedAtMs)
        const oldestMs = now() - JOURNAL_KEPT_MS
        const gone = over.filter(
          ({ startedAtMs }, at) => at >= JOURNAL_KEPT || startedAtMs < oldestMs,
        )
        await vault.write(
          [...gone, ...damaged].map(({ id }): Change => ({ store: 'journal', remove: id })),
        )
      })
    },
  }
}
