import { browser } from '#imports'

/** Delivers a message to the worker, starting it if needed; rejects when nobody answers. */
export async function sendToWorker(message: unknown): Promise<unknown> {
  return browser.runtime.sendMessage(message)
}
