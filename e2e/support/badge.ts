import type { Page } from '@playwright/test'

interface Scope {
  chrome: { action: { getBadgeText(of: object): Promise<string> } }
}

/** What stands on the toolbar icon. */
export function badgeOf(page: Page): Promise<string> {
  return page.evaluate(() => (globalThis as unknown as Scope).chrome.action.getBadgeText({}))
}
