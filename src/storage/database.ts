import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

import type { WrappedDataKey } from '@/src/crypto/key-ring'
import type { Sealed } from '@/src/crypto/sealed'

import { STORE_NAMES, type StoreName } from './stores'

/** What a row looks like on disk: an opaque id and one sealed record. Nothing else, no index. */
export interface Row {
  readonly id: string
  readonly sealed: Sealed
}

type RecordStores = { readonly [S in StoreName]: { key: string; value: Row } }

export interface Schema extends DBSchema, RecordStores {
  keyring: { key: string; value: WrappedDataKey }
}

export type Database = IDBPDatabase<Schema>

/** Layout version: raised whenever a store is added or removed. Record shapes have their own. */
const LAYOUT = 1

export interface Connection {
  /** The open database; opened again when the browser or a newer version has closed it. */
  get(): Promise<Database>
  close(): void
}

export function connect(name: string): Connection {
  let opening: Promise<Database> | undefined

  function forget(): void {
    opening = undefined
  }

  async function open(): Promise<Database> {
    const database = await openDB<Schema>(name, LAYOUT, {
      upgrade(db) {
        for (const store of [...STORE_NAMES, 'keyring'] as const) {
          if (db.objectStoreNames.contains(store)) continue
          if (store === 'keyring') db.createObjectStore(store)
          else db.createObjectStore(store, { keyPath: 'id' })
        }
      },
      // Another context wants to upgrade: standing in its way would leave both without a database.
      blocking() {
        database.close()
        forget()
      },
      terminated: forget,
    })
    return database
  }

  return {
    get() {
      opening ??= open().catch((thrown: unknown) => {
        forget()
        throw thrown
      })
      return opening
    },
    close() {
      void opening?.then((database) => {
        database.close()
      })
      forget()
    },
  }
}
