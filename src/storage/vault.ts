import type { Bytes } from '@/src/crypto/envelope'
import { type KeyRing, openKeyRing } from '@/src/crypto/key-ring'
import { isFailureError, raise } from '@/src/domain/failure'

import { createConnection, type Database, type SealedRow } from './connection'
import { createKeyStore } from './key-rows'
import { MIGRATIONS } from './migrations/chain'
import { decodeRecord, encodeRecord } from './record-codec'
import { type Plane, type StoreName, STORES, type StoreTypes } from './stores'
import { createTurns } from './turns'

export type { StoreName, StoreTypes } from './stores'

/** One write: a whole record, or the removal of one (no error when it is not there). */
export type Change = {
  [S in StoreName]:
    | { readonly store: S; readonly put: StoreTypes[S] }
    | { readonly store: S; readonly remove: string }
}[StoreName]

const DAMAGE_REASONS = ['tampered', 'unreadable', 'invalid'] as const

/**
 * A stored record that cannot be opened. `tampered`: changed or moved since it was sealed.
 * `unreadable`: of an unknown format, key or version. `invalid`: opened, but not a record of its
 * store. It stays as it is until it is removed or overwritten.
 */
export interface Damaged {
  store: string
  id: string
  reason: (typeof DAMAGE_REASONS)[number]
}

/** All records of the product, sealed on disk and clear here. */
export interface Vault {
  /**
   * `undefined` when there is none.
   *
   * @throws class `storage`; reason as in {@link Damaged}, or that of the database.
   */
  load<S extends StoreName>(store: S, id: string): Promise<StoreTypes[S] | undefined>
  /** All records of a store, in the order of their ids; a damaged one never hides the others. */
  loadAll<S extends StoreName>(store: S): Promise<{ records: StoreTypes[S][]; damaged: Damaged[] }>
  /**
   * All changes or none, in one transaction; sealing happens before it opens. Resolves when the
   * transaction has completed.
   *
   * @throws class `storage`: `invalid` (a record that does not fit its store), `quota`,
   *   `unavailable`, ….
   */
  write(changes: readonly Change[]): Promise<void>
  /**
   * Runs read-modify-write sections one after another in this context. A section must not start
   * another one and wait for it.
   */
  exclusive<T>(work: () => Promise<T>): Promise<T>
  /** Lets go of the database. A later call opens it again. */
  close(): void
}

/**
 * Opens the database and its keys, creating both on the very first run. The caller closes it.
 *
 * @throws class `storage`, when either cannot be had.
 */
export async function openVault({
  databaseName = 'relaydeck',
}: { databaseName?: string } = {}): Promise<Vault> {
  const connection = createConnection(databaseName)
  const ringOf = createRings()
  await connection.use(ringOf)
  const turns = createTurns()
  return {
    load: (store, id) =>
      connection.use(async (database) => {
        const [ring, row] = await Promise.all([ringOf(database), database.get(store, id)])
        return row && openRow(ring, store, row)
      }),
    loadAll: (store) =>
      connection.use(async (database) => {
        const [ring, rows] = await Promise.all([ringOf(database), database.getAll(store)])
        return openRows(ring, store, rows)
      }),
    write: (changes) =>
      connection.use(async (database) => writeChanges(database, await ringOf(database), changes)),
    exclusive: (work) => turns.take(work),
    close: () => {
      connection.close()
    },
  }
}

/**
 * The keys belong to the database they came from: one that was deleted and made anew has another
 * data key, and records sealed with the old one could never be opened again.
 */
function createRings(): (database: Database) => Promise<KeyRing> {
  const rings = new WeakMap<Database, Promise<KeyRing>>()
  return (database) => {
    const known = rings.get(database)
    if (known) return known
    const opening = openKeyRing(createKeyStore(database))
    rings.set(database, opening)
    opening.catch(() => rings.delete(database))
    return opening
  }
}

async function writeChanges(
  database: Database,
  ring: KeyRing,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const steps = await Promise.all(changes.map((change) => prepare(ring, change)))
  const stores = [...new Set(changes.map(({ store }) => store))]
  const tx = database.transaction(stores, 'readwrite', { durability: durabilityOf(stores) })
  for (const { store, id, row } of steps) {
    const table = tx.objectStore(store)
    // What a request fails with, the transaction fails with.
    ;(row ? table.put(row) : table.delete(id)).catch(() => undefined)
  }
  await tx.done
}

const PRECIOUS: ReadonlySet<Plane> = new Set(['decided', 'bound'])

/**
 * Waiting for the disk itself made a write 1 to 5 ms slower where it was measured; slow disks cost
 * more. It is spent on what nobody could bring back after a power cut, not on what the next refresh
 * tells again, for those writes come by the hundred.
 */
function durabilityOf(stores: readonly StoreName[]): IDBTransactionDurability {
  const isPrecious = stores.some((store) => PRECIOUS.has(STORES[store].plane))
  return isPrecious ? 'strict' : 'relaxed'
}

interface Step {
  readonly store: StoreName
  readonly id: string
  /** `null` removes. */
  readonly row: SealedRow | null
}

async function prepare(ring: KeyRing, change: Change): Promise<Step> {
  const { store } = change
  // Names of damaged records come back from outside; the key store is not among what may be named.
  if (!Object.hasOwn(STORES, store)) raise({ class: 'storage', reason: 'invalid' })
  if ('remove' in change) return { store, id: change.remove, row: null }
  const { id } = change.put
  const sealed = await ring.seal({ store, id }, encodeChange(change))
  return { store, id, row: { id, sealed } }
}

/** Keeps the link between a store's name and its record type, which destructuring would lose. */
function encodeChange<S extends StoreName>(change: {
  readonly store: S
  readonly put: StoreTypes[S]
}): Bytes {
  return encodeRecord(STORES[change.store], change.put)
}

async function openRow<S extends StoreName>(
  ring: KeyRing,
  store: S,
  { id, sealed }: SealedRow,
): Promise<StoreTypes[S]> {
  const address = { store, id }
  return decodeRecord(STORES[store], MIGRATIONS, address, await ring.unseal(address, sealed))
}

async function openRows<S extends StoreName>(
  ring: KeyRing,
  store: S,
  rows: readonly SealedRow[],
): Promise<{ records: StoreTypes[S][]; damaged: Damaged[] }> {
  const records: StoreTypes[S][] = []
  const damaged: Damaged[] = []
  const outcomes = await Promise.allSettled(rows.map((row) => openRow(ring, store, row)))
  outcomes.forEach((outcome, at) => {
    if (outcome.status === 'fulfilled') records.push(outcome.value)
    else damaged.push({ store, id: String(rows[at]?.id), reason: damageOf(outcome.reason) })
  })
  return { records, damaged }
}

function damageOf(thrown: unknown): Damaged['reason'] {
  const reason = isFailureError(thrown) ? thrown.failure.reason : undefined
  return DAMAGE_REASONS.find((known) => known === reason) ?? 'unreadable'
}
