import { browser } from '#imports'

import type { CurrentSite } from './pages'

const ENTRY = 'add-site'

/** Called with the page under the menu, `null` where no account can be; inside the user's click. */
export type MenuChoice = (site: CurrentSite | null) => void

/** Must be called at worker start, before any await. */
export function onMenuChoice(choose: MenuChoice): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId !== ENTRY) return
    const url = tab?.url !== undefined && URL.canParse(tab.url) ? new URL(tab.url) : null
    const isWeb = url !== null && /^https?:$/.test(url.protocol)
    choose(isWeb && tab?.id !== undefined ? { origin: url.origin, tabId: tab.id } : null)
  })
}

/** Puts the one entry into the menus of pages and of the toolbar icon, with these words. */
export async function showMenuEntry(title: string): Promise<void> {
  await browser.contextMenus.removeAll()
  browser.contextMenus.create({ id: ENTRY, title, contexts: ['page', 'action'] })
}
