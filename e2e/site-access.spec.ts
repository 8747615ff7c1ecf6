import { expect, test as base } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import { NeedsYouPage } from './pages/needs-you-page'
import { SitesPage } from './pages/sites-page'
import type { Farm } from './relays/farm'
import { createNewApiRelay, type NewApiRelay } from './relays/new-api/relay'
import { glance, pointsOf, refreshAll, waitForRefresh } from './support/accounts'
import type { ExtensionBrowser } from './support/browser'
import { logIn } from './support/console'
import { ExtensionSettings, isGranted, launchRelease } from './support/release'

/** The release itself: here access is granted, used and taken back by the browser. */
const test = base.extend({
  extension: async ({}, use) => {
    const extension = await launchRelease()
    await use(extension)
    await extension.close()
  },
})

const ADA = { id: 51, username: 'ada', password: 'password-of-ada', quota: 1_000_000 }

interface Site {
  readonly host: string
  readonly origin: string
  readonly relay: NewApiRelay
}

/** Adds an account through the form, which asks the browser for access to the site. */
async function addAccount(
  extension: ExtensionBrowser,
  farm: Farm,
  settings: ExtensionSettings,
  host: string,
): Promise<Site> {
  const relay = createNewApiRelay({ generation: 'g1b', systemName: `Relay ${host}`, users: [ADA] })
  farm.add(host, relay)
  const origin = farm.origin(host)
  await settings.allow(origin)
  const console = await extension.context.newPage()
  await logIn(console, origin, ADA.username, ADA.password)
  const accounts = await AccountsPage.open(extension)
  expect(await isGranted(accounts.page, origin)).toBe(false)
  await accounts.recognise(origin)
  expect(await isGranted(accounts.page, origin)).toBe(true)
  await accounts.store()
  await expect(accounts.row(`Relay ${host}`)).toContainText('2.00')
  await waitForRefresh(extension, accounts.page)
  await accounts.page.close()
  return { host, origin, relay }
}

async function addTwo(
  extension: ExtensionBrowser,
  farm: Farm,
): Promise<{ settings: ExtensionSettings; left: Site; kept: Site }> {
  const settings = await ExtensionSettings.open(extension)
  return {
    settings,
    left: await addAccount(extension, farm, settings, 'left.test'),
    kept: await addAccount(extension, farm, settings, 'kept.test'),
  }
}

/** By host, what every account says. */
async function states(extension: ExtensionBrowser, { page }: SitesPage) {
  const rows = await glance(extension, page)
  return Object.fromEntries(
    rows.map(({ origin, health, failure }) => [
      new URL(origin).hostname,
      failure ? `${failure.class}/${failure.reason ?? ''}` : health,
    ]),
  )
}

test('revoked on the Site access page: nothing is sent there until it is granted again', async ({
  extension,
  farm,
}) => {
  const { left, kept } = await addTwo(extension, farm)
  const sites = await SitesPage.open(extension)
  await expect(sites.row('left.test')).toContainText('Granted')
  await expect(sites.row('kept.test')).toContainText('Granted')
  left.relay.counters.reset()
  kept.relay.counters.reset()

  await sites.revoke('left.test')
  await expect(sites.row('left.test')).toContainText('Revoked')
  await expect(
    sites.page.getByRole('status').getByText(`Access to ${left.origin} was revoked.`),
  ).toBeVisible()
  expect(await isGranted(sites.page, left.origin)).toBe(false)
  expect(await isGranted(sites.page, kept.origin)).toBe(true)
  await expect
    .poll(() => states(extension, sites))
    .toEqual({ 'left.test': 'access/revoked', 'kept.test': 'good' })

  // The site's own page is still open, and the browser still logged in there.
  expect(await refreshAll(extension, sites.page)).toMatchObject({ succeeded: 1, failed: 1 })
  await extension.stopWorker()
  expect(await refreshAll(extension, sites.page)).toMatchObject({ succeeded: 1, failed: 1 })
  expect(left.relay.counters.total()).toBe(0)
  expect(kept.relay.counters.total()).toBeGreaterThan(0)
  expect((await glance(extension, sites.page)).map(pointsOf)).toEqual([ADA.quota, ADA.quota])

  const accounts = await AccountsPage.open(extension)
  await expect(accounts.row('Relay left.test')).toBeVisible()
  await accounts.openDetails('Relay left.test')
  await expect(accounts.panel.getByRole('button', { name: 'Grant access' })).toBeVisible()
  await accounts.page.close()

  left.relay.state.users.get(ADA.id)!.quota = 4_000_000
  await sites.grantAgain('left.test')
  await expect(sites.row('left.test')).toContainText('Granted')
  await expect
    .poll(() => states(extension, sites))
    .toEqual({ 'left.test': 'good', 'kept.test': 'good' })
  const rows = await glance(extension, sites.page)
  expect(pointsOf(rows.find(({ origin }) => origin === left.origin))).toBe(4_000_000)
})

test('taken back in the browser’s own settings: the account says so at once', async ({
  extension,
  farm,
}) => {
  const { settings, left, kept } = await addTwo(extension, farm)
  const needsYou = await NeedsYouPage.open(extension)
  await needsYou.expectNothingLeft()
  left.relay.counters.reset()

  await settings.takeBack(left.origin)
  await expect(needsYou.entry('left.test')).toContainText(/Access to left\.test\S* was taken back/)
  await expect(needsYou.entries).toHaveCount(1)
  expect(await isGranted(needsYou.page, left.origin)).toBe(false)
  await refreshAll(extension, needsYou.page)
  expect(left.relay.counters.total()).toBe(0)
  expect(kept.relay.counters.total()).toBeGreaterThan(0)

  // Allowed again there: nobody has to tell Relaydeck.
  await settings.allow(left.origin)
  await needsYou.expectNothingLeft()
  expect(left.relay.counters.total()).toBeGreaterThan(0)

  await extension.send(needsYou.page, 'sites.revoke', { origins: [left.origin] })
  await needsYou.page.bringToFront()
  await needsYou.entry('left.test').getByRole('button', { name: 'Grant access' }).click()
  await needsYou.expectNothingLeft()
  expect(await isGranted(needsYou.page, left.origin)).toBe(true)
})

test('access that no account needs any more is shown and can be given back', async ({
  extension,
  farm,
}) => {
  const { left, kept } = await addTwo(extension, farm)
  const sites = await SitesPage.open(extension)
  const rows = await glance(extension, sites.page)
  const ids = rows.filter(({ origin }) => origin === left.origin).map(({ id }) => id)
  await extension.send(sites.page, 'accounts.remove', { ids })
  await expect(sites.row('left.test')).toContainText('Left over, can be revoked')
  expect(await isGranted(sites.page, left.origin)).toBe(true)

  await sites.page.getByRole('button', { name: 'Revoke it' }).click()
  await sites.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(sites.row('left.test')).toHaveCount(0)
  await expect(sites.row('kept.test')).toContainText('Granted')
  expect(await isGranted(sites.page, left.origin)).toBe(false)
  expect(await isGranted(sites.page, kept.origin)).toBe(true)
})
