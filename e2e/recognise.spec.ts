import type { Page } from '@playwright/test'

import { expect, test } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import type { Farm } from './relays/farm'
import {
  createNewApiRelay,
  type Generation,
  type NewApiRelay,
  type RelayOptions,
} from './relays/new-api/relay'
import { glance, pointsOf, refreshAll, waitForRefresh } from './support/accounts'
import type { ExtensionBrowser } from './support/browser'
import { logIn } from './support/console'

const PASSWORD = 'relay-password'

interface Site {
  readonly relay: NewApiRelay
  readonly origin: string
}

function addSite(
  farm: Farm,
  generation: Generation,
  accessToken?: string,
  more: Partial<RelayOptions> = {},
): Site {
  const host = `${generation}.test`
  const relay = createNewApiRelay({
    generation,
    systemName: `Harbour ${generation}`,
    ...more,
    users: [
      {
        id: 31,
        username: 'harbour-user',
        password: PASSWORD,
        quota: 6_170_000,
        ...(accessToken ? { accessToken } : {}),
      },
    ],
  })
  farm.add(host, relay)
  return { relay, origin: farm.origin(host) }
}

async function logInAt(extension: ExtensionBrowser, site: Site): Promise<Page> {
  const page = await extension.context.newPage()
  await logIn(page, site.origin, 'harbour-user', PASSWORD)
  return page
}

const tokensAsked = (site: Site) =>
  site.relay.counters.count('GET', '/api/user/token') +
  site.relay.counters.count('POST', '/api/user/token')

for (const generation of ['g1b', 'g2'] as const) {
  test(`${generation}: added by the browser's login, and no access token is made`, async ({
    extension,
    farm,
  }) => {
    const site = addSite(farm, generation, 'the-token-of-another-tool-0001')
    await logInAt(extension, site)
    const accounts = await AccountsPage.open(extension)
    await accounts.recognise(site.origin)
    await expect(accounts.page.getByText('harbour-user').first()).toBeVisible()
    await expect(accounts.page.getByText('$12.34').first()).toBeVisible()
    await expect(
      accounts.page.getByRole('radio', { name: 'Use this browser’s login' }),
    ).toBeChecked()
    await accounts.store()

    await expect(accounts.row(`Harbour ${generation}`)).toContainText('12.34')
    await waitForRefresh(extension, accounts.page)
    const [row] = await glance(extension, accounts.page)
    expect(row).toMatchObject({ userId: '31', authMode: 'cookie', health: 'good' })
    expect(pointsOf(row)).toBe(6_170_000)
    expect(tokensAsked(site)).toBe(0)
    expect(site.relay.state.users.get(31)?.accessToken).toBe('the-token-of-another-tool-0001')
  })

  test(`${generation}: a new access token is made once, after the user confirmed it`, async ({
    extension,
    farm,
  }) => {
    const site = addSite(farm, generation, 'the-token-of-another-tool-0001')
    await logInAt(extension, site)
    const accounts = await AccountsPage.open(extension)
    await accounts.recognise(site.origin)
    await accounts.choose('Create a new access token')
    await accounts.store()
    await expect(accounts.page.getByText('Confirm this, or choose another')).toBeVisible()
    expect(tokensAsked(site)).toBe(0)

    await accounts.page.getByRole('checkbox', { name: /I understand/ }).check()
    await accounts.store()
    await expect(accounts.row(`Harbour ${generation}`)).toContainText('12.34')
    await waitForRefresh(extension, accounts.page)
    expect(tokensAsked(site)).toBe(1)
    const [row] = await glance(extension, accounts.page)
    expect(row).toMatchObject({ authMode: 'token', health: 'good' })
    const last = site.relay.counters.requests().findLast((one) => one.path === '/api/user/self')
    expect(last).toMatchObject({ hadCookie: false, hadAuthorization: true, status: 200 })
  })
}

test('g0: the access token the site shows is used, none is made', async ({ extension, farm }) => {
  const site = addSite(farm, 'g0', 'the-token-of-another-tool-0001')
  await logInAt(extension, site)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(site.origin)
  await expect(
    accounts.page.getByRole('radio', { name: 'Use the access token the site shows' }),
  ).toBeChecked()
  await accounts.store()
  await expect(accounts.row('Harbour g0')).toContainText('12.34')
  await waitForRefresh(extension, accounts.page)
  const [row] = await glance(extension, accounts.page)
  expect(row).toMatchObject({ authMode: 'token', health: 'good' })
  expect(tokensAsked(site)).toBe(0)
})

