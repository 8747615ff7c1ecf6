import type { Page } from '@playwright/test'

import { expect, test } from './fixtures'
import { addKeyAccount } from './keys/key-accounts'
import { RedeemPage } from './pages/redeem-page'
import { SitesPage } from './pages/sites-page'
import type { Farm } from './relays/farm'
import type { ExtensionBrowser } from './support/browser'
import { shownIn } from './support/clear-text'
import { ClosedCard } from './support/closed-card'
import { addCodePage, openTab, selectWithMouse } from './support/code-pages'
import { codeOf, codesOf, masked } from './support/codes'
import { redeemByMenu } from './support/entrances'
import { inScriptOf, registeredScripts, scriptsIn } from './support/extension-world'

/** One dollar. */
const DOLLAR = 500_000

const FOUND = codeOf('found')
const OTHER = codeOf('other')

/** An account at a site that has a page with codes. */
async function addSite(
  extension: ExtensionBrowser,
  options: Page,
  farm: Farm,
  name: string,
  domain: 'test' | 'localhost' = 'test',
) {
  const account = await addKeyAccount(extension, options, farm, name, {
    domain,
    keys: [],
    redeemTexts: 'older',
    codes: [FOUND, OTHER].map((code) => ({ code, quota: DOLLAR })),
  })
  const address = addCodePage(farm, account.host, [FOUND, OTHER, 'plain words'], account.relay)
  return { ...account, address }
}

/** What waits for the user's word. */
async function offered(extension: ExtensionBrowser, page: Page) {
  const answer = await extension.send(page, 'redeem.offered', {})
  if (!answer.ok) throw new Error(`no offer: ${JSON.stringify(answer.failure)}`)
  return answer.value
}

test('a code selected on any page is redeemed by the menu, and by that only', async ({
  extension,
  farm,
  options,
}) => {
  const { relay } = await addSite(extension, options, farm, 'Harbour')
  const stranger = await openTab(extension, addCodePage(farm, 'stranger.test', [FOUND, OTHER]))
  await selectWithMouse(stranger, FOUND)
  await redeemByMenu(extension, stranger)
  // The page of the settings that was open serves.
  const redeem = new RedeemPage(options)
  await expect(redeem.offer).toContainText(/Found at \S*stranger\.test/)
  await expect(redeem.offered(FOUND)).toBeChecked()
  expect(await shownIn(extension)).not.toContain(FOUND)
  expect(relay.books.codes).toEqual([])

  await redeem.account('Harbour').check()
  await redeem.redeem()
  await expect(redeem.line(FOUND)).toContainText('Redeemed: $1.00 credited.')
  expect(relay.books.codes).toMatchObject([{ code: FOUND }])
  expect(await offered(extension, options)).toBeNull()

  // The menu looked at that selection once, and at nothing since.
  await selectWithMouse(stranger, OTHER)
  await stranger.keyboard.press('ControlOrMeta+C')
  expect(await (await ClosedCard.on(stranger)).text()).toBe('')
  expect(await offered(extension, options)).toBeNull()
  expect(await registeredScripts(options)).toBe(0)
})

test('as installed, nothing looks at any page', async ({ extension, farm, options }) => {
  const { address } = await addSite(extension, options, farm, 'Harbour')
  const tab = await openTab(extension, address)
  await selectWithMouse(tab, FOUND)
  await tab.keyboard.press('ControlOrMeta+C')
  expect(await registeredScripts(options)).toBe(0)
  expect(await scriptsIn(extension, tab)).toBe(0)
  expect(await (await ClosedCard.on(tab)).text()).toBe('')
  expect(await offered(extension, options)).toBeNull()
  // Looking at the settings changes nothing about that.
  const sites = await SitesPage.open(extension)
  await expect(sites.findCodes('harbour.test')).not.toBeChecked()
  expect(await registeredScripts(options)).toBe(0)
})

