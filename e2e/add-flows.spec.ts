import type { Page } from '@playwright/test'

import { expect, test } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import type { Farm } from './relays/farm'
import { createNewApiRelay } from './relays/new-api/relay'
import { glance, waitForRefresh } from './support/accounts'
import type { ExtensionBrowser } from './support/browser'
import { logIn } from './support/console'
import {
  chooseInMenu,
  isInMenu,
  menuEntries,
  openRealPopup,
  pressInPopup,
  watchMenu,
} from './support/entrances'

const ADA = { id: 51, username: 'ada', password: 'password-of-ada', quota: 1_000_000 }
const BEA = { id: 52, username: 'bea', password: 'password-of-bea', quota: 8_000_000 }

const TITLES = {
  en: ['Add this site to Relaydeck', 'Redeem selected code'],
  ja: ['このサイトを Relaydeck に追加', '選択したコードを引き換える'],
  'zh-CN': ['将此站点添加到 Relaydeck', '兑换选中的兑换码'],
} as const

/** A site with two users, and its tab in front with the first of them logged in. */
async function openSite(extension: ExtensionBrowser, farm: Farm, host: string) {
  const relay = createNewApiRelay({
    generation: 'g1b',
    systemName: 'Harbour',
    users: [ADA, BEA],
  })
  farm.add(host, relay)
  const origin = farm.origin(host)
  const tab = await extension.context.newPage()
  await logIn(tab, origin, ADA.username, ADA.password)
  return { origin, host, tab }
}

/** What the form says of a site, without what tells the sites of a test apart. */
async function formOf(accounts: AccountsPage, { host, origin }: { host: string; origin: string }) {
  const said = await accounts.panel.innerText()
  return said.replaceAll(origin, '<origin>').replaceAll(host, '<host>')
}

/** Goes on from a form that was opened for a site, to what was found there. */
async function goOn(accounts: AccountsPage, origin: string) {
  const { page, panel } = accounts
  await expect(panel.getByLabel('Site address')).toHaveValue(origin)
  await page.getByRole('button', { name: 'Recognise automatically' }).click()
  await expect(panel.getByText(/Recognised by/)).toBeVisible()
  await expect(panel.getByText('ada (ID 51)')).toBeVisible()
}

async function storeIt(accounts: AccountsPage, extension: ExtensionBrowser): Promise<void> {
  await accounts.store()
  await expect(accounts.panel.getByText('About this account')).toBeVisible()
  await waitForRefresh(extension, accounts.page)
}

/** The stored account of a site, without what has to differ from site to site. */
async function storedAt(extension: ExtensionBrowser, page: Page, wanted: string) {
  const rows = await glance(extension, page)
  const row = rows.find(({ origin }) => origin === wanted)
  if (!row) throw new Error(`nothing is stored for ${wanted}`)
  const { id: _, origin: __, attemptAtMs: ___, figuresAtMs: ____, ...rest } = row
  return rest
}

test('the dialog, the popup and the menu lead to the same form and the same account', async ({
  extension,
  farm,
}) => {
  const accounts = await AccountsPage.open(extension)
  const byDialog = await openSite(extension, farm, 'dialog.test')
  await accounts.recognise(byDialog.origin)
  const form = await formOf(accounts, byDialog)
  await storeIt(accounts, extension)
  const stored = await storedAt(extension, accounts.page, byDialog.origin)
  expect(stored).toMatchObject({ userId: '51', authMode: 'cookie', health: 'good' })

  const byPopup = await openSite(extension, farm, 'popup.test')
  await openRealPopup(extension)
  await pressInPopup(accounts.page, 'Menu')
  await pressInPopup(accounts.page, 'Add account')
  await goOn(accounts, byPopup.origin)
  expect(await formOf(accounts, byPopup)).toBe(form)
  await storeIt(accounts, extension)
  expect(await storedAt(extension, accounts.page, byPopup.origin)).toEqual(stored)

  const byMenu = await openSite(extension, farm, 'menu.test')
  const pages = extension.context.pages().length
  await chooseInMenu(extension)
  await goOn(accounts, byMenu.origin)
  expect(await formOf(accounts, byMenu)).toBe(form)
  await storeIt(accounts, extension)
  expect(await storedAt(extension, accounts.page, byMenu.origin)).toEqual(stored)
  // The options page that was open served all three.
  expect(extension.context.pages()).toHaveLength(pages)
})

test('a site that is stored already says so; another of its users can be added', async ({
  extension,
  farm,
}) => {
  const accounts = await AccountsPage.open(extension)
  const { page, panel } = accounts
  const { origin, tab, host } = await openSite(extension, farm, 'stored.test')
  await chooseInMenu(extension)
  await goOn(accounts, origin)
  await storeIt(accounts, extension)

  await tab.bringToFront()
  await chooseInMenu(extension)
  await expect(panel.getByText('1 account is stored for this site')).toBeVisible()
  await goOn(accounts, origin)
  await expect(panel.getByText('This account is already stored')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Add account', exact: true })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Open existing' }).click()
  await expect(panel.getByText('About this account')).toBeVisible()
  expect(await glance(extension, page)).toHaveLength(1)

  await extension.context.clearCookies({ domain: host })
  await logIn(tab, origin, BEA.username, BEA.password)
  await chooseInMenu(extension)
  await expect(panel.getByLabel('Site address')).toHaveValue(origin)
  await page.getByRole('button', { name: 'Recognise automatically' }).click()
  await expect(panel.getByText('bea (ID 52)')).toBeVisible()
  await expect(panel.getByText('You can still add another user of the site.')).toBeVisible()
  await storeIt(accounts, extension)
  const rows = await glance(extension, page)
  expect(rows.map(({ userId, origin: at }) => `${userId} ${at}`).sort()).toEqual([
    `51 ${origin}`,
    `52 ${origin}`,
  ])
})

test('over a page that can have no account the menu opens an empty form', async ({ extension }) => {
  const accounts = await AccountsPage.open(extension)
  const tab = await extension.context.newPage()
  await tab.goto('chrome://version')
  await chooseInMenu(extension)
  await expect(accounts.panel.getByLabel('Site address')).toHaveValue('')
})

test('the menu entries speak the language of the settings', async ({ extension, options }) => {
  await expect.poll(() => isInMenu(extension, 'add-site')).toBe(true)
  await expect.poll(() => isInMenu(extension, 'redeem-code')).toBe(true)
  await watchMenu(extension)
  for (const language of ['ja', 'zh-CN', 'en'] as const) {
    await extension.send(options, 'settings.set', { edit: { language } })
    const [addSite, redeemCode] = TITLES[language]
    await expect
      .poll(async () => (await menuEntries(extension)).slice(-2))
      .toEqual([
        { id: 'add-site', title: addSite, contexts: ['page', 'action'], error: null },
        { id: 'redeem-code', title: redeemCode, contexts: ['selection'], error: null },
      ])
  }
  expect(await menuEntries(extension)).toHaveLength(6)

  // Chosen one right after the other, the last one stays.
  await Promise.all(
    (['zh-CN', 'ja'] as const).map((language) =>
      extension.send(options, 'settings.set', { edit: { language } }),
    ),
  )
  await expect.poll(async () => (await menuEntries(extension)).length).toBe(10)
  const shown = (await menuEntries(extension)).filter(({ error }) => error === null)
  const settings = await extension.send(options, 'app.boot', {})
  const { language } = settings.ok ? settings.value.settings : { language: 'en' as const }
  const titles = TITLES[language === 'auto' ? 'en' : language]
  expect(shown.slice(-2).map(({ title }) => title)).toEqual(titles)
})
