import type { Page } from '@playwright/test'

import { expect, test as base } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import { glance, pointsOf, refreshAll, waitForRefresh } from './support/accounts'
import type { ExtensionBrowser } from './support/browser'
import {
  ADA,
  addCookieSite,
  BEA,
  becomeUser,
  CAY,
  type CookieSite,
  headerRules,
  jarOf,
} from './support/cookie-sites'
import { ExtensionSettings, launchRelease } from './support/release'

/** The release, which has to ask the browser for the rights that cookies of one's own take. */
const test = base.extend({
  extension: async ({}, use) => {
    const extension = await launchRelease()
    await use(extension)
    await extension.close()
  },
})

const WAYS = {
  own: 'Keep this login for this account',
  browser: 'Use this browser’s login',
} as const

interface Stage {
  readonly extension: ExtensionBrowser
  readonly site: CookieSite
  readonly accounts: AccountsPage
  /** The browser's tab of the site. */
  readonly tab: Page
}

async function setStage(extension: ExtensionBrowser, site: CookieSite): Promise<Stage> {
  const settings = await ExtensionSettings.open(extension)
  await settings.allow(site.origin)
  const accounts = await AccountsPage.open(extension)
  return { extension, site, accounts, tab: await extension.context.newPage() }
}

/** Logs in as the user and adds the account through the form. */
async function add(stage: Stage, user: typeof ADA, way: keyof typeof WAYS): Promise<void> {
  const { extension, site, accounts, tab } = stage
  await becomeUser(extension, tab, site.origin, user)
  await accounts.recognise(site.origin)
  await expect(accounts.panel.getByText(`${user.username} (ID ${String(user.id)})`)).toBeVisible()
  await accounts.choose(WAYS[way])
  await accounts.store()
  await expect(accounts.panel.getByText('About this account')).toBeVisible()
  await waitForRefresh(extension, accounts.page)
}

/** By user name, what every account shows: its figures, and why they are not new. */
async function figures({ extension, accounts }: Stage) {
  const rows = await glance(extension, accounts.page)
  return Object.fromEntries(
    rows.map((row) => [row.username, [pointsOf(row), row.failure?.class ?? row.health]]),
  )
}

/** Gives both users new balances and refreshes both accounts in one run. */
async function refreshBoth(stage: Stage, quota: { ada: number; bea: number }): Promise<void> {
  const { extension, site, accounts } = stage
  site.setQuota(ADA, quota.ada)
  site.setQuota(BEA, quota.bea)
  await refreshAll(extension, accounts.page)
}

async function expectNoRuleLeft({ accounts }: Stage): Promise<void> {
  await expect.poll(() => headerRules(accounts.page)).toBe(0)
}

test('two users of one New API site live side by side, whoever the browser is logged in as', async ({
  extension,
  farm,
}) => {
  const stage = await setStage(extension, addCookieSite(farm, 'new-api', 'harbour.test'))
  const { site, tab } = stage
  await add(stage, ADA, 'own')
  await add(stage, BEA, 'own')
  expect(await figures(stage)).toEqual({ ada: [ADA.quota, 'good'], bea: [BEA.quota, 'good'] })

  await becomeUser(extension, tab, site.origin, CAY)
  const jar = await jarOf(extension, site.origin)
  await refreshBoth(stage, { ada: 10, bea: 20 })
  expect(await figures(stage)).toEqual({ ada: [10, 'good'], bea: [20, 'good'] })
  await tab.reload()
  await expect(tab.getByText('cay', { exact: true })).toBeVisible()

  // The site renews the cookie in its answers: the accounts' own follow, the browser's does not.
  site.renewCookies()
  await refreshBoth(stage, { ada: 11, bea: 21 })
  expect(await figures(stage)).toEqual({ ada: [11, 'good'], bea: [21, 'good'] })
  expect(await jarOf(extension, site.origin)).toEqual(jar)
  site.endOldCookies()
  await extension.stopWorker()
  await refreshBoth(stage, { ada: 12, bea: 22 })
  expect(await figures(stage)).toEqual({ ada: [12, 'good'], bea: [22, 'good'] })
  expect(await jarOf(extension, site.origin)).toEqual(jar)

  // Nobody is logged in any more.
  await extension.context.clearCookies({ domain: 'harbour.test' })
  await refreshBoth(stage, { ada: 13, bea: 23 })
  expect(await figures(stage)).toEqual({ ada: [13, 'good'], bea: [23, 'good'] })
  expect(await jarOf(extension, site.origin)).toEqual({})
  await expectNoRuleLeft(stage)
})

test('a worker killed in the middle leaves no header rule, and the run ends right', async ({
  extension,
  farm,
}) => {
  const stage = await setStage(extension, addCookieSite(farm, 'new-api', 'harbour.test'))
  const { site, accounts } = stage
  await add(stage, ADA, 'own')
  await add(stage, BEA, 'own')
  site.setQuota(ADA, 10)
  site.setQuota(BEA, 20)
  site.relay.faults.set({ path: '/api/user/self' }, { kind: 'hang' }, 2)
  await extension.send(accounts.page, 'refresh.start', {})
  await expect.poll(() => headerRules(accounts.page)).toBeGreaterThan(0)

  await extension.stopWorker()
  await waitForRefresh(extension, accounts.page)
  expect(await figures(stage)).toEqual({ ada: [10, 'good'], bea: [20, 'good'] })
  await expectNoRuleLeft(stage)
})

test('DoneHub: one account by the browser’s login, another by its own, in one run', async ({
  extension,
  farm,
}) => {
  const stage = await setStage(extension, addCookieSite(farm, 'done-hub', 'hub.test'))
  const { site, tab } = stage
  await add(stage, ADA, 'browser')
  await add(stage, BEA, 'own')

  await becomeUser(extension, tab, site.origin, ADA)
  await refreshBoth(stage, { ada: 10, bea: 20 })
  expect(await figures(stage)).toEqual({ ada: [10, 'good'], bea: [20, 'good'] })

  await becomeUser(extension, tab, site.origin, CAY)
  const jar = await jarOf(extension, site.origin)
  await refreshBoth(stage, { ada: 11, bea: 21 })
  expect(await figures(stage)).toEqual({ ada: [10, 'identity'], bea: [21, 'good'] })
  expect(await jarOf(extension, site.origin)).toEqual(jar)

  await tab.bringToFront()
  await tab.getByRole('button', { name: 'Log out' }).click()
  await expect(tab.getByLabel('Username')).toBeVisible()
  await refreshBoth(stage, { ada: 12, bea: 22 })
  expect(await figures(stage)).toEqual({ ada: [10, 'login'], bea: [22, 'good'] })

  await becomeUser(extension, tab, site.origin, ADA)
  await refreshBoth(stage, { ada: 13, bea: 23 })
  expect(await figures(stage)).toEqual({ ada: [13, 'good'], bea: [23, 'good'] })
  await expectNoRuleLeft(stage)
})
