import type { JournalEntry, JournalLine, LineState } from '@/src/domain/journal'
import type { Change } from '@/src/storage/vault'

import type { Journal } from '../automation/journal'
import { isDone } from './finding'

type Outcome = Partial<Omit<JournalLine, 'id'>> & { readonly state: LineState }

/** A journal entry at work: always as new as the last thing that happened, stored with it. */
export class RunLog {
  #entry: JournalEntry
  readonly #journal: Journal
  /** How its accounts stood when it was over last; `''` = it never was, or nothing was told. */
  #told: string

  constructor(entry: JournalEntry, journal: Journal) {
    this.#entry = entry
    this.#journal = journal
    this.#told = entry.endedAtMs === undefined ? '' : statesOf(entry)
  }

  get entry(): JournalEntry {
    return this.#entry
  }

  /** Accounts whose turn has not come, or is not over. */
  get waiting(): string[] {
    return this.#entry.lines.flatMap(({ id, state }) => (state === 'waiting' ? [id] : []))
  }

  become(change: Partial<JournalEntry>): void {
    this.#entry = { ...this.#entry, ...change }
  }

  /** Goes on with an entry that waits, or was over. */
  reopen(): void {
    const { endedAtMs: _, ...entry } = this.#entry
    this.#entry = { ...entry, state: 'running' }
  }

  /** Ends an entry whose accounts all are through. */
  close(nowMs: number, state = endState(this.#entry.lines)): void {
    this.become({ state, endedAtMs: nowMs })
  }

  /** Adds accounts, or puts those that were through back. */
  await(ids: readonly string[]): void {
    for (const id of ids) this.#set({ id, state: 'waiting' })
  }

  /** What was done stays so while it is looked whether another day has begun. */
  begin(id: string, nowMs: number): void {
    const known = this.#lineOf(id)
    if (!known || !isDone(known)) this.#set({ id, state: 'waiting', startedAtMs: nowMs })
  }

  end(id: string, outcome: Outcome, nowMs: number): void {
    const known = this.#lineOf(id)
    // The answer to the check-in itself tells more than a later look.
    if (known && isDone(known) && isDone(outcome) && outcome.by !== 'answer') return
    const startedAtMs = known?.startedAtMs ?? nowMs
    this.#set({ id, ...outcome, startedAtMs, endedAtMs: nowMs })
  }

  /** Whether it ended another way than the last time; asked for, it counts as told. */
  takeNews(): boolean {
    const before = this.#told
    this.#told = statesOf(this.#entry)
    return this.#told !== before
  }

  /** What is not through is not going to be. */
  skipWaiting(but: ReadonlySet<string> = new Set()): void {
    for (const id of this.waiting) if (!but.has(id)) this.#set({ id, state: 'skipped' })
  }

  /** The entry as it is now, as a part of a transaction. */
  change(): Change {
    return this.#journal.change(this.#entry)
  }

  noteChange(): void {
    this.#journal.noteChange()
  }

  put(): Promise<void> {
    return this.#journal.put(this.#entry)
  }

  #lineOf(id: string): JournalLine | undefined {
    return this.#entry.lines.find((line) => line.id === id)
  }

  #set(line: JournalLine): void {
    const { lines } = this.#entry
    this.become({
      lines: this.#lineOf(line.id)
        ? lines.map((one) => (one.id === line.id ? line : one))
        : [...lines, line],
    })
  }
}

/** What is told of an entry; that accounts were done already is no news. */
function statesOf({ lines }: JournalEntry): string {
  return lines.flatMap(({ id, state }) => (state === 'done-earlier' ? [] : `${id} ${state}`)).join()
}

const GOOD: ReadonlySet<LineState> = new Set(['done', 'done-earlier', 'not-offered', 'skipped'])

function endState(lines: readonly JournalLine[]): JournalEntry['state'] {
  const bad = lines.filter(({ state }) => !GOOD.has(state)).length
  if (bad === 0) return 'done'
  return bad < lines.filter(({ state }) => state !== 'skipped').length ? 'partly' : 'failed'
}
