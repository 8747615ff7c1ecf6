import type { Page } from '@playwright/test'

interface Place {
  readonly store: string
  readonly id: string
}

/** Puts the stored content of one record in the place of another, as somebody at the disk could. */
export function putInPlaceOf(page: Page, from: Place, to: Place): Promise<void> {
  return page.evaluate(
    ([taken, put]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('relaydeck')
        opening.onsuccess = () => {
          const database = opening.result
          const tx = database.transaction([...new Set([taken.store, put.store])], 'readwrite')
          const reading = tx.objectStore(taken.store).get(taken.id)
          reading.onsuccess = () => {
            tx.objectStore(put.store).put({ ...(reading.result as object), id: put.id })
          }
          tx.oncomplete = () => {
            database.close()
            resolve()
          }
          tx.onerror = () => {
            reject(new Error('not put'))
          }
        }
      }),
    [from, to] as const,
  )
}
