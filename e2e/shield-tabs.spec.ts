import { expect, test } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import { createDoneHubRelay } from './relays/done-hub/relay'
import { createNewApiRelay } from './relays/new-api/relay'
import { glance, pointsOf, refreshAll } from './support/accounts'
import { logIn } from './support/console'
import { addByLogin, addByToken, passCheck, putBehindShield, TOKEN } from './support/shielded-sites'
import { ringAlarms, watchTabs } from './support/tab-watch'

const ADA = { id: 51, username: 'ada', password: 'password-of-ada', quota: 1_000_000 }
const BEA = { id: 52, username: 'bea', password: 'password-of-bea', quota: 8_000_000 }

test('a site that is open in a tab that passed is asked through that tab, by itself', async ({
  extension,
  farm,
  options,
}) => {
  const relay = createNewApiRelay({
    generation: 'g1b',
    users: [{ ...ADA, accessToken: TOKEN }],
  })
  const site = putBehindShield(farm, 'open.test', relay)
  await addByToken(extension, options, site.origin, ADA, TOKEN)
  site.shield.isUp = true
  const tab = await extension.context.newPage()
  await tab.goto(site.origin)
  await options.bringToFront()
  await refreshAll(extension, options)
  expect(await glance(extension, options)).toMatchObject([{ failure: { class: 'challenge' } }])

  await passCheck(tab)
  await expect(tab.getByLabel('Username')).toBeVisible()
  await options.bringToFront()
  relay.state.users.get(ADA.id)!.quota = 3_000_000
  site.shield.counters.reset()
  relay.counters.reset()
  const watch = await watchTabs(options)
  expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 1, failed: 0 })

  const [row] = await glance(extension, options)
  expect(row).toMatchObject({ username: 'ada', health: 'good' })
  expect(pointsOf(row)).toBe(3_000_000)
  // The worker has no cookie of the page, so what arrived came through it.
  expect(site.shield.counters.challenged({ source: 'outside' })).toBeGreaterThan(0)
  const arrived = relay.counters.requests().filter(({ path }) => path === '/api/user/self')
  expect(arrived.map(({ hadCookie }) => hadCookie)).toContain(true)
  expect(await watch.take()).toEqual([])
  expect(tab.url()).toBe(`${site.origin}/`)
})

test('a request that changes something is sent once, whatever stands in its way', async ({
  extension,
  farm,
  options,
}) => {
  const relay = createNewApiRelay({ generation: 'g2', users: [ADA] })
  const site = putBehindShield(farm, 'renewal.test', relay)
  const { shield } = site
  // Stands in the way of what no page of the site sends, and only where it changes something.
  farm.add(site.host, {
    handle: (request, response) => {
      const isForeign = request.method === 'POST' && request.headers.referer === undefined
      const first = isForeign ? shield : relay
      first.handle(request, response)
    },
  })
  const tab = await extension.context.newPage()
  await logIn(tab, site.origin, ADA.username, ADA.password)
  await addByLogin(extension, options, site.origin, 'browser-login')
  await options.bringToFront()
  const renewals = () => relay.counters.count('POST', '/api/user/auth/refresh')
  const stopped = () => shield.counters.challenged({ method: 'POST' })

  shield.isUp = true
  for (let round = 1; round <= 3; round += 1) {
    // Every short-lived token ends: the account needs a new one, by a request that uses one up.
    relay.state.secret = `secret ${String(round)} of the relay`
    relay.counters.reset()
    shield.counters.reset()
    expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 0, failed: 1 })
    expect([stopped(), renewals()]).toEqual([1, 0])
    expect(await glance(extension, options)).toMatchObject([{ failure: { class: 'challenge' } }])
  }

  // The whole site is protected now, and its page has passed.
  farm.add(site.host, shield)
  await tab.reload()
  await passCheck(tab)
  await expect(tab.getByRole('button', { name: 'Log out' })).toBeVisible()
  relay.state.secret = 'the last secret of the relay'
  relay.counters.reset()
  shield.counters.reset()
  expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 1, failed: 0 })
  expect([stopped(), renewals()]).toEqual([0, 1])
  expect(pointsOf((await glance(extension, options))[0])).toBe(ADA.quota)
})

