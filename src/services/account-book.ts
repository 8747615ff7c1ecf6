import type { AccountRecord } from '@/src/domain/account'
import { raise } from '@/src/domain/failure'
import { type GlanceRow, glanceRow } from '@/src/domain/glance'
import { emptySnapshot, type SnapshotRecord } from '@/src/domain/snapshot'
import type { Change, Damaged, Vault } from '@/src/storage/vault'

import { createGroupCommit } from './group-commit'

const GLANCE_ID = 'glance'
/** How long after the last change the list form is stored again, ms. */
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
   * `null` from `change` writes nothing. Resolves `false` when there is no such account.
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
  /** Accounts that changed; none = any of them may have. */
  readonly announce: (ids: readonly string[]) => void
}

interface Update {
  readonly id: string
  readonly change: (page: AccountPage) => BookChange | null
}

export function createAccountBook({ vault, announce }: BookParts): AccountBook {
  let rows: Map<string, GlanceRow> | undefined
  let damaged: Damaged[] = []
  let settling: ReturnType<typeof setTimeout> | undefined
  let isStored = false

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

  /** Reads all accounts and says so when the damage found differs from what was known. */
  async function readAndReport<T>(use: (pages: AccountPage[]) => T): Promise<T> {
    const before = damaged.length
    const result = await vault.exclusive(async () => use(await readAll()))
    if (damaged.length !== before) announce([])
    return result
  }

  async function currentRows(): Promise<Map<string, GlanceRow>> {
    if (rows) return rows
    return vault.exclusive(async () => {
      if (rows) return rows
      // A derived record that cannot be opened is no loss: it is made anew.
      const derived = await vault.load('derived', GLANCE_ID).catch(() => undefined)
      isStored = derived !== undefined
      rows = derived ? new Map(derived.rows.map((row) => [row.id, row])) : rowsOf(await readAll())
      if (!isStored) settle()
      return rows
    })
  }

  async function flush(): Promise<void> {
    clearTimeout(settling)
    await vault.exclusive(async () => {
      if (!rows || isStored) return
      await vault.write([{ store: 'derived', put: { id: GLANCE_ID, rows: [...rows.values()] } }])
      isStored = true
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
    isStored = false
    settle()
  }

  async function open(id: string): Promise<AccountPage | undefined> {
    const [account, snapshot] = await Promise.all([
      vault.load('accounts', id),
      // An unreadable snapshot is replaced by the next refresh; the account itself is whole.
      vault.load('snapshots', id).catch(() => undefined),
    ])
    return account && { account, snapshot: snapshot ?? emptySnapshot(id) }
  }

  const update = createGroupCommit<Update, boolean>(async (updates) => {
    const known = await currentRows()
    return vault.exclusive(async () => {
      const ids = [...new Set(updates.map(({ id }) => id))]
      const opened = await Promise.all(ids.map(async (id) => [id, await open(id)] as const))
      const { pages, changes, changed } = applyUpdates(updates, new Map(opened))
      if (changed.size > 0) {
        await commit(changes)
        for (const id of changed) {
          const page = pages.get(id)
          if (page) known.set(id, glanceRow(page.account, page.snapshot))
        }
        announce([...changed])
      }
      return updates.map(({ id }) => pages.get(id) !== undefined)
    })
  })

  return {
    async glance() {
      return { rows: [...(await currentRows()).values()], damaged }
    },
    async page(id) {
      return (await open(id)) ?? raise({ class: 'not-found', reason: 'account' })
    },
    pages: () => readAndReport((pages) => pages),
    update: (id, change) => update({ id, change }),
    async add({ account, snapshot }) {
      const known = await currentRows()
      await vault.exclusive(async () => {
        refuseDuplicate(account, known.values())
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
        // What is listed as damaged came out of a store of ours.
        await commit(listed.map(({ store, id }) => ({ store, remove: id }) as Change))
        damaged = damaged.filter((one) => !listed.includes(one))
        rows = undefined
      })
      announce([])
    },
    audit: () =>
      readAndReport((pages) => {
        if (damaged.length === 0) return
        rows = rowsOf(pages)
        isStored = false
        settle()
      }),
    flush,
  }
}

/** Applies updates in order, each to what the one before it left. */
function applyUpdates(
  updates: readonly Update[],
  opened: ReadonlyMap<string, AccountPage | undefined>,
) {
  const pages = new Map(opened)
  const also: Change[] = []
  const changed = new Set<string>()
  for (const { id, change } of updates) {
    const page = pages.get(id)
    const next = page && change(page)
    if (!next) continue
    pages.set(id, {
      account: next.account ?? page.account,
      snapshot: next.snapshot ?? page.snapshot,
    })
    also.push(...(next.also ?? []))
    changed.add(id)
  }
  const changes = [...changed].flatMap((id): Change[] => {
    const [before, after] = [opened.get(id), pages.get(id)]
    if (!after) return []
    return [
      ...(after.account === before?.account
        ? []
        : [{ store: 'accounts', put: after.account } as const]),
      ...(after.snapshot === before?.snapshot
        ? []
        : [{ store: 'snapshots', put: after.snapshot } as const]),
    ]
  })
  return { pages, changes: [...changes, ...also], changed }
}

function refuseDuplicate({ decided }: AccountRecord, rows: Iterable<GlanceRow>): void {
  for (const row of rows) {
    if (row.origin === decided.origin && row.userId === decided.userId) {
      raise({ class: 'input', reason: 'duplicate', field: 'userId' })
    }
  }
}

function rowsOf(pages: readonly AccountPage[]): Map<string, GlanceRow> {
  return new Map(pages.map(({ account, snapshot }) => [account.id, glanceRow(account, snapshot)]))
}

function removalOf(id: string): Change[] {
  return [
    { store: 'accounts', remove: id },
    { store: 'snapshots', remove: id },
    { store: 'bonds', remove: id },
  ]
}
