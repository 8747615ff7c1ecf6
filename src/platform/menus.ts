import { browser } from '#imports'

import type { CurrentSite } from './pages'

const SITE_ENTRY = 'add-site'
const CODE_ENTRY = 'redeem-code'

/** What the entries do; called inside the user's click. */
export interface MenuChoices {
  /** The page under the menu, `null` where no account can be. */
  readonly addSite: (site: CurrentSite | null) => void
  /** What is selected there, and the page's origin where it is a web page. */
  readonly redeemCode: (selection: Promise<string>, origin: string | undefined) => void
}

type Click = Parameters<Parameters<typeof browser.contextMenus.onClicked.addListener>[0]>[0]

/** Must be called at worker start, before any await. */
export function onMenuChoice({ addSite, redeemCode }: MenuChoices): void {
  browser.contextMenus.onClicked.addListener((click, tab) => {
    const { menuItemId } = click
    const url = tab?.url !== undefined && URL.canParse(tab.url) ? new URL(tab.url) : null
    const origin = url && /^https?:$/.test(url.protocol) ? url.origin : undefined
    if (menuItemId === CODE_ENTRY) redeemCode(selectionOf(click, tab?.id), origin)
    if (menuItemId !== SITE_ENTRY) return
    addSite(origin !== undefined && tab?.id !== undefined ? { origin, tabId: tab.id } : null)
  })
}

/** Longer selections may be several lines: a code with what stands around it is shorter. */
const ONE_LINE = 40

/**
 * The selection with its line breaks, which the browser leaves out of what it tells (two codes below
 * each other would become one long word): the click lets us look at the page once. Where that fails,
 * what was told.
 */
async function selectionOf({ selectionText = '', frameId = 0 }: Click, tabId = -1) {
  if (selectionText.length <= ONE_LINE) return selectionText
  try {
    const [frame] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: () => String(getSelection()),
    })
    return frame?.result || selectionText
  } catch {
    return selectionText
  }
}

/** Puts the entries into the menus of pages, of the toolbar icon and of selections. */
export async function showMenuEntries(titles: {
  readonly addSite: string
  readonly redeemCode: string
}): Promise<void> {
  await browser.contextMenus.removeAll()
  const { create } = browser.contextMenus
  create({ id: SITE_ENTRY, title: titles.addSite, contexts: ['page', 'action'] })
  create({ id: CODE_ENTRY, title: titles.redeemCode, contexts: ['selection'] })
}
