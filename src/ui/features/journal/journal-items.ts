import type { JournalEntry, LineState } from '@/src/domain/journal'

/** A job, and whether the day begins with it. */
export interface JournalItem {
  readonly entry: JournalEntry
  /** It is the first one shown of its day: the day's heading stands above it. */
  readonly isFirstOfDay: boolean
}

/** Jobs with their places under the headings of days. */
export function itemsOf(entries: readonly JournalEntry[]): JournalItem[] {
  let day = ''
  return entries.map((entry) => {
    const own = new Date(entry.startedAtMs).toDateString()
    const isFirstOfDay = own !== day
    day = own
    return { entry, isFirstOfDay }
  })
}

const BAD_LINES: ReadonlySet<LineState> = new Set(['failed', 'needs-you', 'unknown'])

/** Whether anything of a job did not come out as it should. */
export function hasProblem({ state, lines }: JournalEntry): boolean {
  return (
    state === 'partly' ||
    state === 'failed' ||
    state === 'interrupted' ||
    lines.some((line) => BAD_LINES.has(line.state))
  )
}

/** What needs a look first; the rest as it ran. */
export function linesToShow({ lines }: JournalEntry): JournalEntry['lines'] {
  const bad = lines.filter(({ state }) => BAD_LINES.has(state))
  return [...bad, ...lines.filter((line) => !bad.includes(line))]
}
