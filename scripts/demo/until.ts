import type { Page } from '@playwright/test'

const PAUSE_MS = 100

/** Asks again and again until there is something. */
export async function until<T>(page: Page, ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    await page.waitForTimeout(PAUSE_MS)
  }
}
