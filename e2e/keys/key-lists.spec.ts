import type { Locator, Page } from '@playwright/test'

import { expect, test } from '../fixtures'
import { KeysPage } from '../pages/keys-page'
import { addKeyAccount, type KeyAccount, plainKeys } from './key-accounts'

/** What a site says that does not want to do what is asked. */
const REFUSAL = { success: false, message: 'not today' }
const REFUSED = { kind: 'status', status: 200, body: REFUSAL } as const
const TOKENS = '/api/token/'
const ENABLED = 1
const DISABLED = 2

const statusOf = (account: KeyAccount, name: string) => account.key(name)?.status

test('every account shows its keys as they come; a failing one says so and is tried again', async ({
  extension,
  farm,
  options,
}) => {
  const add = (name: string, ...keys: string[]) =>
    addKeyAccount(extension, options, farm, name, { keys: plainKeys(...keys) })
  await add('North', 'laptop', 'server')
  const south = await add('South', 'phone')
  const west = await add('West', 'tablet')
  await add('East', 'desktop')
  south.relay.faults.set({ path: TOKENS }, { kind: 'status', status: 500 })
  west.relay.faults.set({ path: TOKENS }, { kind: 'hang' })

  const keys = await KeysPage.open(extension)
  for (const name of ['laptop', 'server', 'desktop']) await expect(keys.row(name)).toBeVisible()
  const notice = keys.page.getByRole('note').filter({ hasText: '1 account could not be listed' })
  await expect(notice).toContainText('South')
  await expect(keys.accountRow('South')).toContainText('The site failed')
  await expect(keys.accountRow('North')).toContainText('2 keys')
  // One is still silent, and nobody waits for it.
  await expect(keys.accountRow('West')).toContainText('Listing keys')
  await expect(keys.page.getByText('3 of 4 accounts')).toBeVisible()
  await expect(keys.rows).toHaveCount(3)

  south.relay.faults.clear()
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect(keys.row('phone')).toBeVisible()
  await expect(notice).toBeHidden()
})

test('keys are found by name and by the full key, and narrowed by state, group and account', async ({
  extension,
  farm,
  options,
}) => {
  const north = await addKeyAccount(extension, options, farm, 'North', {
    generation: 'g1a',
    keys: [
      { name: 'laptop', unlimited: true },
      { name: 'old laptop', unlimited: true, status: 2 },
      { name: 'fast lane', unlimited: true, group: 'vip' },
    ],
  })
  const south = await addKeyAccount(extension, options, farm, 'South', {
    keys: plainKeys('phone', 'laptop bag'),
  })
  const keys = await KeysPage.open(extension)
  const expectNames = (...names: string[]) => expect(keys.names).toHaveText(names)
  await expect(keys.rows).toHaveCount(5)

  await keys.search.fill('LAPTOP')
  await expect(keys.rows).toHaveCount(3)
  await keys.search.fill(`sk-${north.key('laptop')!.key}`)
  await expectNames('laptop')
  // Of a key that its site hides only what was seen of it can be searched.
  const phone = `sk-${south.key('phone')!.key}`
  await keys.search.fill(phone)
  await expect(keys.page.getByText('Nothing found')).toBeVisible()
  await keys.page.getByRole('button', { name: 'Show all keys' }).click()
  await keys.page.getByRole('button', { name: 'Show the key phone' }).click()
  await expect(await keys.cell('phone', 'Key')).toHaveText(phone)
  await keys.search.fill(phone)
  await expectNames('phone')
  await keys.search.fill('')

  await keys.status('Disabled').click()
  await expectNames('old laptop')
  await keys.status('Disabled').click()
  await keys.filter('Group').selectOption('vip')
  await expectNames('fast lane')
  await keys.filter('Group').selectOption('Group')
  await keys.filter('Account').selectOption('South')
  await expect(keys.rows).toHaveCount(2)
  await expect(keys.accountRow('North')).toBeHidden()
  await keys.filter('Account').selectOption('Account')

  await expect(keys.accountRow('North')).toBeVisible()
  await keys.page.getByRole('button', { name: 'By account' }).click()
  await expect(keys.accountRow('North')).toBeHidden()
  await expect(await keys.cell('fast lane', 'Account')).toHaveText('North')
  await expect(keys.rows).toHaveCount(5)
})

