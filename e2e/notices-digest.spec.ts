import type { Page } from '@playwright/test'

import { addCheckInSites, type CheckInSite } from './check-in/sites'
import { runEnd } from './check-in/runs'
import { expect, testAtNoon as test } from './fixtures'
import { AutomationSettings } from './pages/automation-settings'
import { SitesPage } from './pages/sites-page'
import { createReceiver, type Receiver } from './receivers/receiver'
import type { Farm } from './relays/farm'
import { jsonReply } from './relays/kit/reply'
import { checkInAfter, decide, journalOf, ringUntilRun } from './support/automation'
import type { ExtensionBrowser } from './support/browser'
import { launchRelease, ExtensionSettings, isGranted } from './support/release'
import { notificationsOf } from './support/tab-watch'

interface Scene {
  readonly sites: readonly CheckInSite[]
  readonly receiver: Receiver
}

/** Three accounts, one of which only a person can check in, and a webhook that is switched on. */
async function setScene(extension: ExtensionBrowser, options: Page, farm: Farm): Promise<Scene> {
  const sites = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Harbour' },
    { kind: 'Veloera', name: 'Lagoon' },
    { kind: 'New API 2025', name: 'Island', turnstile: true },
  ])
  const receiver = createReceiver('webhook')
  farm.add('service.test', receiver)
  const settings = await AutomationSettings.open(extension)
  await settings.setUp('Webhook', { Address: `${farm.origin('service.test')}/in?s={status}` })
  await expect(settings.section('Notices')).toContainText('No event is switched on')
  await settings.choose('Notices', 'A check-in finished')
  await settings.choose('Notices', 'A check-in needs you')
  await expect(settings.section('Notices')).not.toContainText('No event is switched on')
  await settings.page.close()
  return { sites, receiver }
}

const bodiesOf = ({ requests }: Receiver) => requests.map(({ body }) => body)

const DIGEST = {
  source: 'relaydeck',
  title: 'Relaydeck: check-in finished',
  message: 'Check-in: 2 done, 1 needs you.\n1 check-in needs you: Island.',
  task: 'check-in-finished',
  status: 'partial_success',
  counts: { total: 3, success: 2, failed: 1, skipped: 0 },
}

test('the run the popup began is told once, as one notice without a secret', async ({
  extension,
  farm,
  options,
}) => {
  const { receiver, sites } = await setScene(extension, options, farm)
  await checkInAfter(extension, options, 60, { onPopup: true })
  const popup = await extension.openPopup()
  await expect(popup.getByText('Check-in: 2 of 3 done')).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => receiver.requests.length).toBe(1)
  expect(bodiesOf(receiver)).toEqual([DIGEST])
  expect(receiver.requests[0]!.target).toBe('/in?s=partial_success')
  await popup.close()
  for (const site of sites) expect(site.relay.books.checkIns.length).toBeLessThanOrEqual(1)

  // Neither another popup nor another worker tells it again.
  await extension.stopWorker()
  const again = await extension.openPopup()
  await expect(again.getByText('Check-in: 2 of 3 done')).toBeVisible()
  const entries = await journalOf(extension, options, 'notice')
  expect(entries).toMatchObject([{ state: 'done', lines: [{ id: 'webhook', state: 'done' }] }])
  expect(receiver.requests).toHaveLength(1)
  expect(await notificationsOf(extension)).toBe(0)
})

test('a run by its time is told, one that somebody asked for is not', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(240_000)
  const { receiver } = await setScene(extension, options, farm)
  await decide(extension, options, {
    checkIn: { enabled: false },
    notices: { browser: true },
  })
  const first = await extension.send(options, 'checkIn.run', {})
  expect(first).toMatchObject({ ok: true })
  await runEnd(extension, options)
  expect(receiver.requests, 'who asked for it looks at it').toEqual([])

  const [late] = await addCheckInSites(extension, options, farm, [
    { kind: 'New API 2025', name: 'Reef' },
  ])
  await checkInAfter(extension, options, 0, { enabled: true })
  await ringUntilRun(extension, options, 'check-in')
  expect(late!.relay.books.checkIns).toHaveLength(1)
  await expect.poll(() => receiver.requests.length).toBe(1)
  expect(bodiesOf(receiver)).toMatchObject([{ task: 'check-in-finished' }])
  await expect.poll(() => notificationsOf(extension)).toBe(1)
})

test('a service that fails is left in peace, and switched off it gets nothing', async ({
  extension,
  farm,
  options,
}) => {
  const { receiver } = await setScene(extension, options, farm)
  const { react } = receiver
  receiver.react = () => jsonReply({ error: 'out of order' }, 500)
  await checkInAfter(extension, options, 60, { onPopup: true })
  const popup = await extension.openPopup()
  await expect.poll(() => receiver.requests.length, { timeout: 30_000 }).toBe(1)
  await popup.close()
  await expect
    .poll(async () => (await journalOf(extension, options, 'notice')).map(({ state }) => state))
    .toEqual(['failed'])
  const settings = await AutomationSettings.open(extension)
  const row = settings.channel('Webhook')
  await expect(row).toContainText('Last notice failed')

  // The next account that is checked in has something to tell; the service rests.
  await addCheckInSites(extension, options, farm, [{ kind: 'New API 2025', name: 'Reef' }])
  const second = await extension.openPopup()
  await expect(second.getByText('Check-in: 3 of 4 done')).toBeVisible({ timeout: 30_000 })
  await second.close()
  expect(receiver.requests).toHaveLength(1)

  await row.getByRole('switch').click()
  await expect(row.getByRole('switch')).not.toBeChecked()
  receiver.react = react
  await addCheckInSites(extension, options, farm, [{ kind: 'New API 2025', name: 'Bay' }])
  const third = await extension.openPopup()
  await expect(third.getByText('Check-in: 4 of 5 done')).toBeVisible({ timeout: 30_000 })
  await third.close()
  expect(receiver.requests).toHaveLength(1)
  await settings.page.reload()
  await expect(row.getByRole('switch')).not.toBeChecked()
})

test('a service is reached by its own permission, and never without', async ({ farm }) => {
  const extension = await launchRelease()
  try {
    const receiver = createReceiver('webhook')
    farm.add('service.test', receiver)
    const origin = farm.origin('service.test')
    const browser = await ExtensionSettings.open(extension)
    await browser.allow(origin)
    const settings = await AutomationSettings.open(extension)
    expect(await isGranted(settings.page, origin)).toBe(false)
    await settings.fillChannel('Webhook', { Address: `${origin}/in` })
    await expect(settings.panel).toContainText(/Sends to \S*service\.test/)
    await settings.saveChannel()
    await expect(settings.panel).toBeHidden()
    expect(await isGranted(settings.page, origin)).toBe(true)
    await settings.test('Webhook')
    await expect(settings.channel('Webhook')).toContainText('Webhook took a sample.')
    expect(receiver.requests).toHaveLength(1)

    const sites = await SitesPage.open(extension)
    await expect(sites.row('service.test')).toContainText('1 notice channel')
    await sites.revoke('service.test')
    await expect(sites.row('service.test')).toContainText('Revoked')
    await settings.page.bringToFront()
    await settings.page.reload()
    await expect(settings.channel('Webhook')).toContainText('access not granted')
    const refused = await extension.send(settings.page, 'notices.test', { to: 'webhook' })
    expect(refused).toMatchObject({ ok: false, failure: { class: 'access' } })
    expect(receiver.requests).toHaveLength(1)
  } finally {
    await extension.close()
  }
})
