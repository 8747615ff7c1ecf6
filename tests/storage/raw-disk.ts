import 'fake-indexeddb/auto'

import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'

/** A row as it lies on disk. */
export interface RawRow {
  id: string
  sealed: Uint8Array<ArrayBuffer>
}

/** Every test starts with an empty disk. */
export function freshDisk(): void {
  globalThis.indexedDB = new IDBFactory()
}

/** Looks at the database beside the product's own code. */
async function withRawDisk<T>(work: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>) {
  const db = await openDB('relaydeck')
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

export function storeNames(): Promise<string[]> {
  return withRawDisk((db) => Promise.resolve([...db.objectStoreNames]))
}

export function rowsOf(store: string): Promise<RawRow[]> {
  return withRawDisk((db) => db.getAll(store) as Promise<RawRow[]>)
}

export async function rowOf(store: string, id: string): Promise<RawRow> {
  return withRawDisk(async (db) => (await db.get(store, id)) as RawRow)
}

export function plant(store: string, row: unknown): Promise<unknown> {
  return withRawDisk((db) => db.put(store, row))
}

export function empty(store: string): Promise<unknown> {
  return withRawDisk((db) => db.clear(store))
}
