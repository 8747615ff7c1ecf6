import { createDataKey, openDataKey } from '@/src/crypto/key-ring'
import { type DataKey, seal, unseal } from '@/src/crypto/sealed'
import { FailureError, failureOf, raise } from '@/src/domain/failure'

import { connect, type Database, type Row } from './database'
import { currentVersion, migrate, type Migration, MIGRATIONS } from './migrations'
import { type StoreName, STORES, type StoreTypes } from './stores'

/** One write: a whole record, or its removal. */
export type Change = {
  [S in StoreName]:
    | { readonly store: S; readonly put: StoreTypes[S] }
    | { readonly store: S; readonly remove: string }
}[StoreName]

const DAMAGE = ['tampered', 'unreadable', 'invalid'] as const

/** A record that does not open; the others do. */
export interface Damaged {
  readonly store: string
  readonly id: string
  /** Changed or moved; unknown format or key; opened, but not a record of its store. */
  readonly reason: (typeof DAMAGE)[number]
}

/**
 * The encrypted store of everything. Records are sealed before a transaction opens and opened
 * after it ended, for a transaction closes as soon as anything else is awaited inside it.
 */
export interface Vault {
  /** @throws `storage` with the damage as reason, `unavailable` when the database cannot be used. */
  load<S extends StoreName>(store: S, id: string): Promise<StoreTypes[S] | undefined>
  /** One read, all decryptions side by side; a damaged record hides no other. */
  loadAll<S extends StoreName>(
    store: S,
  ): Promise<{ records: StoreTypes[S][]; damaged: Damaged[] }>
  /** All changes or none. @throws `storage`: `invalid`, `quota` or `unavailable`. */
  write(changes: readonly Change[]): Promise<void>
  /** Runs read-modify-write sections one after another in this context. Not reentrant. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
  close(): void
}

export interface VaultOptions {
  readonly databaseName?: string
  readonly migrations?: readonly Migration[]
}

interface Versioned {
  readonly v: number
  readonly r: unknown
}

const KEY_SLOT = 'data-key'

export async function openVault(options: VaultOptions = {}): Promise<Vault> {
  const { databaseName = 'relaydeck', migrations = MIGRATIONS } = options
  const connection = connect(databaseName)
  const dataKey = await guard(async () => openDataKey(await obtainKey(await connection.get())))
  let queue: Promise<unknown> = Promise.resolve()

  async function sealRow(change: Change): Promise<Row | null> {
    if (!('put' in change)) return null
    const { store, put } = change
    if (!STORES[store].schema.safeParse(put).success) raise({ class: 'storage', reason: 'invalid' })
    const versioned: Versioned = { v: currentVersion(store, migrations), r: put }
    return { id: put.id, sealed: await seal(versioned, { store, id: put.id }, dataKey) }
  }

  return {
    load: (store, id) =>
      guard(async () => {
        const row = await (await connection.get()).get(store, id)
        return row && openRow(store, row, dataKey, migrations)
      }),
    loadAll: (store) =>
      guard(async () => {
        const rows = await (await connection.get()).getAll(store)
        return openRows(store, rows, dataKey, migrations)
      }),
    write: (changes) =>
      guard(async () => {
        const rows = await Promise.all(changes.map(sealRow))
        const stores = [...new Set(changes.map((change) => change.store))]
        if (stores.length === 0) return
        const tx = (await connection.get()).transaction(stores, 'readwrite')
        const writes = changes.map((change, index) => {
          const row = rows[index]
          const store = tx.objectStore(change.store)
          return row ? store.put(row) : store.delete('remove' in change ? change.remove : '')
        })
        await Promise.all([...writes, tx.done])
      }),
    exclusive(work) {
      const next = queue.then(work, work)
      queue = next.catch(() => undefined)
      return next
    },
    close: () => {
      connection.close()
    },
  }
}

/** The one data key; of two contexts that start at once, the first to store its key wins. */
async function obtainKey(database: Database) {
  const known = await database.get('keyring', KEY_SLOT)
  if (known) return known
  const fresh = await createDataKey()
  const tx = database.transaction('keyring', 'readwrite')
  const winner = await tx.store.get(KEY_SLOT)
  if (!winner) await tx.store.add(fresh, KEY_SLOT)
  await tx.done
  return winner ?? fresh
}

async function openRow<S extends StoreName>(
  store: S,
  row: Row,
  dataKey: DataKey,
  migrations: readonly Migration[],
): Promise<StoreTypes[S]> {
  const opened = await unseal(row.sealed, { store, id: row.id }, dataKey)
  const { v: version, r: record } = opened as Versioned
  const parsed = STORES[store].schema.safeParse(migrate(store, { version, record }, migrations))
  if (!parsed.success) return raise({ class: 'storage', reason: 'invalid' })
  return parsed.data
}

async function openRows<S extends StoreName>(
  store: S,
  rows: readonly Row[],
  dataKey: DataKey,
  migrations: readonly Migration[],
): Promise<{ records: StoreTypes[S][]; damaged: Damaged[] }> {
  const outcomes = await Promise.allSettled(
    rows.map((row) => openRow(store, row, dataKey, migrations)),
  )
  const records: StoreTypes[S][] = []
  const damaged: Damaged[] = []
  outcomes.forEach((outcome, index) => {
    if (outcome.status === 'fulfilled') records.push(outcome.value)
    else damaged.push({ store, id: rows[index]?.id ?? '', reason: damageOf(outcome.reason) })
  })
  return { records, damaged }
}

function damageOf(thrown: unknown): Damaged['reason'] {
  const { reason } = failureOf(thrown)
  return DAMAGE.find((one) => one === reason) ?? 'unreadable'
}

/** Turns what the browser's database throws into `storage` failures. */
async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown
    const isFull = thrown instanceof DOMException && thrown.name === 'QuotaExceededError'
    return raise({ class: 'storage', reason: isFull ? 'quota' : 'unavailable' }, thrown)
  }
}
