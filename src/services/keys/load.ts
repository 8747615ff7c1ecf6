import { settle } from '@/src/domain/failure'

import type { Families } from './families'
import type { Listing } from './listing'
import type { KeyPorts } from './ports'

/** Loading of many accounts' lists in the background. */
export interface Load {
  /** Lists these accounts, or all that have keys; who is being listed already is not again. */
  start(accountIds?: readonly string[]): Promise<void>
  isLoading(accountId: string): boolean
  /** `null` = nothing is loading. In accounts. */
  progress(): { done: number; total: number } | null
  /** Resolves when nothing is loading any more. */
  idle(): Promise<void>
}

/**
 * Accounts of one origin one after another, origins side by side; each ends for itself, with its
 * keys or with its failure.
 */
export function createLoad(
  ports: Pick<KeyPorts, 'wake'>,
  families: Families,
  listing: Listing,
  announce: () => void,
): Load {
  const waiting = new Map<string, string[]>()
  const open = new Set<string>()
  let total = 0
  let ended: Promise<unknown> = Promise.resolve()

  async function walk(origin: string, queue: string[]): Promise<void> {
    await ports.wake.hold()
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const accountId = id
      // A failing disk ends this account's try and nobody else's.
      await settle(() => listing.listNow(accountId))
      open.delete(accountId)
      announce()
    }
    waiting.delete(origin)
    await ports.wake.release()
  }

  return {
    async start(accountIds) {
      const rows = await families.rows()
      const wanted = rows.filter(({ id }) => !open.has(id) && (accountIds?.includes(id) ?? true))
      if (open.size === 0) total = 0
      total += wanted.length
      for (const { id, origin } of wanted) {
        open.add(id)
        const queue = waiting.get(origin)
        queue?.push(id)
        if (queue) continue
        const fresh = [id]
        waiting.set(origin, fresh)
        // The others of this origin are added before the first step of it ends.
        const walking = Promise.resolve().then(() => walk(origin, fresh))
        ended = Promise.allSettled([ended, walking])
      }
      announce()
    },
    isLoading: (accountId) => open.has(accountId),
    progress: () => (open.size === 0 ? null : { done: total - open.size, total }),
    async idle() {
      while (open.size > 0) await ended
    },
  }
}
