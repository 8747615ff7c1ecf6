import { browser } from '#imports'

import { accessPattern } from '@/src/domain/origin'

import { whileAlive } from './while-alive'

const PAGE_SCRIPT = '/content-scripts/site-page.js'

/**
 * The tab to talk to for `origin`: the preferred one if it is there, else the one used last.
 * Sees only tabs of sites the browser has granted.
 */
export async function findTab(origin: string, preferred?: number): Promise<number | null> {
  const tabs = await whileAlive(() => browser.tabs.query({ url: accessPattern(origin) }))
  const here = tabs.filter((tab) => tab.url !== undefined && new URL(tab.url).origin === origin)
  const best =
    here.find((tab) => tab.id === preferred) ??
    here.sort((a, b) => b.lastAccessed - a.lastAccessed)[0]
  return best?.id ?? null
}

/** Opens and shows a tab. Only for things the user asked for. */
export async function openTab(url: string): Promise<number> {
  const tab = await browser.tabs.create({ url, active: true })
  return tab.id ?? -1
}

/** Puts the page script into the tab's top frame, where it waits for {@link askTab}. */
export async function injectPageScript(tabId: number): Promise<void> {
  await whileAlive(() =>
    browser.scripting.executeScript({ target: { tabId }, files: [PAGE_SCRIPT] }),
  )
}

/** Sends one question to the page script of a tab; rejects when the tab or script is gone. */
export async function askTab(tabId: number, channel: string, question: unknown): Promise<unknown> {
  return whileAlive(() => browser.tabs.sendMessage(tabId, { channel, question }, { frameId: 0 }))
}