test('switched on for one site: what is selected there is offered, and nothing elsewhere', async ({
  extension,
  farm,
  options,
}) => {
  const harbour = await addSite(extension, options, farm, 'Harbour')
  const island = await addSite(extension, options, farm, 'Island')
  const sites = await SitesPage.open(extension)
  await sites.setFindCodes('harbour.test', true)
  await expect.poll(() => registeredScripts(options)).toBe(1)

  const elsewhere = await openTab(extension, island.address)
  const quiet = await ClosedCard.on(elsewhere)
  const tab = await openTab(extension, harbour.address)
  const card = await ClosedCard.on(tab)
  await selectWithMouse(tab, 'plain words')
  await selectWithMouse(tab, FOUND)
  await expect.poll(() => card.text()).toContain(masked(FOUND))
  expect(await card.text()).not.toContain(FOUND)
  // It was in no hurry there, where nobody looks.
  await selectWithMouse(elsewhere, FOUND)
  await elsewhere.keyboard.press('ControlOrMeta+C')
  expect(await quiet.text()).toBe('')
  expect(await scriptsIn(extension, elsewhere)).toBe(0)

  await tab.bringToFront()
  const focused = await tab.evaluate(() => document.activeElement?.localName)
  expect(focused, 'it takes no focus').toBe('body')
  await card.press('Not now')
  await expect.poll(() => card.text()).toBe('')
  await tab.getByText(FOUND).click({ clickCount: 3 })
  await tab.keyboard.press('ControlOrMeta+C')
  await expect.poll(() => card.text()).toContain(masked(FOUND))
  await tab.keyboard.press('Escape')
  await expect.poll(() => card.text()).toBe('')
  expect(await offered(extension, options), 'nobody said yes').toBeNull()

  await selectWithMouse(tab, OTHER)
  await expect.poll(() => card.text()).toContain(masked(OTHER))
  const opened = extension.context.pages().length
  await card.press('Redeem…')
  const redeem = await redeemPageOf(extension)
  await expect(redeem.offer).toContainText(/Found at \S*harbour\.test/)
  await expect(redeem.offered(OTHER)).toBeChecked()
  expect(extension.context.pages().length - opened).toBeLessThanOrEqual(1)
  // The site's own account is what it is for.
  await expect(redeem.account('Harbour')).toBeChecked()
  expect(redeem.page.url()).not.toContain(OTHER)
  await redeem.redeem()
  await expect(redeem.line(OTHER)).toContainText('Redeemed: $1.00 credited.')
  expect(harbour.relay.books.codes).toMatchObject([{ code: OTHER }])
  expect(island.relay.books.codes).toEqual([])
})

test('a page can neither read the card, nor press it, nor speak to the worker', async ({
  extension,
  farm,
  options,
}) => {
  const { address } = await addSite(extension, options, farm, 'Harbour')
  const sites = await SitesPage.open(extension)
  await sites.setFindCodes('harbour.test', true)
  await expect.poll(() => registeredScripts(options)).toBe(1)
  const tab = await openTab(extension, address)
  const card = await ClosedCard.on(tab)
  await inScriptOf(
    extension,
    tab,
    `globalThis.told = 0;
     const send = chrome.runtime.sendMessage;
     chrome.runtime.sendMessage = (...rest) => { told += 1; return send(...rest) };`,
  )
  const told = () => inScriptOf<number>(extension, tab, 'told')

  // What the page pretends its user did.
  await tab.evaluate((text) => {
    const paragraph = [...document.querySelectorAll('p')].find((one) => one.textContent === text)
    if (!paragraph) throw new Error('no such paragraph')
    getSelection()?.selectAllChildren(paragraph)
    const data = new DataTransfer()
    data.setData('text/plain', text)
    const forged = [
      new PointerEvent('pointerdown', { bubbles: true, composed: true }),
      new PointerEvent('pointerup', { bubbles: true, composed: true }),
      new MouseEvent('mouseup', { bubbles: true, composed: true }),
      new MouseEvent('click', { bubbles: true, composed: true }),
      new KeyboardEvent('keyup', { bubbles: true, composed: true, key: 'Shift' }),
      new ClipboardEvent('copy', { bubbles: true, composed: true, clipboardData: data }),
      new ClipboardEvent('cut', { bubbles: true, composed: true, clipboardData: data }),
      new Event('selectionchange', { bubbles: true }),
    ]
    for (const event of forged) paragraph.dispatchEvent(event)
    document.dispatchEvent(new Event('selectionchange'))
  }, OTHER)
  expect(await told(), 'the worker hears nothing of it').toBe(0)
  await selectWithMouse(tab, FOUND)
  expect(await told()).toBe(1)
  await expect.poll(() => card.text()).toContain(masked(FOUND))
  expect(await card.text()).not.toContain(masked(OTHER))

  const around = extension.context.pages().length
  const seen = await tab.evaluate(() => {
    const every = [...document.querySelectorAll('*')]
    const open = every.filter(({ shadowRoot }) => shadowRoot !== null).length
    const points = Array.from({ length: 40 * 40 }, (_, at) => {
      const x = ((at % 40) + 0.5) * (innerWidth / 40)
      const y = (Math.floor(at / 40) + 0.5) * (innerHeight / 40)
      return { x, y, hit: document.elementFromPoint(x, y) }
    })
    for (const { x, y, hit } of points) {
      if (hit?.localName === 'button') continue
      const where = { bubbles: true, composed: true, clientX: x, clientY: y }
      for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
        hit?.dispatchEvent(new MouseEvent(name, where))
      }
      if (hit instanceof HTMLElement) hit.click()
    }
    return { open, text: document.documentElement.outerHTML }
  })
  expect(seen.open).toBe(0)
  expect(seen.text).not.toContain(masked(FOUND))
  expect(await offered(extension, options)).toBeNull()
  expect(extension.context.pages()).toHaveLength(around)

  const answers = await tab.evaluate(
    async ([id, code]) => {
      const scope = globalThis as unknown as {
        chrome?: {
          runtime?: { sendMessage?: (to: string, message: unknown) => Promise<unknown> }
        }
      }
      const message = { channel: 'relaydeck.codes', codes: [code], take: true }
      window.postMessage(message, '*')
      const send = scope.chrome?.runtime?.sendMessage
      return send ? send(id, message).catch(() => 'refused') : 'no way in'
    },
    [extension.extensionId, OTHER] as const,
  )
  expect(['refused', 'no way in']).toContain(answers)
  expect(await offered(extension, options)).toBeNull()
  expect(extension.context.pages()).toHaveLength(around)
})

