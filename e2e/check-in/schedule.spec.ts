import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '../fixtures'
import { AccountsPage } from '../pages/accounts-page'
import { CheckInPage } from '../pages/check-in-page'
import { alarmsOf, loseAlarms } from '../support/alarms'
import { journalOf } from '../support/automation'
import { launchExtension } from '../support/browser'
import { lookAround } from '../support/tab-watch'
import { comingMinute, plannedAlarm, setFixedTime } from './clock'
import { hasRecord, spoilRecords } from './records'
import { checkIns, runAll } from './runs'
import { addCheckInSites, type CheckInSite, postsTo } from './sites'

/** A planned minute is at most this far away, and what follows takes a while. */
const COMES = { timeout: 120_000 }
/** Far enough away for nothing to run while a test lasts. */
const LATER_MS = 10 * 60_000

const booked = (sites: readonly CheckInSite[]) =>
  sites.map(({ relay }) => relay.books.checkIns.length)

test('at its time everything is checked in once, by a dead worker and without a page', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(180_000)
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'Veloera', name: 'Island' },
    { kind: 'New API 2026', name: 'Lagoon' },
  ])
  const atMs = comingMinute()
  const time = await setFixedTime(options, atMs)
  const page = await CheckInPage.goTo(options)
  await expect(options.getByText(`Next: ${time}`)).toBeVisible()
  await expect(page.today('Harbour')).toHaveText(`Planned for ${time}`)
  await expect.poll(() => plannedAlarm(options)).toBe(atMs)

  const blank = await extension.context.newPage()
  const around = await lookAround(options)
  const opened: string[] = []
  extension.context.on('page', (one) => opened.push(one.url()))
  await extension.stopWorker()
  await options.close()
  expect(Date.now()).toBeLessThan(atMs)
  expect(booked(sites)).toEqual([0, 0, 0])
  await expect.poll(() => booked(sites), COMES).toEqual([1, 1, 1])
  expect(opened).toEqual([])
  for (const { relay } of sites) {
    expect(relay.books.checkIns[0]!.atMs).toBeGreaterThanOrEqual(atMs)
  }

  const after = await CheckInPage.open(extension)
  await expect(after.chip('Done')).toHaveText('Done 3')
  await expect(after.page.getByText('All done for today')).toBeVisible()
  // It may have to ask again later where nobody knows yet when the site's day ends.
  expect(await journalOf(extension, after.page, 'check-in')).toMatchObject([
    {
      why: 'schedule',
      state: expect.stringMatching(/^(?:done|waiting)$/),
      lines: [{ state: 'done' }, { state: 'done' }, { state: 'done' }],
    },
  ])
  await expect(after.page.getByRole('progressbar')).toHaveCount(0)
  expect((await lookAround(after.page)).length).toBe(around.length)
  // Neither a new start nor its alarms bring it on again.
  await extension.stopWorker()
  await checkIns(extension, after.page)
  await expect.poll(async () => (await plannedAlarm(after.page)) ?? 0).toBeGreaterThan(atMs)
  expect(sites.map((site) => postsTo(site))).toEqual([1, 1, 1])
  await blank.close()
})

test('an account added to a worker that has planned nothing is planned', async ({
  extension,
  farm,
  options,
}) => {
  // The first start has looked, and found nothing to plan.
  await expect.poll(() => hasRecord(options, 'agenda')).toBe(true)
  expect(await plannedAlarm(options)).toBeNull()
  await extension.stopWorker()
  const accounts = await AccountsPage.open(extension)
  await addCheckInSites(extension, accounts.page, farm, [{ kind: 'New API 2025', name: 'Harbour' }])
  await expect.poll(() => plannedAlarm(options), { timeout: 45_000 }).not.toBeNull()
})

