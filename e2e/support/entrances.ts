import { expect, type Page } from '@playwright/test'

import type { ExtensionBrowser } from './browser'

interface Tab {
  readonly id?: number
  readonly url?: string
}

/** What this file uses of the extension API, in an extension page or in the worker. */
interface Scope {
  chrome: {
    action: { openPopup(): Promise<void> }
    extension: { getViews(filter: { type: 'popup' }): { document: Document }[] }
    tabs: { query(filter: { active: true; currentWindow: true }): Promise<Tab[]> }
    runtime: { lastError?: { message: string } }
    contextMenus: {
      readonly onClicked: { dispatch(info: MenuClick, tab: Tab): void }
      create(entry: MenuEntry, done: () => void): void
      update(id: string, change: object): Promise<void>
    }
  }
  /** What became of every entry put into the menu since the test began to look. */
  entries?: (MenuEntry & { readonly error: string | null })[]
}

type MenuEntryId = 'add-site' | 'redeem-code'

interface MenuClick {
  readonly menuItemId: MenuEntryId
  readonly selectionText?: string
}

interface MenuEntry {
  readonly id: string
  readonly title: string
  readonly contexts: readonly string[]
}

function workerOf({ context }: ExtensionBrowser) {
  const [worker] = context.serviceWorkers()
  if (!worker) throw new Error('there is no worker')
  return worker
}

/**
 * Opens the real popup over the tab in front, which is what tells it the site. It is no page that
 * Playwright knows: `from`, another page of the extension, reaches into it.
 */
export async function openRealPopup(extension: ExtensionBrowser): Promise<void> {
  await workerOf(extension).evaluate(() =>
    (globalThis as unknown as Scope).chrome.action.openPopup(),
  )
}

/** Presses a button or a menu entry of the real popup, by its words or its label. */
export async function pressInPopup(from: Page, name: string): Promise<void> {
  const press = () =>
    from.evaluate((wanted) => {
      const [popup] = (globalThis as unknown as Scope).chrome.extension.getViews({ type: 'popup' })
      const all = popup?.document.querySelectorAll<HTMLElement>('button, [role="menuitem"]')
      const button = [...(all ?? [])].find(
        (one) => one.getAttribute('aria-label') === wanted || one.textContent.trim() === wanted,
      )
      button?.click()
      return button !== undefined
    }, name)
  await expect.poll(press).toBe(true)
}

/**
 * Tells the worker that its menu entry was chosen over the tab in front, as the browser does: a
 * native menu is nothing a test could open. Only the browser's user gesture is missing.
 */
export async function chooseInMenu(
  extension: ExtensionBrowser,
  click: MenuClick = { menuItemId: 'add-site' },
): Promise<void> {
  await workerOf(extension).evaluate(async (chosen) => {
    const { contextMenus, tabs } = (globalThis as unknown as Scope).chrome
    const [tab] = await tabs.query({ active: true, currentWindow: true })
    contextMenus.onClicked.dispatch(chosen, tab ?? {})
  }, click)
}

/** Chooses to redeem what is selected in the tab in front, as {@link chooseInMenu} chooses. */
export async function redeemByMenu(extension: ExtensionBrowser, tab: Page): Promise<void> {
  const selectionText = await tab.evaluate(() => String(getSelection()))
  await tab.bringToFront()
  await chooseInMenu(extension, { menuItemId: 'redeem-code', selectionText })
}

/** Begins to note what the worker puts into the menu: the browser tells nobody what is in there. */
export async function watchMenu(extension: ExtensionBrowser): Promise<void> {
  await workerOf(extension).evaluate(() => {
    const scope = globalThis as unknown as Scope
    const { contextMenus, runtime } = scope.chrome
    const create = contextMenus.create.bind(contextMenus)
    scope.entries = []
    contextMenus.create = (entry) => {
      create(entry, () => {
        scope.entries?.push({ ...entry, error: runtime.lastError?.message ?? null })
      })
    }
  })
}

/** What was put into the menu since {@link watchMenu}. */
export function menuEntries(extension: ExtensionBrowser) {
  return workerOf(extension).evaluate(() => (globalThis as unknown as Scope).entries ?? [])
}

/** Whether the entry is in the browser's menu, in whichever words. */
export function isInMenu(extension: ExtensionBrowser, id: MenuEntryId): Promise<boolean> {
  return workerOf(extension).evaluate(
    (wanted) =>
      (globalThis as unknown as Scope).chrome.contextMenus.update(wanted, {}).then(
        () => true,
        () => false,
      ),
    id,
  )
}