test('switched off again, it ends, in pages that are open too', async ({
  extension,
  farm,
  options,
}) => {
  const { address } = await addSite(extension, options, farm, 'Harbour')
  const sites = await SitesPage.open(extension)
  await sites.setFindCodes('harbour.test', true)
  await expect.poll(() => registeredScripts(options)).toBe(1)
  const tab = await openTab(extension, address)
  const card = await ClosedCard.on(tab)
  await selectWithMouse(tab, FOUND)
  await expect.poll(() => card.text()).toContain(masked(FOUND))

  await sites.setFindCodes('harbour.test', false)
  await expect.poll(() => registeredScripts(options)).toBe(0)
  await tab.bringToFront()
  // The card was shown before; what it offers is not taken any more.
  await card.press('Redeem…')
  await expect.poll(() => card.text()).toBe('')
  expect(await offered(extension, options)).toBeNull()
  await selectWithMouse(tab, OTHER)
  await tab.keyboard.press('ControlOrMeta+C')
  await extension.stopWorker()
  // Another page has nothing of it at all.
  const later = await openTab(extension, address)
  await selectWithMouse(later, OTHER)
  expect(await scriptsIn(extension, later)).toBe(0)
  expect(await card.text()).toBe('')
  expect(await offered(extension, options)).toBeNull()
})

test('the clipboard is never read', async ({ extension, farm, options }) => {
  const [clipped, selected] = codesOf('clipboard', 2) as [string, string]
  // Only a page the browser trusts has a clipboard at all.
  const account = await addSite(extension, options, farm, 'Harbour', 'localhost')
  addCodePage(farm, account.host, [selected], account.relay)
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // In every page of the extension that is opened from now on.
  await extension.context.addInitScript(() => {
    const scope = globalThis as unknown as { clipboardReads?: number }
    scope.clipboardReads = 0
    const counted = () => {
      scope.clipboardReads = (scope.clipboardReads ?? 0) + 1
      return Promise.reject(new Error('nobody reads the clipboard'))
    }
    Object.assign(Clipboard.prototype, { read: counted, readText: counted })
  })
  const sites = await SitesPage.open(extension)
  await sites.setFindCodes('harbour.localhost', true)
  await expect.poll(() => registeredScripts(options)).toBe(1)
  const tab = await openTab(extension, account.address)
  await tab.evaluate((text) => navigator.clipboard.writeText(text), clipped)
  await inScriptOf(
    extension,
    tab,
    `globalThis.clipboardReads = 0;
     for (const name of ['read', 'readText'])
       Clipboard.prototype[name] = () => { clipboardReads += 1; return Promise.reject(new Error()) };
     const run = document.execCommand.bind(document);
     document.execCommand = (name, ...rest) => {
       if (/paste/i.test(name)) clipboardReads += 1;
       return run(name, ...rest);
     }`,
  )
  const card = await ClosedCard.on(tab)
  await tab.getByRole('textbox', { name: 'Notes' }).click()
  await tab.getByRole('button', { name: 'Copy code' }).click()
  await selectWithMouse(tab, selected)
  await tab.keyboard.press('ControlOrMeta+C')
  await expect.poll(() => card.text()).toContain(masked(selected))
  expect(await card.text()).not.toContain(masked(clipped))
  expect(await inScriptOf(extension, tab, 'clipboardReads')).toBe(0)

  const redeem = await RedeemPage.open(extension)
  await redeem.field.focus()
  await expect(redeem.field).toHaveValue('')
  for (const page of [redeem.page, sites.page]) {
    const reads = await page.evaluate(
      () => (globalThis as unknown as { clipboardReads?: number }).clipboardReads,
    )
    expect(reads).toBe(0)
  }
})

/** The page for codes, opened or brought forward by the extension. */
async function redeemPageOf({ context, extensionId }: ExtensionBrowser): Promise<RedeemPage> {
  const find = () =>
    context.pages().find((page) => {
      const { host, hash } = new URL(page.url())
      return host === extensionId && hash === '#/redeem'
    })
  await expect.poll(() => find() !== undefined).toBe(true)
  return new RedeemPage(find()!)
}
