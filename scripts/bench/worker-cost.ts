import type { Page } from '@playwright/test'

import type { ExtensionBrowser } from '@/e2e/support/browser'

interface Message {
  readonly name: string
  readonly input: unknown
}

/** Message to answer with a worker that was just stopped, ms. */
export async function coldAnswerMs(
  extension: ExtensionBrowser,
  page: Page,
  message: Message = { name: 'app.boot', input: {} },
): Promise<number> {
  await extension.stopWorker()
  return answerMs(page, message)
}

/** Message to answer, ms. */
export function answerMs(page: Page, message: Message): Promise<number> {
  return page.evaluate(async (sent) => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } }
    }
    const began = performance.now()
    await chrome.runtime.sendMessage(sent)
    return performance.now() - began
  }, message)
}

/** Scripts and styles of the extension that a foreign page carries: contexts other than its own. */
export async function injectedContexts(extension: ExtensionBrowser, url: string): Promise<number> {
  const page = await extension.context.newPage()
  const session = await extension.context.newCDPSession(page)
  let foreign = 0
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension://')) foreign += 1
  })
  await session.send('Runtime.enable')
  await page.goto(url)
  await page.waitForLoadState('load')
  await page.close()
  return foreign
}
