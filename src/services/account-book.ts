import type { AccountRecord } from '@/src/domain/account'
import { raise } from '@/src/domain/failure'
import { type GlanceRow, glanceRow } from '@/src/domain/glance'
import { emptySnapshot, type SnapshotRecord } from '@/src/domain/snapshot'
import type { Change, Damaged, Vault } from '@/src/storage/vault'

import { applyUpdates, type BookChange, type BookUpdate } from './book-update'
import { createGlanceShelf, type GlanceShelf } from './glance-shelf'
import { createGroupCommit } from './group-commit'

/** One account with everything known about it. */
export interface AccountPage {
  readonly account: AccountRecord
  readonly snapshot: SnapshotRecord
}

export type UpdateResult = 'written' | 'unchanged' | 'missing'

/** All reads and writes of accounts and snapshots. */
export interface AccountBook {
  glance(): Promise<{ rows: GlanceRow[]; damaged: Damaged[] }>
  /** @throws `not-found`, or `storage` when the record cannot be opened. */
  page(id: string): Promise<AccountPage>
  pages(): Promise<AccountPage[]>
  /**
   * Reads an account, lets `change` decide, and writes what it returns, with nothing in between.
   * `null` from `change` writes nothing.
   */
  update(id: string, change: (page: AccountPage) => BookChange | null): Promise<UpdateResult>
  /** @throws `input`/`duplicate` (field `userId`) when that user of that origin is stored. */
  add(page: AccountPage): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  removeDamaged(records: readonly { store: string; id: string }[]): Promise<void>
  /** Opens every record once, so that damage shows even where nothing reads the record. */
  audit(): Promise<void>
  /** Stores the list form now. */
  flush(): Promise<void>
}

export interface BookParts {
  readonly vault: Vault
  /** Accounts that changed; none = any of them may have. */
  readonly announce: (ids: readonly string[]) => void
}

export function createAccountBook({ vault, announce }: BookParts): AccountBook {
  const shelf = createGlanceShelf(vault)
  const reader = createReader(vault, announce)
  const rows = () => shelf.rows(reader.readAll)

  /** Inside `exclusive` only. */
  async function commit(changes: readonly Change[]): Promise<void> {
    await vault.write([...changes, shelf.invalidation])
    shelf.noteChange()
  }

  const update = createGroupCommit<BookUpdate, UpdateResult>(async (updates) => {
    const known = await rows()
    return vault.exclusive(async () => {
      const ids = [...new Set(updates.map(({ id }) => id))]
      const opened = await Promise.all(ids.map(async (id) => [id, await reader.open(id)] as const))
      const { pages, changes, changedIds } = applyUpdates(updates, new Map(opened))
      if (changedIds.length > 0) {
        await commit(changes)
        for (const id of changedIds) {
          const page = pages.get(id)
          if (page) known.set(id, glanceRow(page.account, page.snapshot))
        }
        announce(changedIds)
      }
      return updates.map(({ id }): UpdateResult => {
        if (!pages.get(id)) return 'missing'
        return changedIds.includes(id) ? 'written' : 'unchanged'
      })
    })
  })

  return {
    async glance() {
      return { rows: [...(await rows()).values()], damaged: reader.damaged() }
    },
    async page(id) {
      return (await reader.open(id)) ?? raise({ class: 'not-found', reason: 'account' })
    },
    pages: () => reader.readAndReport((pages) => pages),
    update: (id, change) => update({ id, change }),
    async add({ account, snapshot }) {
      const known = await rows()
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
      const known = await rows()
      await vault.exclusive(async () => {
        await commit(ids.flatMap(removalOf))
        for (const id of ids) known.delete(id)
      })
      announce(ids)
    },
    removeDamaged: (records) => removeDamaged({ vault, reader, shelf, commit }, records),
    audit: () =>
      reader.readAndReport((pages) => {
        if (reader.damaged().length > 0) shelf.replace(pages)
      }),
    flush: shelf.flush,
  }
}

interface Reader {
  /** Inside `exclusive`, or where a change in between does no harm. */
  readonly readAll: () => Promise<AccountPage[]>
  /** Reads all accounts, and announces it when the damage found differs from what was known. */
  readonly readAndReport: <T>(use: (pages: AccountPage[]) => T) => Promise<T>
  readonly open: (id: string) => Promise<AccountPage | undefined>
  /** What the last reading of all records could not open. */
  readonly damaged: () => Damaged[]
}

function createReader(vault: Vault, announce: BookParts['announce']): Reader {
  let damaged: Damaged[] = []

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

  return {
    readAll,
    async readAndReport(use) {
      const before = damaged.length
      const result = await vault.exclusive(async () => use(await readAll()))
      if (damaged.length !== before) announce([])
      return result
    },
    async open(id) {
      const [account, snapshot] = await Promise.all([
        vault.load('accounts', id),
        // An unreadable snapshot is replaced by the next refresh; the account itself is whole.
        vault.load('snapshots', id).catch(() => undefined),
      ])
      return account && { account, snapshot: snapshot ?? emptySnapshot(id) }
    },
    damaged: () => damaged,
  }
}

interface BookInside {
  readonly vault: Vault
  readonly reader: Reader
  readonly shelf: GlanceShelf
  readonly commit: (changes: readonly Change[]) => Promise<void>
}

async function removeDamaged(
  { vault, reader, shelf, commit }: BookInside,
  records: readonly { store: string; id: string }[],
): Promise<void> {
  await vault.exclusive(async () => {
    // Only what does not open now may go: the page that asks may be looking at an old list.
    await reader.readAll()
    const listed = reader
      .damaged()
      .filter((one) => records.some(({ store, id }) => store === one.store && id === one.id))
    await commit(listed.map(({ store, id }) => ({ store, remove: id }) as Change))
  })
  await reader.readAndReport((pages) => {
    shelf.replace(pages)
  })
}

function refuseDuplicate({ decided }: AccountRecord, rows: Iterable<GlanceRow>): void {
  for (const row of rows) {
    if (row.origin === decided.origin && row.userId === decided.userId) {
      raise({ class: 'input', reason: 'duplicate', field: 'userId' })
    }
  }
}

function removalOf(id: string): Change[] {
  return [
    { store: 'accounts', remove: id },
    { store: 'snapshots', remove: id },
    { store: 'bonds', remove: id },
    { store: 'keyLists', remove: id },
    { store: 'keySecrets', remove: id },
    { store: 'totp', remove: id },
    { store: 'checkIns', remove: id },
  ]
}
