import type { Page } from '@playwright/test'

import { expect, test } from '../fixtures'
import { AccountsPage } from '../pages/accounts-page'
import { CheckInPage } from '../pages/check-in-page'
import { NeedsYouPage } from '../pages/needs-you-page'
import { plainPage } from '../relays/kit/plain-page'
import { sendReply } from '../relays/kit/send-reply'
import { logIn } from '../support/console'
import { addCheckInSites, addHub, type CheckInSite, PERSON, postsTo } from './sites'

/** Kinds that ask for proof of a person, and where their own page is. */
const TURNSTILES = [
  { kind: 'New API 2025', name: 'Harbour', path: '/console/personal' },
  { kind: 'New API 2026', name: 'Island', path: '/profile' },
  { kind: 'Veloera', name: 'Lagoon', path: '/app/me' },
  { kind: 'ModelFlare', name: 'Meadow', path: '/console/personal' },
] as const

/** A site is looked at a minute after its page was opened. */
const LOOKS = { timeout: 100_000 }

/** Passes the widget of a site's check-in page and checks in there. */
async function checkInThere(tab: Page, path: string): Promise<void> {
  await tab.bringToFront()
  // The address as the page itself has it: Playwright learns late of tabs an extension opens.
  await expect.poll(() => tab.evaluate(() => location.pathname)).toBe(path)
  await expect(tab.getByText('Not checked in today')).toBeVisible()
  await tab.getByLabel('Verify you are human').check()
  await tab.getByRole('button', { name: 'Check in' }).click()
  await expect(tab.getByText('Checked in today', { exact: true })).toBeVisible()
}

async function logInAt({ origin }: CheckInSite, tab: Page): Promise<void> {
  await logIn(tab, origin, PERSON.username, PERSON.password)
}

test('what only a person can do: one click opens the right page, and what they did there shows', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(180_000)
  const sites = await addCheckInSites(
    extension,
    options,
    farm,
    TURNSTILES.map(({ kind, name }) => ({ kind, name, turnstile: true })),
  )
  const login = await extension.context.newPage()
  for (const site of sites) await logInAt(site, login)
  await login.close()
  const page = await CheckInPage.goTo(options)
  await page.startAll()
  await expect(page.chip('Needs you')).toHaveText('Needs you 4')
  await expect(page.today('Harbour')).toHaveText('Needs youThe site wants proof of a person')
  const open = extension.context.pages()
  for (const { origin } of sites) {
    expect(open.filter((one) => one.url().startsWith(origin))).toEqual([])
  }

  for (const { name, path } of TURNSTILES.slice(0, 2)) {
    const opened = extension.context.waitForEvent('page')
    await options.getByRole('button', { name: `Open the check-in page of ${name}` }).click()
    await checkInThere(await opened, path)
    await options.bringToFront()
  }
  const needs = await NeedsYouPage.open(extension)
  const entry = needs.entry('lagoon.test')
  await expect(entry).toContainText('Check-in needs you')
  await expect(entry).toContainText('wants proof that a person checks in')
  const opened = extension.context.waitForEvent('page')
  await entry.getByRole('button', { name: 'Open the check-in page' }).click()
  await checkInThere(await opened, TURNSTILES[2].path)
  await needs.page.bringToFront()

  // Relaydeck looks by itself; what nobody passed goes on waiting.
  await expect(needs.entries).toHaveCount(1, LOOKS)
  await expect(needs.entry('meadow.test')).toBeVisible()
  await options.bringToFront()
  await expect(page.chip('Done earlier')).toHaveText('Done earlier 3')
  await expect(page.today('Harbour')).toHaveText('Done earlierconfirmed by the site’s status')
  await expect(page.today('Meadow')).toContainText('Needs you')
  expect(sites.map(({ relay }) => relay.books.checkIns.length)).toEqual([1, 1, 1, 0])

  const last = extension.context.waitForEvent('page')
  await options.getByRole('button', { name: 'Open all that need you (1)' }).first().click()
  await expect(options.getByText('1 page opened.')).toBeVisible()
  await checkInThere(await last, TURNSTILES[3].path)
  await options.bringToFront()
  await page.choose('Meadow', 'Look again')
  await expect(page.today('Meadow')).toContainText('Done earlier')
  await expect(options.getByText('All done for today')).toBeVisible()
})

test('a check-in page of one’s own is opened by the person, and counts as done by that', async ({
  extension,
  farm,
  options,
}) => {
  await addHub(extension, options, farm)
  farm.add('club.test', {
    handle: (_, response) => {
      sendReply(response, plainPage('Daily coin'))
    },
  })
  const url = `${farm.origin('club.test')}/daily`
  const accounts = await AccountsPage.open(extension)
  await expect(accounts.row('Hub')).toBeVisible()
  await accounts.openDetails('Hub')
  await accounts.panel.getByRole('button', { name: 'Edit', exact: true }).last().click()
  await accounts.panel.getByLabel('Check-in page elsewhere').fill(url)
  await accounts.panel.getByRole('button', { name: 'Save' }).click()
  await expect(accounts.panel.getByText('Saved')).toBeVisible()

  const page = await CheckInPage.goTo(accounts.page)
  await expect(page.row('Hub')).toBeVisible()
  const before = extension.context.pages().length
  const menu = await page.openMenu('Hub')
  await expect(menu.getByRole('menuitem', { name: 'Check in', exact: true })).toHaveCount(0)
  expect(extension.context.pages()).toHaveLength(before)
  const opened = extension.context.waitForEvent('page')
  await menu.getByRole('menuitem', { name: 'Open its page' }).click()
  const tab = await opened
  await expect.poll(() => tab.evaluate(() => location.href)).toBe(url)
  await expect(tab.getByRole('heading', { name: 'Daily coin' })).toBeVisible()
  await page.page.bringToFront()
  await expect(page.today('Hub')).toHaveText('Doneyou opened its page')
})

test('the popup tells how the day stands, and runs what is left', async ({
  extension,
  farm,
  options,
}) => {
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'Veloera', name: 'Island' },
    { kind: 'New API 2026', name: 'Lagoon', turnstile: true },
  ])
  const [harbour, island] = sites as [CheckInSite, CheckInSite]
  const page = await CheckInPage.goTo(options)
  await page.choose('Harbour', 'Check in')
  await page.choose('Lagoon', 'Check in')
  await expect(page.today('Lagoon')).toContainText('Needs you')

  const popup = await extension.openPopup()
  // Island counts, though it was never asked.
  const line = popup.getByRole('button', { name: /^Check-in: / })
  await expect(line).toHaveText('Check-in: 1 of 3 done · 1 needs you')
  for (const { relay } of sites) relay.faults.set({ path: '*' }, { kind: 'latency', ms: 300 })
  await popup.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(popup.getByRole('progressbar', { name: 'Run' })).toBeVisible()
  // Those whose day may have ended meanwhile are asked again; none of them is sent anything.
  await expect(popup.getByText(/^[12] done, 0 failed$/)).toBeVisible()
  await expect(line).toHaveText('Check-in: 2 of 3 done · 1 needs you')
  expect([harbour, island].map((site) => postsTo(site))).toEqual([1, 1])

  await options.getByRole('navigation').getByRole('link', { name: 'Accounts' }).click()
  await line.click()
  await expect(options.getByRole('heading', { level: 1, name: 'Check-in' })).toBeVisible()
})
