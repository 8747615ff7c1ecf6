import type { AccountBook } from './account-book'

export interface WatchPorts {
  readonly book: AccountBook
  readonly hasAccess: (origin: string) => Promise<boolean>
  readonly now: () => number
}

/** Lets every account whose site may no longer be reached say so at once, not at its next refresh. */
export async function markRevoked({ book, hasAccess, now }: WatchPorts): Promise<void> {
  const { rows } = await book.glance()
  for (const { id, origin, failure } of rows) {
    if (failure?.class === 'access' || (await hasAccess(origin))) continue
    await book.update(id, ({ snapshot }) => ({
      snapshot: {
        ...snapshot,
        lastAttempt: { atMs: now(), failure: { class: 'access', reason: 'revoked' } },
      },
    }))
  }
}

/** Accounts that can be asked again because access to their site came back. */
export async function reachableAgain({ book, hasAccess }: WatchPorts): Promise<string[]> {
  const { rows } = await book.glance()
  const waiting = rows.filter((row) => !row.disabled && row.failure?.class === 'access')
  const granted = await Promise.all(waiting.map(({ origin }) => hasAccess(origin)))
  return waiting.filter((_, at) => granted[at]).map(({ id }) => id)
}
