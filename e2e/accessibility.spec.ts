import { expect, test } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import { createNewApiRelay } from './relays/new-api/relay'
import { addTokenAccounts, refreshAll, seedSites } from './support/accounts'
import { seriousIssues } from './support/axe'
import { logIn } from './support/console'

/** The pages beside Accounts, by address and heading. */
const PLACES = [
  ['keys', 'Keys'],
  ['credentials', 'Credentials'],
  ['needs-you', 'Needs you'],
  ['sites', 'Site access'],
  ['import', 'Import from bookmarks'],
  ['settings', 'Settings'],
] as const

// axe takes a second or two with every screen.
test.describe.configure({ timeout: 180_000 })

test('empty screens and forms', async ({ extension }) => {
  const popup = await extension.openPopup()
  await expect(popup.getByText('No accounts yet')).toBeVisible()
  expect(await seriousIssues(popup)).toEqual([])

  const { page } = await AccountsPage.open(extension)
  await expect(page.getByText('No accounts yet')).toBeVisible()
  expect(await seriousIssues(page)).toEqual([])

  await page.getByRole('button', { name: 'Add account' }).first().click()
  await page.getByRole('button', { name: 'Recognise automatically' }).click()
  await expect(page.getByText('Enter the address of the site.')).toBeVisible()
  expect(await seriousIssues(page)).toEqual([])

  await page.getByRole('button', { name: 'Enter by hand' }).click()
  await expect(page.getByLabel('User ID')).toBeVisible()
  expect(await seriousIssues(page)).toEqual([])

  for (const [place, heading] of PLACES) {
    await page.goto(page.url().replace(/#.*$/, `#/${place}`))
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    expect(await seriousIssues(page), place).toEqual([])
  }
})

test('accounts, failures, details, dialogs', async ({ extension, farm, options }) => {
  const sites = seedSites(farm, { count: 12 })
  await addTokenAccounts(extension, options, sites)
  sites[0]!.relay.faults.set({ path: '*' }, { kind: 'status', status: 500 })
  sites[1]!.relay.faults.set({ path: '*' }, { kind: 'challenge' })
  sites[2]!.user.accessToken = 'another-token-since-yesterday-01'
  await refreshAll(extension, options)

  const popup = await extension.openPopup()
  await popup.getByRole('button', { name: /Site 0000/ }).click()
  await expect(popup.getByText('Last success')).toBeVisible()
  expect(await seriousIssues(popup)).toEqual([])

  await options.reload()
  await options.getByText('Site 0002').first().click()
  await expect(options.getByText('About this account')).toBeVisible()
  expect(await seriousIssues(options)).toEqual([])

  await options.getByRole('button', { name: 'Edit' }).first().click()
  await expect(options.getByText('Leave out of totals')).toBeVisible()
  expect(await seriousIssues(options)).toEqual([])

  for (const [place, heading] of PLACES) {
    await options.goto(options.url().replace(/#.*$/, `#/${place}`))
    await expect(options.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    expect(await seriousIssues(options), place).toEqual([])
  }

  await options.goto(options.url().replace(/#.*$/, '#/accounts'))
  await options.getByRole('checkbox', { name: 'Select Site 0003' }).check()
  await options.getByRole('button', { name: 'Delete' }).last().click()
  await expect(options.getByRole('dialog')).toBeVisible()
  expect(await seriousIssues(options)).toEqual([])
})

test('what recognition found', async ({ extension, farm }) => {
  farm.add(
    'harbour.test',
    createNewApiRelay({
      generation: 'g1b',
      users: [{ id: 1, username: 'someone', password: 'secret-word', quota: 1 }],
    }),
  )
  const origin = farm.origin('harbour.test')
  await logIn(await extension.context.newPage(), origin, 'someone', 'secret-word')
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(origin)
  await accounts.choose('Create a new access token')
  expect(await seriousIssues(accounts.page)).toEqual([])
})