test('g3: where only the console can make a token, none is asked for', async ({
  extension,
  farm,
}) => {
  const site = addSite(farm, 'g3')
  await logInAt(extension, site)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(site.origin)
  await expect(accounts.page.getByRole('radio', { name: 'Create a new access token' })).toHaveCount(
    0,
  )
  await accounts.choose('Use this browser’s login')
  await accounts.store()
  await expect(accounts.row('Harbour g3')).toContainText('12.34')
  expect(tokensAsked(site)).toBe(0)
})

test('one-api: recognised as such and added', async ({ extension, farm }) => {
  const site = addSite(farm, 'one-api')
  await logInAt(extension, site)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(site.origin)
  await expect(accounts.page.getByText('One API').first()).toBeVisible()
  await accounts.store()
  await expect(accounts.row('Harbour one-api')).toContainText('12.34')
  await waitForRefresh(extension, accounts.page)
  const [row] = await glance(extension, accounts.page)
  expect(row).toMatchObject({ siteType: 'one-api', health: 'good' })
})

test('the page the user has open stays logged in', async ({ extension, farm }) => {
  const site = addSite(farm, 'g2')
  const console = await logInAt(extension, site)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(site.origin)
  await accounts.store()
  await waitForRefresh(extension, accounts.page)
  await console.reload()
  await expect(console.getByRole('button', { name: 'Log out' })).toBeVisible()
})

test('g2 in secure mode: the worker renews a login that ended, without a tab', async ({
  extension,
  farm,
}) => {
  const site = addSite(farm, 'g2', undefined, { secureOriginCheck: true })
  const console = await logInAt(extension, site)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(site.origin)
  await accounts.store()
  await expect(accounts.row('Harbour g2')).toContainText('12.34')
  await waitForRefresh(extension, accounts.page)
  await console.close()

  // Every short-lived token ends at once; the refresh cookie stays good.
  site.relay.state.secret = 'another-secret-of-the-relay'
  site.relay.counters.reset()
  expect(await refreshAll(extension, accounts.page)).toMatchObject({ succeeded: 1, failed: 0 })
  expect(site.relay.counters.count('POST', '/api/user/auth/refresh')).toBe(1)
})

test('nobody logged in: says so, and goes on after the login', async ({ extension, farm }) => {
  const site = addSite(farm, 'g1b')
  const page = await extension.context.newPage()
  await page.goto(site.origin)
  const accounts = await AccountsPage.open(extension)
  await accounts.page.getByRole('button', { name: 'Add account' }).first().click()
  await accounts.page.getByLabel('Site address').fill(site.origin)
  await accounts.page.getByRole('button', { name: 'Recognise automatically' }).click()
  await expect(accounts.page.getByText(/Nobody is logged in/)).toBeVisible()
  await logIn(page, site.origin, 'harbour-user', PASSWORD)
  await accounts.page.getByRole('button', { name: 'I have logged in, try again' }).click()
  await expect(accounts.page.getByText(/Recognised by/)).toBeVisible()
})

test('the site is open nowhere: offers to open it, opens nothing by itself', async ({
  extension,
  farm,
}) => {
  const site = addSite(farm, 'g1b')
  const accounts = await AccountsPage.open(extension)
  const before = extension.context.pages().length
  await accounts.page.getByRole('button', { name: 'Add account' }).first().click()
  await accounts.page.getByLabel('Site address').fill(site.origin)
  await accounts.page.getByRole('button', { name: 'Recognise automatically' }).click()
  await expect(accounts.page.getByText(/is not open in a tab/)).toBeVisible()
  expect(extension.context.pages()).toHaveLength(before)
  const opened = extension.context.waitForEvent('page')
  await accounts.page.getByRole('button', { name: 'Open the site in a new tab' }).click()
  await expect(await opened).toHaveURL(new RegExp(`^${site.origin}`))
})

test('something else runs there: says so and leaves a form to fill in', async ({
  extension,
  farm,
}) => {
  farm.add('other.test', {
    handle: (_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>New API</title><p>A page about gardening</p>')
    },
  })
  const page = await extension.context.newPage()
  await page.goto(farm.origin('other.test'))
  const accounts = await AccountsPage.open(extension)
  await accounts.page.getByRole('button', { name: 'Add account' }).first().click()
  await accounts.page.getByLabel('Site address').fill(farm.origin('other.test'))
  await accounts.page.getByRole('button', { name: 'Recognise automatically' }).click()
  await expect(accounts.page.getByLabel('User ID')).toBeVisible()
  await expect(accounts.page.getByLabel('Site address')).toHaveValue(farm.origin('other.test'))
  expect(await glance(extension, accounts.page)).toEqual([])
})
