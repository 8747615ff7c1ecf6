import type { Page } from '@playwright/test'

import { addCheckInSites } from './check-in/sites'
import { runAll } from './check-in/runs'
import { expect, test } from './fixtures'
import { AutomationSettings } from './pages/automation-settings'
import { JournalPage } from './pages/journal-page'
import { RedeemPage } from './pages/redeem-page'
import { createReceiver } from './receivers/receiver'
import type { Farm } from './relays/farm'
import { jsonReply } from './relays/kit/reply'
import { decide } from './support/automation'
import { seriousIssues } from './support/axe'
import type { ExtensionBrowser } from './support/browser'
import { codesOf } from './support/codes'
import { walk } from './support/keyboard'

/** Accounts in every state, with warnings. */
async function setScene(extension: ExtensionBrowser, options: Page, farm: Farm) {
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'New API 2025', name: 'Island', turnstile: true },
    { kind: 'Veloera', name: 'Lagoon' },
    { kind: 'WONG', name: 'Reef' },
  ])
  await decide(extension, options, { warnings: { lowBalanceUsd: 5 } })
  sites[2]!.relay.faults.set({ path: '*' }, { kind: 'challenge' })
  sites[3]!.relay.faults.set({ path: '*' }, { kind: 'status', status: 500 })
  await runAll(extension, options)
  return sites
}

/** Goes to a place of an options page that is open. */
const goTo = (page: Page, place: string) =>
  page.evaluate((hash) => {
    location.assign(hash)
  }, `#/${place}`)

// axe takes a second or two with every screen.
test.describe.configure({ timeout: 180_000 })

test('check-in, what needs you, journal and popup', async ({ extension, farm, options }) => {
  const [harbour] = await setScene(extension, options, farm)
  const go = (place: string) => goTo(options, place)
  await go('check-in')
  await expect(options.getByRole('table', { name: 'Check-in' })).toContainText('Needs you')
  expect(await seriousIssues(options), 'check-in').toEqual([])
  await options.getByRole('button', { name: 'More for Island' }).click()
  await expect(options.getByRole('menu')).toBeVisible()
  expect(await seriousIssues(options), 'menu of a check-in').toEqual([])
  await options.keyboard.press('Escape')
  await options.getByRole('checkbox', { name: 'Select Island' }).check()
  expect(await seriousIssues(options), 'selected check-ins').toEqual([])

  await go(`check-in/${harbour!.accountId}`)
  await expect(options.getByRole('complementary')).toContainText('Today')
  await expect(options.getByText('Reading the days')).toHaveCount(0)
  expect(await seriousIssues(options), 'days of an account').toEqual([])

  await go('needs-you')
  await expect(options.getByRole('region', { name: 'Soon' })).toBeVisible()
  await expect(options.getByText('Check-in needs you').first()).toBeVisible()
  expect(await seriousIssues(options), 'needs you').toEqual([])

  await go('journal')
  const journal = new JournalPage(options)
  await journal.openDetails(journal.jobsOf('Check-in').first())
  expect(await seriousIssues(options), 'journal').toEqual([])
  await journal.chip('Notice').click()
  await expect(options.getByText('No such job')).toBeVisible()
  expect(await seriousIssues(options), 'journal without a hit').toEqual([])

  await go(`accounts/${harbour!.accountId}/edit`)
  await expect(options.getByLabel(/^Low balance/)).toBeVisible()
  expect(await seriousIssues(options), 'edit').toEqual([])
  await go('sites')
  await expect(options.getByRole('switch', { name: /redemption codes/ }).first()).toBeVisible()
  expect(await seriousIssues(options), 'sites').toEqual([])

  const popup = await extension.openPopup()
  await expect(popup.getByText(/^Check-in: 1 of 4 done/)).toBeVisible()
  await expect(popup.getByRole('button', { name: '4 balances are low' })).toBeVisible()
  expect(await seriousIssues(popup), 'popup').toEqual([])
})

