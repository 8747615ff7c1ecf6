import { browser } from '#imports'

import type { HelpPlace } from '@/src/domain/settings'

/** Of a small window, in CSS pixels: room for a check, not for a visit. */
const WINDOW_SIZE = { width: 480, height: 640 }

/** A tab that shows a site, and whether it was opened for that. */
export interface OpenPlace {
  readonly tabId: number
  readonly ours: boolean
}

/** Shows a site for its protection check, because the user asked: in a new tab or a small window. */
export async function showSite(origin: string, place: HelpPlace): Promise<OpenPlace> {
  if (place === 'window') {
    const made = await browser.windows.create({ url: origin, type: 'popup', ...WINDOW_SIZE })
    const tabId = made?.tabs?.[0]?.id
    if (tabId !== undefined) return { tabId, ours: true }
  }
  const tab = await browser.tabs.create({ url: origin, active: true })
  return { tabId: tab.id ?? -1, ours: true }
}

/** Opens a site behind everything else; takes no focus. */
export async function openUnseen(origin: string): Promise<OpenPlace> {
  const tab = await browser.tabs.create({ url: origin, active: false })
  return { tabId: tab.id ?? -1, ours: true }
}

export async function isTabOpen(tabId: number): Promise<boolean> {
  return browser.tabs.get(tabId).then(
    () => true,
    () => false,
  )
}

/** Closing the last tab of a window closes the window with it. */
export async function closeTab(tabId: number): Promise<void> {
  await browser.tabs.remove(tabId)
}
