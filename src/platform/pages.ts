import { browser } from '#imports'

/** The web page the user is looking at, if it is one an account could be on. */
export interface CurrentSite {
  readonly origin: string
  readonly tabId: number
}

/** Only the popup learns this: opening it grants a look at the active tab, and nothing else does. */
export async function currentSite(): Promise<CurrentSite | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  if (tab?.id === undefined || !tab.url || !URL.canParse(tab.url)) return null
  const url = new URL(tab.url)
  return /^https?:$/.test(url.protocol) ? { origin: url.origin, tabId: tab.id } : null
}

/** Shows a place of the options page, in the options tab that is already open if there is one. */
export async function openOptions(hash: string): Promise<void> {
  const page = browser.runtime.getURL('/options.html')
  const url = `${page}#${hash}`
  const tabs = await browser.runtime.getContexts({
    contextTypes: [browser.runtime.ContextType.TAB],
  })
  const open = tabs.find((context) => context.documentUrl?.startsWith(page))
  if (open) await browser.tabs.update(open.tabId, { url, active: true })
  else await browser.tabs.create({ url })
}