test('redeeming and its question', async ({ extension, farm, options }) => {
  await setScene(extension, options, farm)
  const redeem = await RedeemPage.open(extension)
  const { page } = redeem
  await expect(page.getByText('No codes redeemed yet')).toBeVisible()
  expect(await seriousIssues(page), 'nothing yet').toEqual([])
  await redeem.find('no code in here')
  await expect(page.getByText('No code found')).toBeVisible()
  expect(await seriousIssues(page), 'no code').toEqual([])
  await redeem.redeemAt('Harbour', codesOf('axe', 2).join(' '))
  await expect(redeem.status).toHaveText(/2 (?:not known|refused)/)
  expect(await seriousIssues(page), 'results').toEqual([])
  await redeem.find(codesOf('axe', 4).join(' '))
  await redeem.redeem()
  await expect(redeem.offer).toContainText('Choose where they go.')
  expect(await seriousIssues(page), 'offer').toEqual([])
  await redeem.offer.getByRole('radio', { name: 'Try these in order' }).check()
  await redeem.account('Harbour').check()
  await redeem.account('Island').check()
  expect(await seriousIssues(page), 'order').toEqual([])
  await redeem.redeem()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await seriousIssues(page), 'question').toEqual([])
})

test('settings of the automation', async ({ extension, farm }) => {
  const receiver = createReceiver('webhook')
  receiver.react = () => jsonReply({ error: 'out of order' }, 500)
  farm.add('service.test', receiver)
  const settings = await AutomationSettings.open(extension)
  const { page } = settings
  expect(await seriousIssues(page), 'as installed').toEqual([])
  await settings.field('Refresh', 'Every, minutes').fill('0')
  await settings.save('Refresh')
  await settings.section('Check-in').getByRole('radio', { name: 'At a fixed time' }).check()
  await expect(settings.field('Check-in', 'Fixed time')).toBeVisible()
  expect(await seriousIssues(page), 'a wrong value').toEqual([])
  await settings.fillChannel('Telegram', { 'Chat ID': '1' })
  await settings.saveChannel()
  await expect(settings.panel.getByLabel(/^Bot token/)).toHaveAttribute('aria-invalid', 'true')
  expect(await seriousIssues(page), 'form of a service').toEqual([])
  await settings.panel.getByRole('button', { name: 'Cancel' }).click()
  await settings.setUp('Webhook', { Address: `${farm.origin('service.test')}/in` })
  await settings.test('Webhook')
  await expect(settings.channel('Webhook')).toContainText('Last notice failed')
  expect(await seriousIssues(page), 'a service that failed').toEqual([])
  await settings.channel('Webhook').getByRole('button', { name: 'Remove Webhook' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await seriousIssues(page), 'question').toEqual([])
})

test('every stop of the Tab key has a name and is marked, and none is a trap', async ({
  extension,
  farm,
  options,
}) => {
  await setScene(extension, options, farm)
  const wanted = {
    'check-in': ['Check in now'],
    redeem: ['Paste text with codes', 'Find codes'],
    journal: ['Only with problems'],
    'needs-you': ['Put all away'],
    settings: [
      'Refresh by itself',
      'Every, minutes',
      'Check in by itself',
      'Low balance, US dollars',
      'A check-in finished',
      'Set up Telegram',
    ],
  }
  for (const [place, names] of Object.entries(wanted)) {
    await goTo(options, place)
    await expect(options.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(options.getByText(names[0]!, { exact: true }).first()).toBeVisible()
    const stops = await walk(options)
    const reached = stops.map(({ name }) => name)
    expect(
      names.filter((name) => !reached.some((one) => one.startsWith(name))),
      `reached on ${place}`,
    ).toEqual([])
    expect(
      stops.filter(({ isMarked, name }) => !isMarked || name === ''),
      place,
    ).toEqual([])
  }
})

test('the panel of a service keeps the focus where it was, and Escape closes it', async ({
  extension,
}) => {
  const settings = await AutomationSettings.open(extension)
  const { page } = settings
  const setUp = settings.channel('ntfy').getByRole('button', { name: 'Set up ntfy' })
  await setUp.focus()
  await page.keyboard.press('Enter')
  await expect(settings.panel).toBeVisible()
  await page.keyboard.press('Tab')
  expect(
    await settings.panel.evaluate((panel) => panel.contains(document.activeElement)),
    'the focus is in the panel',
  ).toBe(true)
  await page.keyboard.press('Escape')
  await expect(settings.panel).toBeHidden()
  await expect(setUp).toBeFocused()
})
