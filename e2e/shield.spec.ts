import { expect, test } from './fixtures'
import { NeedsYouPage } from './pages/needs-you-page'
import { glance, refreshAll } from './support/accounts'
import { addThreeAccounts, balancesOf, passCheck } from './support/shielded-sites'
import { lookAround, notificationsOf, ringAlarms, watchTabs } from './support/tab-watch'

/** Wakes whatever a dead worker left; only there while something runs. */
const RESUME_ALARM = 'relaydeck.resume'

test('behind protection pages nothing opens by itself; what waits is listed', async ({
  extension,
  farm,
}) => {
  const needsYou = await NeedsYouPage.open(extension)
  const { page } = needsYou
  const sites = await addThreeAccounts(extension, farm, page)
  await needsYou.expectNothingLeft()
  for (const { shield } of sites) shield.isUp = true

  const watch = await watchTabs(page)
  const before = await lookAround(page)
  await watch.take()
  for (let round = 0; round < 3; round += 1) {
    expect(await refreshAll(extension, page)).toMatchObject({ succeeded: 0, failed: 3 })
    await ringAlarms(page, [RESUME_ALARM])
  }
  await expect(needsYou.entries).toHaveCount(3)
  for (const { host } of sites) await expect(needsYou.entry(host)).toBeVisible()

  for (const { shield } of sites) expect(shield.counters.challenged()).toBeGreaterThan(0)
  expect(await watch.take()).toEqual([])
  expect(await lookAround(page)).toEqual(before)
  expect(await page.evaluate(() => document.hasFocus())).toBe(true)
  expect(await notificationsOf(extension)).toBe(0)
  const rows = await glance(extension, page)
  expect(rows.map(({ failure }) => failure?.class)).toEqual(rows.map(() => 'challenge'))
  expect(await balancesOf(extension, page)).toEqual({
    'token.test': 1_000_000,
    'cookie.test': 1_000_000,
    'session.test': 2,
  })

  const popup = await extension.openPopup()
  await expect(popup.getByRole('button', { name: '3 things need you' })).toBeVisible()
})

test('one click per entry: the site opens, its check is passed, the rest goes by itself', async ({
  extension,
  farm,
}) => {
  const needsYou = await NeedsYouPage.open(extension)
  const { page } = needsYou
  const sites = await addThreeAccounts(extension, farm, page)
  for (const site of sites) {
    site.shield.isUp = true
    site.setBalance(5)
  }
  await refreshAll(extension, page)
  await expect(needsYou.entries).toHaveCount(3)
  const watch = await watchTabs(page)

  for (const [at, site] of sites.entries()) {
    await page.bringToFront()
    await watch.take()
    const opened = extension.context.waitForEvent('page')
    await needsYou.openAndPass(site.host)
    const tab = await opened
    await expect(tab).toHaveURL(`${site.origin}/`)
    const closed = tab.waitForEvent('close')
    await passCheck(tab)
    await closed
    await expect(needsYou.entry(site.host)).toHaveCount(0)
    expect(site.shield.counters.passes()).toBe(1)
    expect((await watch.take()).filter((name) => name.endsWith('onCreated'))).toEqual([
      'tabs.onCreated',
    ])
    await expect(needsYou.entries).toHaveCount(2 - at)
  }
  await needsYou.expectNothingLeft()
  expect(Object.values(await balancesOf(extension, page))).toEqual([5, 5, 5])
})

test('help with all goes from one to the next; a tab the user closes leaves its entry', async ({
  extension,
  farm,
}) => {
  const needsYou = await NeedsYouPage.open(extension)
  const { page } = needsYou
  const sites = await addThreeAccounts(extension, farm, page)
  for (const site of sites) {
    site.shield.isUp = true
    site.setBalance(7)
  }
  await refreshAll(extension, page)
  await expect(needsYou.entries).toHaveCount(3)
  const others = extension.context.pages().length

  let opened = extension.context.waitForEvent('page')
  await needsYou.helpWithAll(3)
  for (const at of sites.keys()) {
    const tab = await opened
    await tab.waitForURL(/\.test:\d+\/$/)
    const site = sites.find(({ origin }) => tab.url().startsWith(origin))
    expect(extension.context.pages()).toHaveLength(others + 1)
    opened = at < 2 ? extension.context.waitForEvent('page') : opened
    if (site?.host === 'cookie.test') {
      await tab.close()
      continue
    }
    const closed = tab.waitForEvent('close')
    await passCheck(tab)
    await closed
  }

  await page.bringToFront()
  await expect(page.getByText('2 passed · 1 closed')).toBeVisible()
  await expect(page.getByText('Its tab was closed before the check was passed.')).toBeVisible()
  await expect(needsYou.entries).toHaveCount(1)
  await expect(needsYou.entry('cookie.test')).toBeVisible()
  expect(extension.context.pages()).toHaveLength(others)
  expect(await balancesOf(extension, page)).toEqual({
    'token.test': 7,
    'cookie.test': 1_000_000,
    'session.test': 7,
  })
})

test('with the setting for a small window, the site opens in one that closes with it', async ({
  extension,
  farm,
}) => {
  const needsYou = await NeedsYouPage.open(extension)
  const { page } = needsYou
  const [site] = await addThreeAccounts(extension, farm, page)
  await extension.send(page, 'settings.set', { edit: { helpIn: 'window' } })
  site!.shield.isUp = true
  await refreshAll(extension, page)
  const before = await lookAround(page)

  const opened = extension.context.waitForEvent('page')
  await needsYou.openAndPass(site!.host)
  const tab = await opened
  await expect(tab).toHaveURL(`${site!.origin}/`)
  expect(await lookAround(page)).toHaveLength(before.length + 1)
  const closed = tab.waitForEvent('close')
  await passCheck(tab)
  await closed
  await page.bringToFront()
  await needsYou.expectNothingLeft()
  expect(await lookAround(page)).toEqual(before)
})