test('a page logged in as somebody else lends its clearance, never its figures', async ({
  extension,
  farm,
  options,
}) => {
  // Here a cookie outranks a token.
  const relay = createDoneHubRelay({
    variant: 'done-hub',
    users: [ADA, { ...BEA, accessToken: TOKEN }],
  })
  const site = putBehindShield(farm, 'shared.test', relay)
  await addByToken(extension, options, site.origin, BEA, TOKEN, 'done-hub')
  expect(pointsOf((await glance(extension, options))[0])).toBe(BEA.quota)
  const tab = await extension.context.newPage()
  await logIn(tab, site.origin, ADA.username, ADA.password)
  site.shield.isUp = true
  await tab.reload()
  await passCheck(tab)
  await expect(tab.getByRole('button', { name: 'Log out' })).toBeVisible()

  relay.state.users.get(BEA.id)!.quota = 9_000_000
  relay.counters.reset()
  expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 0, failed: 1 })
  const [guarded] = await glance(extension, options)
  expect(guarded).toMatchObject({ username: 'bea', failure: { class: 'identity' } })
  expect(pointsOf(guarded)).toBe(BEA.quota)
  // It was really asked with the page's login.
  expect(relay.counters.requests().map(({ hadCookie }) => hadCookie)).toContain(true)

  await tab.getByRole('button', { name: 'Log out' }).click()
  await expect(tab.getByLabel('Username')).toBeVisible()
  expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 1, failed: 0 })
  expect(pointsOf((await glance(extension, options))[0])).toBe(9_000_000)
})

test('a site behind its protection is added once its check is passed', async ({
  extension,
  farm,
}) => {
  const relay = createNewApiRelay({ generation: 'g1b', systemName: 'Harbour', users: [ADA] })
  const site = putBehindShield(farm, 'new.test', relay)
  site.shield.isUp = true
  const accounts = await AccountsPage.open(extension)
  const { page, panel } = accounts
  await accounts.lookAt(site.origin)
  await expect(panel.getByText(/A protection page stands in front of new\.test/)).toBeVisible()

  const opened = extension.context.waitForEvent('page')
  await panel.getByRole('button', { name: 'Open the site in a new tab' }).click()
  const tab = await opened
  await passCheck(tab)
  // The check ends by loading the site itself.
  await expect(tab.getByRole('button', { name: 'Log in' })).toBeVisible()
  await logIn(tab, site.origin, ADA.username, ADA.password)
  await page.bringToFront()
  await panel.getByRole('button', { name: 'I have logged in, try again' }).click()
  await expect(panel.getByText('ada (ID 51)')).toBeVisible()
  await accounts.store()
  await expect(accounts.row('Harbour')).toContainText('2.00')
  expect(site.shield.counters.refusals()).toBe(0)
})

test('opened unseen only where that was allowed, without the focus and not again soon', async ({
  extension,
  farm,
  options,
}) => {
  const wall = { interaction: 'automatic', delayMs: 100 } as const
  const relays = ['allowed.test', 'other.test'].map((host) => {
    const relay = createNewApiRelay({ generation: 'g1b', users: [{ ...ADA, accessToken: TOKEN }] })
    return putBehindShield(farm, host, relay, wall)
  })
  const [allowed, other] = relays as [(typeof relays)[0], (typeof relays)[0]]
  for (const { origin } of relays) await addByToken(extension, options, origin, ADA, TOKEN)
  const choice = { origin: allowed.origin, allowed: true }
  expect(await extension.send(options, 'sites.setAutoHelp', choice)).toMatchObject({ ok: true })
  for (const { shield } of relays) {
    shield.isUp = true
    shield.inner.state.users.get(ADA.id)!.quota = 3_000_000
  }
  const watch = await watchTabs(options)
  await refreshAll(extension, options)
  const figures = async () => (await glance(extension, options)).map(pointsOf)
  await expect.poll(figures, { timeout: 15_000 }).toEqual([3_000_000, ADA.quota])
  await expect.poll(() => extension.context.pages().length).toBe(2)
  expect(await watch.take()).toEqual(['tabs.onCreated', 'tabs.onRemoved'])
  expect([allowed, other].map(({ shield }) => shield.counters.passes())).toEqual([1, 0])

  allowed.shield.expireAll()
  await refreshAll(extension, options)
  await ringAlarms(options, ['relaydeck.resume'])
  const rows = await glance(extension, options)
  expect(rows.map(({ failure }) => failure?.class)).toEqual(['challenge', 'challenge'])
  expect(await watch.take()).toEqual([])
})
