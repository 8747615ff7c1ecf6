import type { Page } from '@playwright/test'

import type { Farm } from '../relays/farm'
import type { RequestHandler } from '../relays/kit/site-double'
import type { ExtensionBrowser } from './browser'

/** Where {@link addCodePage} puts its page. */
const PATH = '/gifts'

/** Adds a page with these texts, each a paragraph of its own, to a site of the farm. */
export function addCodePage(
  farm: Farm,
  host: string,
  texts: readonly string[],
  site?: RequestHandler,
): string {
  const paragraphs = texts.map((text) => `<p>${text}</p>`).join('')
  const page = `<!doctype html><meta charset="utf-8"><title>Gifts</title><h1>Gifts</h1>${paragraphs}
    <button onclick="navigator.clipboard.writeText('copied by the page')">Copy code</button>
    <textarea aria-label="Notes"></textarea>`
  farm.add(host, {
    handle: (request, response) => {
      const isOurs = request.url?.startsWith(PATH) === true || site === undefined
      if (!isOurs) site.handle(request, response)
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    },
  })
  return `${farm.origin(host)}${PATH}`
}

/** Opens a page in a tab of its own, in front. */
export async function openTab({ context }: ExtensionBrowser, address: string): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(address)
  return tab
}

/** Selects a paragraph with the mouse. */
export async function selectWithMouse(tab: Page, text: string): Promise<void> {
  await tab.bringToFront()
  await tab.getByText(text, { exact: true }).click({ clickCount: 3 })
}
