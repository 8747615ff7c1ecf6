import { dayKey } from '@/src/domain/day-key'

import { expect, test } from '../fixtures'
import { CheckInPage } from '../pages/check-in-page'
import { JournalPage } from '../pages/journal-page'
import { glance, pointsOf } from '../support/accounts'
import { tabTo } from '../support/keyboard'
import { lookAround, watchTabs } from '../support/tab-watch'
import { kindOf } from './kinds'
import {
  addCheckInSite,
  addCheckInSites,
  addHub,
  checkInElsewhere,
  type CheckInSite,
  PERSON,
  postsTo,
} from './sites'

type Six = [CheckInSite, CheckInSite, CheckInSite, CheckInSite, CheckInSite, CheckInSite]

/** What a check-in gives where a test has to know it: one dollar in quota points. */
const AWARD = { minQuota: 500_000, maxQuota: 500_000 }
const HOUR_MS = 3_600_000

test('the page says what there is to check in: nobody, nothing, an account', async ({
  extension,
  farm,
}) => {
  const page = await CheckInPage.open(extension)
  await expect(page.page.getByText('No accounts yet')).toBeVisible()
  await expect(page.page.getByRole('link', { name: 'Add account' })).toBeVisible()
  await expect(page.startButton).toHaveCount(0)

  await addHub(extension, page.page, farm)
  await expect(page.page.getByText('No account has a check-in')).toBeVisible()

  await addCheckInSite(extension, page.page, farm, { kind: 'New API 2025', name: 'Harbour' })
  await expect(page.row('Harbour')).toBeVisible()
  await expect(page.today('Harbour')).toContainText(/^(?:Not asked yet|Planned)/)
  await expect(page.rows).toHaveCount(1)
  await expect(page.startButton).toBeEnabled()
})

test('Check in now: what came of every family, by what proof', async ({
  extension,
  farm,
  options,
}) => {
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2026', name: 'Harbour' },
    { kind: 'Veloera', name: 'Island' },
    { kind: 'WONG', name: 'Lagoon' },
    { kind: 'AnyRouter', name: 'Meadow' },
    { kind: 'ModelFlare', name: 'Orchard', turnstile: true },
    { kind: 'New API 2025', name: 'Prairie' },
  ])
  const [harbour, island, , , orchard, prairie] = sites as Six
  Object.assign(harbour.relay.state.checkin, AWARD)
  await checkInElsewhere(farm, island, HOUR_MS)
  // Its operator switches it off after it was last looked at.
  prairie.relay.state.checkin.enabled = false
  for (const { relay } of sites) relay.faults.set({ path: '*' }, { kind: 'latency', ms: 250 })
  const page = await CheckInPage.goTo(options)
  const around = await lookAround(options)
  const watch = await watchTabs(options)
  await page.startAll()

  await expect(options.getByRole('progressbar', { name: 'Progress of the check-in' })).toBeVisible()
  await expect(options.getByText(/^Checking in: \d of \d$/)).toBeVisible()
  const result = options.getByRole('note').filter({ hasText: 'checked in' })
  await expect(result).toContainText('3 checked in · 1 done earlier · 1 waiting for you')
  await expect(result.getByRole('link', { name: 'Orchard' })).toBeVisible()

  const done = 'Doneconfirmed by the site’s answer'
  await expect(page.today('Harbour')).toHaveText(done)
  await expect(page.row('Harbour').getByRole('cell').nth(3)).toHaveText('1.00')
  await expect(page.today('Lagoon')).toHaveText(done)
  await expect(page.today('Meadow')).toHaveText(done)
  await expect(page.today('Island')).toHaveText('Done earlierconfirmed by the site’s status')
  await expect(page.today('Orchard')).toHaveText('Needs youThe site wants proof of a person')
  await expect(page.today('Prairie')).toContainText('Not offered')
  await expect(page.chip('Done')).toHaveText('Done 3')
  await expect(page.chip('Needs you')).toHaveText('Needs you 1')

  for (const site of sites) {
    const { books } = site.relay
    expect([site.name, books.checkIns.length]).toEqual([
      site.name,
      site === orchard || site === prairie ? 0 : 1,
    ])
  }
  expect(postsTo(island)).toBe(0)
  // What it gave is in the figures, without a refresh by hand.
  const [quota] = [...harbour.relay.state.users.values()].map((user) => user.quota)
  const balance = async () =>
    pointsOf((await glance(extension, options)).find(({ name }) => name === 'Harbour'))
  expect(quota).toBe(PERSON.quota + AWARD.minQuota)
  await expect.poll(balance).toBe(quota)
  expect(await watch.take()).toEqual([])
  expect(await lookAround(options)).toEqual(around)

  await page.chip('Done earlier').click()
  await expect(page.rows).toHaveCount(1)
  await expect(page.row('Island')).toBeVisible()
  await options.getByRole('navigation').getByRole('link', { name: 'Journal' }).click()
  const job = new JournalPage(options).jobsOf('Check-in').filter({ hasText: 'You asked for it' })
  await expect(job).toContainText('3 done')
  await expect(job).toContainText('1 done earlier')
})