test('chosen keys are disabled and deleted together; a refused one is named and tried again', async ({
  extension,
  farm,
  options,
}) => {
  const add = (name: string, ...names: string[]) =>
    addKeyAccount(extension, options, farm, name, { keys: plainKeys(...names) })
  const north = await add('North', 'laptop', 'server')
  const south = await add('South', 'phone', 'tablet')
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(4)
  const chosen = [
    [north, 'laptop'],
    [north, 'server'],
    [south, 'phone'],
  ] as const
  await keys.select('laptop', 'server', 'phone')
  await expect(keys.selectionBar).toContainText('3 selected')

  south.relay.faults.set({ method: 'PUT', path: TOKENS }, REFUSED, 1)
  await keys.selectionBar.getByRole('button', { name: 'Disable' }).click()
  const result = keys.page.getByRole('note').filter({ hasText: 'disabled' })
  await expect(result).toContainText('2 keys disabled')
  await expect(result).toContainText('It did not work for 1 key:')
  await expect(result.getByRole('listitem')).toContainText('phone')
  await expect(result.getByRole('listitem')).toContainText('The site said no')
  expect(chosen.map(([account, name]) => statusOf(account, name))).toEqual([
    DISABLED,
    DISABLED,
    ENABLED,
  ])
  await expect(await keys.cell('server', 'Status')).toHaveText('Disabled')
  await expect(await keys.cell('phone', 'Status')).toHaveText('Enabled')
  await result.getByRole('button', { name: 'Retry the failed ones' }).click()
  await expect(await keys.cell('phone', 'Status')).toHaveText('Disabled')
  expect(statusOf(south, 'phone')).toBe(DISABLED)
  expect(statusOf(south, 'tablet')).toBe(ENABLED)

  south.relay.faults.set({ method: 'DELETE', path: `${TOKENS}:id` }, REFUSED, 1)
  await keys.selectionBar.getByRole('button', { name: 'Delete' }).click()
  await expect(keys.dialog).toContainText('Delete 3 keys?')
  for (const [, name] of chosen) await expect(keys.dialog).toContainText(name)
  await keys.dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(keys.page.getByText('2 keys deleted')).toBeVisible()
  await expect(keys.page.getByText('It did not work for 1 key:')).toBeVisible()
  await expect(keys.row('laptop')).toHaveCount(0)
  await expect(keys.row('phone')).toBeVisible()
  expect(north.relay.state.tokens.size).toBe(0)
  expect([...south.relay.state.tokens.values()].map(({ name }) => name)).toEqual([
    'phone',
    'tablet',
  ])
  await keys.page.getByRole('button', { name: 'Retry the failed ones' }).click()
  await expect(keys.rows).toHaveCount(1)
  expect([...south.relay.state.tokens.values()].map(({ name }) => name)).toEqual(['tablet'])
})

test('one key for several accounts: each preview is what the site gets, and who cannot is left out', async ({
  extension,
  farm,
  options,
}) => {
  const add = (name: string, generation: 'g0' | 'g1b' | 'one-api') =>
    addKeyAccount(extension, options, farm, name, { generation, keys: plainKeys('first') })
  const north = await add('North', 'g1b')
  const south = await add('South', 'one-api')
  const west = await add('West', 'g0')
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(3)
  await keys.startCreate()
  await keys.panel.getByRole('button', { name: 'Create for several accounts instead' }).click()
  const { panel } = keys
  await panel.getByRole('textbox', { name: 'Name' }).fill('shared')
  await panel.getByRole('switch', { name: 'Unlimited quota' }).uncheck()
  await panel.getByRole('textbox', { name: 'Quota left to spend' }).fill('1.5')
  await panel.getByRole('textbox', { name: 'IP addresses' }).fill('10.0.0.0/8')
  await panel.getByRole('button', { name: 'Choose all' }).click()
  const preview = (name: string) => panel.getByRole('listitem').filter({ hasText: name })
  for (const name of ['North', 'South']) {
    await expect(preview(name)).toContainText('$1.50 · never expires')
  }
  await expect(preview('West')).toContainText('Left out: it takes no address ranges')
  await panel.getByRole('button', { name: 'Create 2 keys' }).click()
  await expect(panel.getByText('2 keys created')).toBeVisible()
  await expect(panel.getByRole('listitem')).toHaveText(['North Created', 'South Created'])
  const made = { remainQuota: 750_000, unlimitedQuota: false, allowIps: '10.0.0.0/8' }
  expect(north.key('shared')).toMatchObject(made)
  expect(south.key('shared')).toMatchObject(made)
  expect(west.relay.state.tokens.size).toBe(1)
  await keys.closePanel()
  await expect(keys.rows).toHaveCount(5)
  for (const row of await keys.row('shared').all()) await expect(row).toContainText('1.50')
})

test('by keyboard alone a key is reached, looked at and disabled, and the focus comes back', async ({
  extension,
  farm,
  options,
}) => {
  const north = await addKeyAccount(extension, options, farm, 'North', {
    keys: plainKeys('laptop', 'phone', 'server'),
  })
  const keys = await KeysPage.open(extension)
  const { page } = keys
  await expect(keys.rows).toHaveCount(3)
  const name = keys.row('phone').getByRole('button', { name: 'phone', exact: true })
  const menu = page.getByRole('button', { name: 'More for phone' })

  // The table is one stop of the Tab key: its first row is the account's.
  await tabTo(page, page.getByRole('button', { name: 'North', expanded: true }))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(name).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(keys.panel.getByRole('heading', { name: 'phone' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(keys.panel).toBeHidden()
  await expect(name).toBeFocused()

  await tabTo(page, menu)
  await page.keyboard.press('Enter')
  const list = page.getByRole('menu', { name: 'More for phone' })
  await expect(list.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('d')
  await page.keyboard.press('d')
  await expect(list.getByRole('menuitem', { name: 'Disable' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(menu).toBeFocused()
  await expect(await keys.cell('phone', 'Status')).toHaveText('Disabled')
  await expect(menu).toBeFocused()
  expect(statusOf(north, 'phone')).toBe(DISABLED)

  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(keys.dialog).toContainText('Delete the key phone?')
  await page.keyboard.press('Escape')
  await expect(keys.dialog).toBeHidden()
  await expect(menu).toBeFocused()
  expect(north.key('phone')).toBeDefined()
})

/** Further than any control of the page. */
const MOST_STOPS = 40

/** Goes on by the Tab key until a control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(control).toBeFocused()
}
