import { type GlanceRow, glanceRow } from '@/src/domain/glance'
import type { Change, Vault } from '@/src/storage/vault'

import type { AccountPage } from './account-book'

const GLANCE_ID = 'glance'
/** How long after the last change the list form is stored again, ms. */
const SETTLE_MS = 400

/**
 * The list form of all accounts: in memory while the worker lives, on disk as one derived record.
 * A change deletes that record in its own transaction (`invalidation`), so that after a crash the
 * list is built anew from the accounts and never shown stale.
 */
export interface GlanceShelf {
  /** The rows; `build` supplies the accounts where no derived record is left. */
  readonly rows: (build: () => Promise<AccountPage[]>) => Promise<Map<string, GlanceRow>>
  /** Replaces all rows. Inside `vault.exclusive` only. */
  readonly replace: (pages: readonly AccountPage[]) => void
  /** What every transaction that changes an account must carry. */
  readonly invalidation: Change
  /** Tells that such a transaction was written; the derived record follows soon. */
  readonly noteChange: () => void
  /** Stores the derived record now, if it is not stored. */
  readonly flush: () => Promise<void>
}

export function createGlanceShelf(vault: Vault): GlanceShelf {
  let rows: Map<string, GlanceRow> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined
  let isStored = false

  async function flush(): Promise<void> {
    clearTimeout(settling)
    await vault.exclusive(async () => {
      if (!rows || isStored) return
      await vault.write([{ store: 'derived', put: { id: GLANCE_ID, rows: [...rows.values()] } }])
      isStored = true
    })
  }

  function noteChange(): void {
    isStored = false
    clearTimeout(settling)
    settling = setTimeout(() => {
      flush().catch(() => {
        // The list form is a copy; the next cold start builds it from the accounts.
      })
    }, SETTLE_MS)
  }

  return {
    async rows(build) {
      if (rows) return rows
      return vault.exclusive(async () => {
        if (rows) return rows
        // A derived record that cannot be opened is no loss: it is made anew.
        const derived = await vault.load('derived', GLANCE_ID).catch(() => undefined)
        rows = derived ? new Map(derived.rows.map((row) => [row.id, row])) : rowsOf(await build())
        isStored = derived !== undefined
        if (!isStored) noteChange()
        return rows
      })
    },
    replace(pages) {
      rows = rowsOf(pages)
      noteChange()
    },
    invalidation: { store: 'derived', remove: GLANCE_ID },
    noteChange,
    flush,
  }
}

function rowsOf(pages: readonly AccountPage[]): Map<string, GlanceRow> {
  return new Map(pages.map(({ account, snapshot }) => [account.id, glanceRow(account, snapshot)]))
}
