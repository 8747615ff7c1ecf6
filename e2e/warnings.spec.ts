import { expect, test } from './fixtures'
import { addKeyAccount } from './keys/key-accounts'
import { AccountsPage } from './pages/accounts-page'
import { AutomationSettings } from './pages/automation-settings'
import { refreshAll } from './support/accounts'
import { decide } from './support/automation'
import { badgeOf } from './support/badge'
import { addCookieSite, ADA } from './support/cookie-sites'
import { logIn } from './support/console'
import { addByLogin } from './support/shielded-sites'

/** One dollar. */
const DOLLAR = 500_000

test('a balance that is low is told in the popup, put away, and told again when it is new', async ({
  extension,
  farm,
  options,
}) => {
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', { keys: [] })
  await addKeyAccount(extension, options, farm, 'Island', { keys: [] })
  const settings = await AutomationSettings.open(extension)
  const low = settings.field('Warnings', 'Low balance, US dollars')
  await expect(low).toHaveValue('')
  const popup = await extension.openPopup()
  await expect(popup.getByText('Harbour')).toBeVisible()
  await settings.page.bringToFront()
  await low.fill('2.50')
  await settings.save('Warnings')
  await expect(settings.outcome('Warnings')).toHaveText('Saved')
  const [user] = relay.state.users.values()
  user!.quota = 10 * DOLLAR
  await refreshAll(extension, options)

  await popup.bringToFront()
  await popup.reload()
  await expect(popup.getByRole('button', { name: '1 balance is low' })).toBeVisible()
  const needsYou = await extension.openOptions('/needs-you')
  const soon = needsYou.getByRole('region', { name: 'Soon' })
  await expect(soon.getByRole('listitem')).toHaveText(/^Island\$2\.00 left, less than \$2\.50$/)

  await popup.bringToFront()
  await popup.getByRole('button', { name: 'Put all away' }).click()
  await expect(popup.getByRole('button', { name: '1 balance is low' })).toHaveCount(0)
  await needsYou.bringToFront()
  await expect(soon).toHaveCount(0)
  await extension.stopWorker()
  await popup.reload()
  await expect(popup.getByText('Harbour')).toBeVisible()
  await expect(popup.getByRole('button', { name: /balance is low/ })).toHaveCount(0)

  // Another account falls below: that is news, and the other stays away.
  user!.quota = DOLLAR
  await refreshAll(extension, options)
  await popup.reload()
  await expect(popup.getByRole('button', { name: '1 balance is low' })).toBeVisible()
  await needsYou.reload()
  await expect(soon.getByRole('listitem')).toHaveText(/^Harbour\$1\.00 left, less than \$2\.50$/)
})

test('an account and a tag can have amounts of their own', async ({ extension, farm, options }) => {
  await addKeyAccount(extension, options, farm, 'Harbour', { keys: [] })
  await decide(extension, options, { warnings: { lowBalanceUsd: 3 } })
  const needsYou = await extension.openOptions('/needs-you')
  const lines = needsYou.getByRole('region', { name: 'Soon' }).getByRole('listitem')
  await expect(lines).toHaveText(/less than \$3\.00$/)

  const accounts = await AccountsPage.open(extension)
  const setOwn = async (amount: string) => {
    await accounts.page.bringToFront()
    await accounts.openDetails('Harbour')
    await accounts.panel.getByRole('button', { name: 'Edit', exact: true }).last().click()
    await accounts.panel.getByLabel(/^Low balance/).fill(amount)
    await accounts.panel.getByRole('button', { name: 'Save' }).click()
  }
  await setOwn('-1')
  await expect(accounts.panel.getByLabel(/^Low balance/)).toHaveAttribute('aria-invalid', 'true')
  await accounts.panel.getByLabel(/^Low balance/).fill('1')
  await accounts.panel.getByRole('button', { name: 'Save' }).click()
  await expect(accounts.panel.getByText('Saved')).toBeVisible()
  await needsYou.bringToFront()
  await needsYou.reload()
  await expect(needsYou.getByText('Nothing needs you')).toBeVisible()
  await expect(lines).toHaveCount(0)
})

test('a login that ends is told before it does', async ({ extension, farm, options }) => {
  const site = addCookieSite(farm, 'new-api', 'cookie.test')
  const tab = await extension.context.newPage()
  await logIn(tab, site.origin, ADA.username, ADA.password)
  await addByLogin(extension, options, site.origin, 'browser-login')
  const popup = await extension.openPopup()
  await expect(popup.getByText('ada').first()).toBeVisible()
  await expect(popup.getByRole('button', { name: /login ends/ })).toHaveCount(0)
  const cookies = await extension.context.cookies(site.origin)
  const end = Math.floor(Date.now() / 1000) + 2 * 86_400
  await extension.context.addCookies(cookies.map((cookie) => ({ ...cookie, expires: end })))
  await popup.reload()
  await expect(popup.getByRole('button', { name: '1 login ends in 2 days' })).toBeVisible()
  await popup.getByRole('button', { name: '1 login ends in 2 days' }).click()
  const needsYou = extension.context
    .pages()
    .find((page) => page.url().endsWith('options.html#/needs-you'))
  await expect(needsYou!.getByRole('region', { name: 'Soon' })).toContainText(
    'The login ends in about 2 days',
  )
})

test('the icon shows what was chosen, and nothing before', async ({ extension, farm, options }) => {
  const { relay } = await addKeyAccount(extension, options, farm, 'Harbour', { keys: [] })
  await addKeyAccount(extension, options, farm, 'Island', { keys: [] })
  expect(await badgeOf(options)).toBe('')
  const settings = await AutomationSettings.open(extension)
  const choose = (label: string) => settings.chooseOne('Toolbar icon', label)
  await choose('Total balance')
  await expect.poll(() => badgeOf(options)).toBe('$4')
  const [user] = relay.state.users.values()
  user!.quota = 20 * DOLLAR
  await refreshAll(extension, options)
  await expect.poll(() => badgeOf(options)).toBe('$22')

  await choose('How many need you')
  await expect.poll(() => badgeOf(options)).toBe('')
  user!.accessToken = 'another-token-since-yesterday-01'
  await refreshAll(extension, options)
  await expect.poll(() => badgeOf(options)).toBe('1')
  await extension.stopWorker()
  await refreshAll(extension, options)
  await expect.poll(() => badgeOf(options)).toBe('1')

  await choose('Nothing')
  await expect.poll(() => badgeOf(options)).toBe('')
})
