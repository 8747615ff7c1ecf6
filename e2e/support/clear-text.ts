import type { Page } from '@playwright/test'

import type { ExtensionBrowser } from './browser'

type Area = 'local' | 'session' | 'sync'

interface Scope {
  chrome: { storage: Record<Area, { get(what: null): Promise<unknown> }> }
}

/** What every page and the worker write to their consoles from now on. */
export function listenToConsoles({ context }: ExtensionBrowser): string[] {
  const said: string[] = []
  const note = (message: { text(): string }) => said.push(message.text())
  context.on('console', note)
  context.on('weberror', (error) => said.push(String(error.error())))
  for (const worker of context.serviceWorkers()) worker.on('console', note)
  return said
}

/**
 * Everything that stands in the extension's pages: markup, addresses, and what is typed into
 * fields.
 */
export async function shownIn({ context, extensionId }: ExtensionBrowser): Promise<string> {
  const own = context.pages().filter((page) => new URL(page.url()).host === extensionId)
  const parts = await Promise.all(
    own.map(async (page) => [
      page.url(),
      await page.content(),
      ...(await page
        .locator('input, textarea')
        .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))),
    ]),
  )
  return parts.flat().join('\n')
}

/** What the extension keeps in the browser's storage on the disk, the database as it lies there. */
export async function keptOnDisk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { storage } = (globalThis as unknown as Scope).chrome
    const kept = await Promise.all([storage.local.get(null), storage.sync.get(null)])
    const web = [localStorage, sessionStorage].map((one) => Object.entries(one))
    const text = (value: unknown): string =>
      JSON.stringify(value, (_, part: unknown) => {
        if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) {
          const bytes = part instanceof ArrayBuffer ? new Uint8Array(part) : part
          return new TextDecoder('latin1').decode(bytes)
        }
        return part instanceof CryptoKey ? 'key' : part
      })
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error('the database does not answer'))
        }
      })
    const parts = [text(kept), text(web)]
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store)
        parts.push(store, text(await asked(all.getAllKeys())), text(await asked(all.getAll())))
      }
      database.close()
    }
    return parts.join('\n')
  })
}

/** What the worker keeps in memory until the browser closes. */
export function keptInMemory(page: Page): Promise<string> {
  return page.evaluate(async () =>
    JSON.stringify(await (globalThis as unknown as Scope).chrome.storage.session.get(null)),
  )
}
