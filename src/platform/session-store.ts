import { browser } from '#imports'

import { whileAlive } from './while-alive'

/** A value that lives in memory until the browser closes: survives the worker, never the disk. */
export interface SessionSlot {
  load(): Promise<unknown>
  save(value: unknown): Promise<void>
}

export function sessionSlot(key: string): SessionSlot {
  return {
    async load() {
      const stored: Record<string, unknown> = await whileAlive(() =>
        browser.storage.session.get(key),
      )
      return stored[key]
    },
    async save(value) {
      await whileAlive(() => browser.storage.session.set({ [key]: value }))
    },
  }
}
