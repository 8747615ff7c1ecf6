import type { AccountRecord } from '@/src/domain/account'
import { raise } from '@/src/domain/failure'
import { type GlanceRow, glanceRow } from '@/src/domain/glance'
import { emptySnapshot, type SnapshotRecord } from '@/src/domain/snapshot'
import type { Change, Damaged, Vault } from '@/src/storage/vault'

const GLANCE_ID = 'glance'
/** How long after the last change the list form is stored again. */
const SETTLE_MS = 400

/** One account with everything known about it. */
export interface AccountPage {
  readonly account: AccountRecord
  readonly snapshot: SnapshotRecord
}

/**
 * All reads and writes of accounts. Keeps the list form (`GlanceRow`s) in memory while the worker
 * lives, and on disk as one derived record, so that a cold popup opens one record however many
 * accounts there are. Any change deletes the derived record in its own transaction: after a crash
 * the list is built anew from the accounts, never shown stale.
 */
export interface AccountBook {
  glance(): Promise<{ rows: GlanceRow[]; damaged: Damaged[] }>
  /** @throws `not-found`, or `storage` when the record cannot be opened. */
  page(id: string): Promise<AccountPage>
  pages(): Promise<AccountPage[]>
  /**
   * Reads an account, lets `change` decide, and writes what it returns, with nothing in between.
   * `null` from `change` writes nothing. A missing account calls nothing and resolves `false`.
   */
  update(id: string, change: (page: AccountPage) => BookChange | null): Promise<boolean>
  /** @throws `input`/`duplicate` (field `userId`) when that user of that origin is stored. */
  add(page: AccountPage): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  removeDamaged(records: readonly { store: string; id: string }[]): Promise<void>
  /** Opens every record once, so that damage shows even where nothing reads the record. */
  audit(): Promise<void>
  /** Stores the list form now. */
  flush(): Promise<void>
}

export interface BookChange {
  readonly account?: AccountRecord
  readonly snapshot?: SnapshotRecord
  /** Further records of the same transaction. */
  readonly also?: readonly Change[]
}

export interface BookParts {
  readonly vault: Vault
  readonly announce: (ids: readonly string[]) => void
}

export function createAccountBook({ vault, announce }: BookParts): AccountBook {
  let rows: Map<string, GlanceRow> | undefined
  let damaged: Damaged[] = []
  let settling: ReturnType<typeof setTimeout> | undefined
  let stored = false

  async function readAll(): Promise<AccountPage[]> {
    const [accounts, snapshots] = await Promise.all([
      vault.loadAll('accounts'),
      vault.loadAll('snapshots'),
    ])
    damaged = [...accounts.damaged, ...snapshots.damaged]
    const byId = new Map(snapshots.records.map((snapshot) => [snapshot.id, snapshot]))
    return accounts.records.map((account) => ({
      account,
      snapshot: byId.get(account.id) ?? emptySnapshot(account.id),
    }))
  }

  function rowsOf(pages: readonly AccountPage[]): Map<string, GlanceRow> {
    return new Map(pages.map(({ account, snapshot }) => [account.id, glanceRow(account, snapshot)]))
  }

  async function currentRows(): Promise<Map<string, GlanceRow>> {
    if (rows) return rows
    return vault.exclusive(async () => {
      if (rows) return rows
      // A derived record that cannot be opened is no loss: it is made anew.
      const derived = await vault.load('derived', GLANCE_ID).catch(() => undefined)
      stored = derived !== undefined
      rows = derived ? new Map(derived.rows.map((row) => [row.id, row])) : rowsOf(await readAll())
      if (!stored) settle()
      return rows
    })
  }

  async function flush(): Promise<void> {
    clearTimeout(settling)
    settling = undefined
    await vault.exclusive(async () => {
      if (!rows || stored) return
      await vault.write([{ store: 'derived', put: { id: GLANCE_ID, rows: [...rows.values()] } }])
      stored = true
    })
  }

  function settle(): void {
    clearTimeout(settling)
    settling = setTimeout(() => {
      flush().catch(() => {
        // The list form is a copy; the next cold start builds it from the accounts.
      })
    }, SETTLE_MS)
  }

  /** Inside `exclusive` only. */
  async function commit(changes: readonly Change[]): Promise<void> {
    await vault.write([...changes, { store: 'derived', remove: GLANCE_ID }])
    stored = false
    settle()
  }

  async function open(id: string): Promise<AccountPage | undefined> {
    const [account, snapshot] = await Promise.all([
      vault.load('accounts', id),
      vault.load('snapshots', id).catch(() => undefined),
    ])
    return account && { account, snapshot: snapshot ?? emptySnapshot(id) }
  }

  return {
    async glance() {
      return { rows: [...(await currentRows()).values()], damaged }
    },
    async page(id) {
      return (await open(id)) ?? raise({ class: 'not-found', reason: 'account' })
    },
    async pages() {
      const before = damaged.length
      const pages = await vault.exclusive(readAll)
      if (damaged.length !== before) announce([])
      return pages
    },
    async update(id, change) {
      const known = await currentRows()
      return vault.exclusive(async () => {
        const page = await open(id)
        const next = page && change(page)
        if (!page || !next) return page !== undefined
        await commit([
          ...(next.account ? [{ store: 'accounts', put: next.account } as const] : []),
          ...(next.snapshot ? [{ store: 'snapshots', put: next.snapshot } as const] : []),
          ...(next.also ?? []),
        ])
        known.set(id, glanceRow(next.account ?? page.account, next.snapshot ?? page.snapshot))
        announce([id])
        return true
      })
    },
    async add({ account, snapshot }) {
      const known = await currentRows()
      await vault.exclusive(async () => {
        const { origin, userId } = account.decided
        for (const row of known.values()) {
          if (row.origin === origin && row.userId === userId) {
            raise({ class: 'input', reason: 'duplicate', field: 'userId' })
          }
        }
        await commit([
          { store: 'accounts', put: account },
          { store: 'snapshots', put: snapshot },
        ])
        known.set(account.id, glanceRow(account, snapshot))
      })
      announce([account.id])
    },
    async remove(ids) {
      const known = await currentRows()
      await vault.exclusive(async () => {
        await commit(ids.flatMap(removalOf))
        for (const id of ids) known.delete(id)
      })
      announce(ids)
    },
    async removeDamaged(records) {
      await vault.exclusive(async () => {
        const listed = damaged.filter((one) =>
          records.some((record) => record.store === one.store && record.id === one.id),
        )
        await commit(listed.map(({ store, id }) => ({ store, remove: id }) as Change))
        damaged = damaged.filter((one) => !listed.includes(one))
        rows = undefined
      })
      announce([])
    },
    async audit() {
      const before = damaged.length
      await vault.exclusive(async () => {
        const pages = await readAll()
        if (damaged.length === before) return
        rows = rowsOf(pages)
        stored = false
        settle()
      })
      if (damaged.length !== before) announce([])
    },
    flush,
  }
}

function removalOf(id: string): Change[] {
  return [
    { store: 'accounts', remove: id },
    { store: 'snapshots', remove: id },
    { store: 'bonds', remove: id },
  ]
}
