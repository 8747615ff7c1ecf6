import type { GlanceRow } from '@/src/domain/glance'
import type { JournalEntry, LineState } from '@/src/domain/journal'
import type { News } from '@/src/domain/news'

/** What a check-in run that is over has to tell. */
export function newsOfRun({ lines }: JournalEntry, rows: readonly GlanceRow[]): News[] {
  const count = (...states: readonly LineState[]) =>
    lines.filter(({ state }) => states.includes(state)).length
  const waiting = new Set(lines.flatMap(({ id, state }) => (state === 'needs-you' ? [id] : [])))
  return [
    {
      event: 'check-in-finished',
      counts: {
        done: count('done'),
        earlier: count('done-earlier'),
        notDone: count('not-done', 'failed'),
        needsYou: waiting.size,
        unknown: count('unknown'),
      },
    },
    {
      event: 'check-in-needs-you',
      accounts: rows
        .filter(({ id }) => waiting.has(id))
        .map(({ id, name, origin }) => ({ id, name, origin })),
    },
  ]
}