test('what failed is tried again by one press, and only that', async ({
  extension,
  farm,
  options,
}) => {
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'Veloera', name: 'Island' },
    { kind: 'WONG', name: 'Lagoon' },
  ])
  const [harbour, island] = sites as [CheckInSite, CheckInSite]
  const refusal = { success: false, message: '签到失败，请稍后重试' }
  const post = { method: 'POST', path: kindOf(harbour.kind).post }
  harbour.relay.faults.set(post, { kind: 'status', status: 200, body: refusal })
  island.relay.faults.set({ path: '*' }, { kind: 'status', status: 502 })
  const page = await CheckInPage.goTo(options)
  await page.startAll()
  await expect(page.today('Lagoon')).toContainText('Done')
  await expect(page.today('Harbour')).toContainText('Not done')
  await expect(page.today('Island')).toContainText(/^(?:Unknown|Not done)/)
  expect(postsTo(island)).toBe(0)
  await page.openDays('Harbour')
  await expect(page.panel.getByText('The site said no')).toBeVisible()
  await page.panel.getByRole('button', { name: 'Close' }).click()

  for (const { relay } of sites) relay.faults.clear()
  await options.getByRole('button', { name: 'Retry failed (2)' }).first().click()
  await expect(page.chip('Done')).toHaveText('Done 3')
  await expect(options.getByRole('button', { name: /^Retry failed/ })).toHaveCount(0)
  expect(sites.map((site) => postsTo(site))).toEqual([2, 1, 1])
  expect(sites.map(({ relay }) => relay.books.checkIns.length)).toEqual([1, 1, 1])
})

test('one account by its menu, and a run that is stopped and gone on with', async ({
  extension,
  farm,
  options,
}) => {
  const names = Array.from({ length: 40 }, (_, index) => `Site ${String(index).padStart(2, '0')}`)
  const sites = await addCheckInSites(
    extension,
    options,
    farm,
    names.map((name) => ({ kind: 'New API 2025', name })),
  )
  const booked = () => sites.filter(({ relay }) => relay.books.checkIns.length > 0).length
  const page = await CheckInPage.goTo(options)
  await page.choose('Site 03', 'Check in')
  await expect(page.today('Site 03')).toContainText('Done')
  expect(booked()).toBe(1)
  await expect(page.today('Site 04')).toContainText(/^(?:Not asked yet|Planned)/)

  for (const { relay } of sites) relay.faults.set({ path: '*' }, { kind: 'latency', ms: 400 })
  await page.startAll()
  await expect.poll(booked).toBeGreaterThan(1)
  await options.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(options.getByText('It was stopped.')).toBeVisible()
  // What was under way is finished, and nothing more.
  await expect(async () => {
    const done = booked()
    await expect(page.chip('Done')).toHaveText(`Done ${String(done)}`, { timeout: 500 })
    const told = options.getByText(`${String(done - 1)} checked in`)
    await expect(told).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })
  expect(booked()).toBeLessThan(sites.length)

  for (const { relay } of sites) relay.faults.clear()
  await page.startAll()
  await expect(page.chip('Done')).toHaveText(`Done ${String(sites.length)}`)
  await expect(options.getByText('All done for today')).toBeVisible()
  await expect(page.startButton).toBeDisabled()
  for (const site of sites) {
    expect([site.name, postsTo(site)]).toEqual([site.name, 1])
    expect(site.relay.books.checkIns).toHaveLength(1)
  }
})

