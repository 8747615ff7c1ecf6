import { expect, test } from '../fixtures'
import { AccountsPage } from '../pages/accounts-page'
import { KeysPage } from '../pages/keys-page'
import type { Farm } from '../relays/farm'
import type { SeedKey } from '../relays/new-api/relay'
import { waitForRefresh } from '../support/accounts'
import type { ExtensionBrowser } from '../support/browser'
import { logIn } from '../support/console'
import { keyRelay, plainKeys, USER_NAME, USER_PASSWORD } from './key-accounts'

const TOKENS = '/api/token/'
const DAY_MS = 86_400_000

/** Somebody logs in at a site and adds the account by the form, as it is offered. */
async function addBySite(
  extension: ExtensionBrowser,
  farm: Farm,
  host: string,
  keys: SeedKey[] = [],
) {
  const relay = keyRelay({ keys, systemName: host })
  farm.add(host, relay)
  const origin = farm.origin(host)
  const console = await extension.context.newPage()
  await logIn(console, origin, USER_NAME, USER_PASSWORD)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(origin)
  await accounts.store()
  return { relay, accounts, made: () => relay.counters.count('POST', TOKENS) }
}

test('adding an account makes no key, unless the settings ask for one', async ({
  extension,
  farm,
}) => {
  const { relay, accounts, made } = await addBySite(extension, farm, 'quiet.test')
  await expect(accounts.panel.getByText('About this account')).toBeVisible()
  await waitForRefresh(extension, accounts.page)
  const keys = await KeysPage.goTo(accounts.page)
  await expect(keys.accountRow('quiet')).toContainText('No keys')
  expect(made()).toBe(0)
  expect(relay.state.tokens.size).toBe(0)
})

test('switched on, the default key is made once, with its limits, and shown', async ({
  extension,
  farm,
}) => {
  const options = await extension.openOptions('/settings')
  await options.getByRole('switch', { name: 'Create a key after adding an account' }).check()
  await options.getByRole('textbox', { name: 'Name of the key' }).fill('my tools')
  await options.keyboard.press('Enter')
  await options.getByRole('switch', { name: 'Unlimited quota' }).uncheck()
  await options.getByRole('textbox', { name: 'Quota, US dollars' }).fill('3')
  await options.keyboard.press('Enter')
  await options.getByRole('switch', { name: 'Never expires' }).uncheck()
  await options.getByRole('textbox', { name: 'Expires after, days' }).fill('10')
  await options.keyboard.press('Enter')
  await options.reload()
  await expect(options.getByRole('textbox', { name: 'Name of the key' })).toHaveValue('my tools')
  await expect(options.getByRole('textbox', { name: 'Expires after, days' })).toHaveValue('10')

  const startedAtMs = Date.now()
  const { relay, accounts, made } = await addBySite(extension, farm, 'first.test')
  await expect(accounts.panel.getByText('The key my tools was created')).toBeVisible()
  expect(made()).toBe(1)
  const [token, ...others] = [...relay.state.tokens.values()]
  expect(others).toEqual([])
  expect(token).toMatchObject({ name: 'my tools', unlimitedQuota: false, remainQuota: 1_500_000 })
  const expiresAtMs = token!.expiredTime * 1000
  expect(expiresAtMs).toBeGreaterThanOrEqual(startedAtMs + 10 * DAY_MS - 1000)
  expect(expiresAtMs).toBeLessThanOrEqual(Date.now() + 10 * DAY_MS)

  await accounts.panel.getByRole('link', { name: 'Open the key' }).click()
  const keys = new KeysPage(accounts.page)
  await expect(keys.panel.getByRole('heading', { name: 'my tools' })).toBeVisible()
  await keys.panel.getByRole('button', { name: 'Show key' }).click()
  await expect(keys.panel.getByText(`sk-${token!.key}`)).toBeVisible()
  await expect(await keys.cell('my tools', 'Remaining')).toHaveText('3.00')

  const second = await addBySite(extension, farm, 'second.test', plainKeys('works already'))
  await expect(
    second.accounts.panel.getByText(/already has a key that works\. No other one was created/),
  ).toBeVisible()
  expect(second.made()).toBe(0)
  expect(made()).toBe(1)
})
