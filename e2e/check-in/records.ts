import type { Page } from '@playwright/test'

import type { StoreName } from '@/src/storage/stores'

const DATABASE = 'relaydeck'

/**
 * Overwrites every record of a store by bytes that nobody can open, as a broken disk would. Runs in
 * an extension page; resolves with the number of records.
 */
export function spoilRecords(page: Page, store: StoreName): Promise<number> {
  return inStore(page, store, 'spoil')
}

export async function hasRecord(page: Page, store: StoreName): Promise<boolean> {
  return (await inStore(page, store, 'count')) > 0
}

/** Resolves with how many records there are. */
function inStore(page: Page, store: StoreName, act: 'spoil' | 'count'): Promise<number> {
  return page.evaluate(
    async ([name, table, wanted]) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => {
            resolve(request.result)
          }
          request.onerror = () => {
            reject(request.error ?? new Error('no database'))
          }
        })
      const database = await done(indexedDB.open(name))
      const records = database.transaction(table, 'readwrite').objectStore(table)
      const keys = await done(records.getAllKeys())
      for (const id of wanted === 'spoil' ? keys : []) {
        await done(records.put({ id, sealed: crypto.getRandomValues(new Uint8Array(64)) }))
      }
      database.close()
      return keys.length
    },
    [DATABASE, store, act] as const,
  )
}