test('the days of an account as its site tells them, month by month', async ({
  extension,
  farm,
  options,
}) => {
  const [site] = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
  ])
  const { checkins } = site!.relay.state as unknown as {
    checkins: { userId: number; date: string; quotaAwarded: number; atSec: number }[]
  }
  const before = new Date()
  before.setDate(0)
  const month = dayKey(before.getTime()).slice(0, 7)
  for (const day of ['05', '06', '07']) {
    const date = `${month}-${day}`
    checkins.push({ userId: PERSON.id, date, quotaAwarded: 1_000_000, atSec: 0 })
  }
  const page = await CheckInPage.goTo(options)
  await page.choose('Harbour', 'Check in')
  await expect(page.today('Harbour')).toContainText('Done')
  await page.openDays('Harbour')
  const { panel } = page
  const days = panel.getByRole('list', { name: 'Days of the month' }).getByRole('listitem')
  await expect(days).toHaveCount(1)
  await expect(days.first()).toContainText('Done')
  await expect(panel.getByText(/^As the site tells · .*4 in all$/)).toBeVisible()

  await panel.getByRole('button', { name: 'Earlier month' }).click()
  const name = before.toLocaleDateString('en', { year: 'numeric', month: 'long' })
  await expect(panel.getByRole('heading', { name })).toBeVisible()
  await expect(days).toHaveCount(3)
  await expect(days.first()).toContainText('$2.00')
  const cell = panel.getByRole('cell').filter({ hasText: /^7/ })
  await expect(cell).toHaveText(/^7Done/)
  await panel.getByRole('button', { name: 'Later month' }).click()
  await expect(days).toHaveCount(1)
  await expect(panel.getByRole('button', { name: 'Later month' })).toBeDisabled()
  expect(postsTo(site!)).toBe(1)
})

test('everything on the page works by keyboard alone', async ({ extension, farm }) => {
  const page = await CheckInPage.open(extension)
  const sites = await addCheckInSites(extension, page.page, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'Veloera', name: 'Island' },
  ])
  const { keyboard } = page.page
  await expect(page.rows).toHaveCount(2)
  await tabTo(page.page, page.startButton)
  await keyboard.press('Enter')
  await expect(page.chip('Done')).toHaveText('Done 2')
  for (const site of sites) expect(postsTo(site)).toBe(1)

  await tabTo(page.page, page.row('Harbour').getByRole('button', { name: 'Harbour', exact: true }))
  await keyboard.press('ArrowDown')
  const island = page.row('Island').getByRole('button', { name: 'Island', exact: true })
  await expect(island).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.panel.getByRole('heading', { name: 'Island' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.panel).toBeHidden()
  await expect(island).toBeFocused()

  await tabTo(page.page, page.row('Island').getByRole('button', { name: 'More for Island' }))
  await keyboard.press('Enter')
  const menu = page.page.getByRole('menu', { name: 'More for Island' })
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await keyboard.press('End')
  await expect(menu.getByRole('menuitem', { name: 'Edit account' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.page.getByRole('heading', { name: 'Edit Island' })).toBeVisible()
})