test('alarms that were lost are there again after the next start', async ({
  extension,
  farm,
  options,
}) => {
  await addCheckInSites(extension, options, farm, [{ kind: 'New API 2025', name: 'Harbour' }])
  const atMs = comingMinute() + LATER_MS
  await setFixedTime(options, atMs)
  await expect.poll(() => plannedAlarm(options)).toBe(atMs)
  await loseAlarms(options)
  expect(await alarmsOf(options)).toEqual([])
  await extension.stopWorker()
  expect(await extension.send(options, 'app.boot', {})).toMatchObject({ ok: true })
  await expect.poll(() => plannedAlarm(options)).toBe(atMs)
  const names = async () => (await alarmsOf(options)).map(({ name }) => name)
  await expect.poll(names).toContain('relaydeck.pulse')
})

test('what a closed browser missed is done once when it is open again', async ({ farm }) => {
  test.setTimeout(180_000)
  const profileDir = await mkdtemp(path.join(tmpdir(), 'relaydeck-profile-'))
  const first = await launchExtension({ profileDir })
  const options = await first.openOptions()
  const sites = await addCheckInSites(first, options, farm, [
    { kind: 'New API 2026', name: 'Harbour' },
    { kind: 'WONG', name: 'Island' },
  ])
  const atMs = comingMinute()
  await setFixedTime(options, atMs)
  await expect.poll(() => plannedAlarm(options)).toBe(atMs)
  await first.close()
  await expect.poll(() => Date.now(), COMES).toBeGreaterThan(atMs)
  expect(booked(sites)).toEqual([0, 0])

  for (const round of [1, 2]) {
    const again = await launchExtension({ profileDir })
    const blank = again.context.pages()
    await expect.poll(() => booked(sites), COMES).toEqual([1, 1])
    expect(again.context.pages()).toEqual(blank)
    const page = await CheckInPage.open(again)
    await expect(page.chip('Done')).toHaveText('Done 2')
    // The worker has looked what is due, or it would not have planned the next day.
    await expect.poll(async () => (await plannedAlarm(page.page)) ?? 0).toBeGreaterThan(atMs)
    expect(await journalOf(again, page.page, 'check-in'), `start ${String(round)}`).toHaveLength(1)
    await again.close()
  }
  expect(sites.map((site) => postsTo(site))).toEqual([1, 1])
  await rm(profileDir, { recursive: true, force: true })
})

test('records nobody can open are made anew: nothing is sent twice, nothing else is affected', async ({
  extension,
  farm,
  options,
}) => {
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'AnyRouter', name: 'Island' },
    { kind: 'Veloera', name: 'Lagoon' },
  ])
  await runAll(extension, options)
  expect(booked(sites)).toEqual([1, 1, 1])
  await expect.poll(() => plannedAlarm(options)).not.toBeNull()
  for (const store of ['checkIns', 'journal', 'agenda'] as const) {
    expect(await spoilRecords(options, store), store).toBeGreaterThan(0)
  }
  await loseAlarms(options)
  await extension.stopWorker()
  await options.reload()

  const page = await CheckInPage.goTo(options)
  await expect(page.rows).toHaveCount(3)
  await expect(page.chip('Done')).toHaveText('Done 3')
  expect(await journalOf(extension, options, 'check-in')).toEqual([])
  await expect.poll(() => plannedAlarm(options)).not.toBeNull()
  const ids = sites.map(({ accountId }) => accountId)
  const run = await extension.send(options, 'checkIn.run', { accountIds: ids })
  expect(run).toMatchObject({ ok: true })
  await expect
    .poll(async () => (await journalOf(extension, options, 'check-in'))[0]?.state)
    .toBe('done')
  expect(booked(sites)).toEqual([1, 1, 1])
  expect(sites.map((site) => postsTo(site))).toEqual([1, 1, 1])
  // The figures and everything decided are as they were.
  const glance = await extension.send(options, 'accounts.glance', {})
  expect(glance.ok && glance.value.rows.map(({ health }) => health)).toEqual([
    'good',
    'good',
    'good',
  ])
  await expect(page.today('Harbour')).toContainText(/^Done/)
})
