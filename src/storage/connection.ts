import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

import type { Bytes } from '@/src/crypto/envelope'
import type { WrappedKey } from '@/src/crypto/key-ring'
import { FailureError } from '@/src/domain/failure'

import { storageFailure } from './storage-failure'
import type { StoreName } from './stores'

/** A record on disk: an opaque id and the sealed rest. */
export interface SealedRow {
  readonly id: string
  readonly sealed: Bytes
}

/** The two rows of the key store. */
export type KeyRow =
  | { readonly id: 'device'; readonly key: CryptoKey }
  | { readonly id: 'data'; readonly keyId: Bytes; readonly wrapped: WrappedKey }

interface Layout extends DBSchema, Record<StoreName, { key: string; value: SealedRow }> {
  keyring: { key: string; value: KeyRow }
}

export type Database = IDBPDatabase<Layout>

const SCHEMA_VERSION = 4

/** How long another context may take to let go of an older database version, ms. */
const BLOCKED_WAIT_MS = 5_000

/** The database of this context: opened on first use, and again after it was taken away. */
export interface Connection {
  /**
   * Runs `work` on the open database. It must open its transaction before it changes anything
   * else: it is run once more when the connection turns out to be closed.
   *
   * @throws class `storage` for anything the database fails with.
   */
  use<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** Lets go of the database; the next use opens it again. */
  close(): void
}

export function createConnection(name: string): Connection {
  let opened: Promise<Database> | undefined

  function forget(): void {
    opened = undefined
  }

  function current(): Promise<Database> {
    if (opened) return opened
    const opening = openDatabase(name, forget)
    opened = opening
    opening.catch(() => {
      if (opened === opening) forget()
    })
    return opening
  }

  async function attempt<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await current()
    try {
      return await work(database)
    } catch (thrown) {
      if (!isClosedConnection(thrown)) throw thrown
      forget()
      return work(await current())
    }
  }

  return {
    use: (work) =>
      attempt(work).catch((thrown: unknown) => {
        throw storageFailure(thrown)
      }),
    close() {
      // A failed opening left nothing to close.
      opened
        ?.then((database) => {
          database.close()
        })
        .catch(() => undefined)
      forget()
    },
  }
}

/** What `transaction()` throws on a connection that was closed in the meantime. */
function isClosedConnection(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'InvalidStateError'
}

function openDatabase(name: string, onGone: () => void): Promise<Database> {
  return new Promise((resolve, reject) => {
    let waiting: ReturnType<typeof setTimeout> | undefined
    let gaveUp = false
    const opening = openDB<Layout>(name, SCHEMA_VERSION, {
      upgrade: createStores,
      blocked() {
        // Every context closes as soon as it is asked to, so this passes unless one hangs.
        waiting = setTimeout(() => {
          gaveUp = true
          reject(new FailureError({ class: 'storage', reason: 'blocked' }))
        }, BLOCKED_WAIT_MS)
      },
      blocking() {
        // Another context upgrades or deletes the database: never stand in its way.
        void opening.then((database) => {
          database.close()
        })
        onGone()
      },
      terminated: onGone,
    })
    opening.then((database) => {
      clearTimeout(waiting)
      if (gaveUp) database.close()
      else resolve(database)
    }, reject)
  })
}

/** Brings the database from `oldVersion` to the current layout; versions fall through. */
function createStores(database: Database, oldVersion: number): void {
  if (oldVersion < 1) {
    const records = [
      'accounts',
      'snapshots',
      'bonds',
      'drafts',
      'jobs',
      'settings',
      'derived',
    ] as const
    for (const store of [...records, 'keyring'] as const) {
      database.createObjectStore(store, { keyPath: 'id' })
    }
  }
  if (oldVersion < 2) database.createObjectStore('sites', { keyPath: 'id' })
  if (oldVersion < 3) {
    const records = [
      'keyLists',
      'keySecrets',
      'totp',
      'credentials',
      'credentialStates',
      'tags',
      'checkRuns',
      'gateways',
      'exports',
      'chores',
    ] as const
    for (const store of records) database.createObjectStore(store, { keyPath: 'id' })
  }
  if (oldVersion < 4) {
    const records = [
      'agenda',
      'automation',
      'checkIns',
      'journal',
      'batches',
      'sentCodes',
      'channels',
      'quiet',
    ] as const
    for (const store of records) database.createObjectStore(store, { keyPath: 'id' })
  }
}
