import { addCheckInSites } from './check-in/sites'
import { runAll } from './check-in/runs'
import { expect, test, testAtNoon } from './fixtures'
import { JournalPage } from './pages/journal-page'
import { RedeemPage } from './pages/redeem-page'
import { createReceiver } from './receivers/receiver'
import { jsonReply } from './relays/kit/reply'
import { addTokenAccounts, refreshAll, seedSites } from './support/accounts'
import {
  automationSettings,
  checkInAfter,
  decide,
  journalOf,
  ringUntilRun,
} from './support/automation'
import { shownIn } from './support/clear-text'
import { codesOf } from './support/codes'
import { putInPlaceOf } from './support/tamper'

test('it tells what ran, why, and what came of each account, and nothing secret', async ({
  extension,
  farm,
  options,
}) => {
  const journal = await JournalPage.open(extension)
  await expect(journal.page.getByText('Nothing has run yet')).toBeVisible()

  const [harbour, island, lagoon] = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'New API 2025', name: 'Island', turnstile: true },
    { kind: 'Veloera', name: 'Lagoon' },
  ])
  // Nobody reloads the page.
  await journal.page.bringToFront()
  await expect(journal.jobsOf('Refresh').first()).toContainText(/Done\s*3 done/)
  await expect(journal.jobsOf('Refresh').first()).toContainText('You asked for it')
  lagoon!.relay.faults.set({ path: '*' }, { kind: 'status', status: 500 })
  await runAll(extension, options)

  const checkIn = journal.jobsOf('Check-in').first()
  await expect(checkIn).toContainText('Partly done')
  await expect(checkIn).toContainText('1 done')
  await expect(checkIn).toContainText('1 waiting for you')
  await journal.openDetails(checkIn)
  const line = (name: string) => checkIn.getByRole('listitem').filter({ hasText: name })
  await expect(line('Harbour')).toContainText(/Done\s*confirmed by the site’s answer/)
  await expect(line('Harbour')).toContainText(/\$0\.\d+ credited/)
  await expect(line('Island')).toContainText('Needs you')
  await expect(line('Island')).toContainText('The site wants proof of a person')
  // What has to be looked at stands first.
  await expect(checkIn.getByRole('listitem').last()).toContainText('Harbour')
  // The refresh that follows a check-in says so.
  await expect(journal.jobsOf('Refresh').first()).toContainText('After a check-in')
  expect(harbour!.relay.books.checkIns).toHaveLength(1)
  expect(island!.relay.books.checkIns).toHaveLength(0)

  const codes = codesOf('journal', 2)
  const redeem = await RedeemPage.open(extension)
  await redeem.redeemAt('Harbour', codes.join(' '))
  await expect(redeem.status).toBeVisible()
  await redeem.page.close()
  await journal.page.bringToFront()
  const redeemed = journal.jobsOf('Redeem codes').first()
  await expect(redeemed).toContainText(/2 (?:not known|refused)/)
  await journal.openDetails(redeemed)
  await expect(redeemed.getByRole('listitem')).toContainText('Harbour')
  const shown = await shownIn(extension)
  expect(codes.filter((code) => shown.includes(code))).toEqual([])

  await journal.chip('Check-in').click()
  await expect(journal.jobsOf('Check-in').first()).toBeVisible()
  await expect(journal.jobsOf('Refresh')).toHaveCount(0)
  await journal.chip('Notice').click()
  await expect(journal.page.getByText('No such job')).toBeVisible()
  await journal.page.getByRole('button', { name: 'Show all jobs' }).click()
  await expect(journal.jobsOf('Refresh').first()).toBeVisible()
  await journal.chip('Only with problems').click()
  await expect(journal.jobsOf('Check-in').first()).toBeVisible()
  await expect(journal.jobs.filter({ hasText: /Done\s*3 done/ })).toHaveCount(0)
})

testAtNoon(
  'it tells why a job ran that nobody asked for, and where notices went',
  async ({ extension, farm, options }) => {
    test.setTimeout(240_000)
    await addCheckInSites(extension, options, farm, [{ kind: 'New API 2025', name: 'Harbour' }])
    const receiver = createReceiver('wecom')
    receiver.react = () => jsonReply({ errcode: 1, errmsg: 'robot is asleep' })
    farm.add('service.test', receiver)
    const config = {
      kind: 'wecom',
      address: `${farm.origin('service.test')}/send?key=secret-of-wecom`,
    } as const
    await extension.send(options, 'notices.save', { kind: 'wecom', enabled: true, config })
    const { notices } = await automationSettings(extension, options)
    await decide(extension, options, {
      notices: { events: { ...notices.events, 'check-in-finished': true } },
    })
    await checkInAfter(extension, options, 0)
    await ringUntilRun(extension, options, 'check-in')
    const journal = await JournalPage.open(extension)
    await expect(journal.jobsOf('Check-in').first()).toContainText(
      /Its time had (?:come|passed meanwhile)/,
    )
    const notice = journal.jobsOf('Notice').first()
    await expect(notice).toContainText('Failed')
    await journal.openDetails(notice)
    await expect(notice.getByRole('listitem')).toContainText('WeCom')
    await expect(notice.getByRole('listitem')).toContainText('It says: robot is asleep')
    expect(await shownIn(extension)).not.toContain('secret-of-wecom')
  },
)

test('older jobs come on request, and all of it works by keyboard', async ({
  extension,
  farm,
  options,
}) => {
  await addTokenAccounts(extension, options, seedSites(farm, { count: 1 }))
  for (let job = 0; job < 60; job += 1) await refreshAll(extension, options)
  const journal = await JournalPage.open(extension)
  const { page, jobs } = journal
  const total = () => jobs.first().getAttribute('aria-setsize')
  await expect.poll(total).toBe('50')
  await page.getByRole('button', { name: 'Show older jobs' }).click()
  await expect.poll(total).toBe('60')
  await expect(page.getByRole('button', { name: 'Show older jobs' })).toHaveCount(0)
  // Few rows are in the page, whatever their number.
  expect(await jobs.count()).toBeLessThan(40)

  const buttons = jobs.locator('[data-row-target]')
  await buttons.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(buttons.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(buttons.nth(1)).toHaveAttribute('aria-expanded', 'true')
  await expect(jobs.nth(1).getByRole('listitem')).toContainText('Site 0000')
  await page.keyboard.press('End')
  await expect(page.locator('[aria-posinset="60"] [data-row-target]')).toBeFocused()
})

test('a record that was tampered with harms no other and is forgotten', async ({
  extension,
  farm,
  options,
}) => {
  await addTokenAccounts(extension, options, seedSites(farm, { count: 1 }))
  for (let job = 0; job < 3; job += 1) await refreshAll(extension, options)
  const ids = (await journalOf(extension, options, 'refresh')).map(({ id }) => id)
  expect(ids).toHaveLength(3)
  const [from = '', to = ''] = ids
  await putInPlaceOf(options, { store: 'journal', id: from }, { store: 'journal', id: to })
  await extension.stopWorker()
  const journal = await JournalPage.open(extension)
  await expect(journal.jobs).toHaveCount(2)
  await refreshAll(extension, options)
  await expect(journal.jobs).toHaveCount(3)
  expect((await journalOf(extension, options, 'refresh')).map(({ id }) => id)).not.toContain(to)
})
