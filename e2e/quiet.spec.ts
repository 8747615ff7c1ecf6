import { expect, test, testAtNoon } from './fixtures'
import { addKeyAccount } from './keys/key-accounts'
import { createModelGateway } from './relays/models/gateway'
import { addTokenAccounts, refreshAll, seedSites } from './support/accounts'
import { ringPulse } from './support/alarms'
import { checkInAfter, ringUntilRun } from './support/automation'
import { badgeOf } from './support/badge'
import { addCredential } from './support/credentials'
import { addListedSite } from './support/listed-site'
import { lookAround, notificationsOf, watchTabs } from './support/tab-watch'

test('nothing opens, takes the focus or leaves the browser by itself', async ({
  extension,
  farm,
}) => {
  const { context } = extension
  expect(
    context.pages().filter((page) => page.url().startsWith('chrome-extension://')),
    'nothing opens at installation',
  ).toEqual([])

  const options = await extension.openOptions()
  const said: string[] = []
  options.on('console', (message) => said.push(message.text()))
  context.serviceWorkers()[0]?.on('console', (message) => said.push(message.text()))
  const sites = seedSites(farm, { count: 6 })
  await addTokenAccounts(extension, options, sites)
  const before = context.pages().length
  sites[0]!.relay.faults.set({ path: '*' }, { kind: 'challenge' })
  sites[1]!.relay.faults.set({ path: '*' }, { kind: 'status', status: 401 })
  sites[2]!.relay.faults.set({ path: '*' }, { kind: 'reset' })
  await refreshAll(extension, options)
  expect(context.pages()).toHaveLength(before)

  // Whatever went wrong, the tokens stay out of the page and out of every log.
  await options.reload()
  await options.getByText('Site 0000').first().click()
  await expect(options.getByText('About this account')).toBeVisible()
  const everything = [await options.content(), ...said].join('\n')
  for (const site of sites) expect(everything).not.toContain(site.accessToken)
})

test('a site is only talked to by its own account, at its own address', async ({
  extension,
  farm,
  options,
}) => {
  const sites = seedSites(farm, { count: 2 })
  await addTokenAccounts(extension, options, sites.slice(0, 1))
  const elsewhere = { kind: 'redirect', to: `${sites[1]!.origin}/api/user/self` } as const
  sites[0]!.relay.faults.set({ path: '*' }, elsewhere)
  await refreshAll(extension, options)
  expect(sites[0]!.relay.counters.total()).toBeGreaterThan(0)
  expect(sites[1]!.relay.counters.total()).toBe(0)
})

test('looking at keys, credentials and settings opens nothing, and spends nothing', async ({
  extension,
  farm,
  options,
}) => {
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: [{ name: 'first', unlimited: true }],
  })
  const models = createModelGateway({ keys: ['sk-of-mine'], models: ['gpt-4o-mini'] })
  farm.add('models.test', models)
  const credential = await addCredential(extension, options, {
    name: 'Island',
    baseUrl: farm.origin('models.test'),
    apiKey: 'sk-of-mine',
  })
  // What sites refuse now is told where it is looked at, and nowhere else.
  site.relay.faults.set({ path: '*' }, { kind: 'challenge' })
  const key = `${site.accountId}/${site.keys[0]!.id}`
  const around = await lookAround(options)
  const watch = await watchTabs(options)
  const places = [
    ['keys', 'Keys'],
    [`keys/details/${key}`, 'first'],
    [`keys/edit/${key}`, 'Edit first'],
    [`keys/check/${key}`, 'Verify first'],
    [`keys/export/${key}`, 'Export key'],
    ['keys/repair', 'Repair missing keys'],
    ['keys/audit', /audit/i],
    ['credentials', 'Credentials'],
    [`credentials/details/${credential}`, 'Island'],
    [`credentials/export/${credential}`, 'Export key'],
    ['settings', 'Settings'],
  ] as const
  for (const [place, heading] of places) {
    await options.evaluate((hash) => location.assign(hash), `#/${place}`)
    await expect(options.getByRole('heading', { name: heading }).first()).toBeVisible()
  }
  expect(await watch.take()).toEqual([])
  expect(await lookAround(options)).toEqual(around)
  expect(await notificationsOf(extension)).toBe(0)
  const writes = [...site.relay.counters.requests(), ...models.counters.requests()].filter(
    ({ method }) => method !== 'GET',
  )
  expect(writes).toEqual([])
  expect(models.counters.total(), 'a credential that is looked at asks nobody').toBe(0)
})

testAtNoon(
  'a day of automation as it is after installation disturbs nobody, whatever goes wrong',
  async ({ extension, farm, options }) => {
    test.setTimeout(240_000)
    const add = (name: string, seed: object) =>
      addKeyAccount(extension, options, farm, name, { keys: [], ...seed })
    const daily = { checkinEnabled: true }
    const good = await add('Harbour', daily)
    const turnstile = await add('Island', { ...daily, turnstile: true })
    const failing = await add('Lagoon', daily)
    const shielded = await add('Strait', daily)
    const loggedOut = await add('Cape', daily)
    await add('Reef', {})
    await add('Bay', { generation: 'one-api' })
    failing.relay.faults.set({ path: '*' }, { kind: 'status', status: 500 })
    shielded.relay.faults.set({ path: '*' }, { kind: 'challenge' })
    for (const user of loggedOut.relay.state.users.values()) user.accessToken = 'another-token'
    const around = await lookAround(options)
    const watch = await watchTabs(options)

    // Nobody can wait for the time of day; it is the only thing that is not as it was installed.
    await checkInAfter(extension, options, 0)
    const run = await ringUntilRun(extension, options, 'check-in')
    expect(good.relay.books.checkIns, 'it did run').toHaveLength(1)
    expect(turnstile.relay.books.checkIns).toHaveLength(0)
    const states = new Map(run.lines.map(({ id, state }) => [id, state]))
    expect([good, turnstile, shielded, loggedOut].map(({ id }) => states.get(id))).toEqual([
      'done',
      'needs-you',
      'needs-you',
      'needs-you',
    ])
    expect(await watch.take()).toEqual([])
    expect(await lookAround(options)).toEqual(around)
    expect(await notificationsOf(extension)).toBe(0)
    expect(await badgeOf(options)).toBe('')

    // What waits for the user is told where it is looked at, and there only.
    const popup = await extension.openPopup()
    await expect(popup.getByText('Harbour')).toBeVisible()
    await popup.close()
    await options.bringToFront()
    await watch.take()
    await extension.stopWorker()
    await ringPulse(options)
    expect(await watch.take()).toEqual([])
    expect(await lookAround(options)).toEqual(around)
    expect(await badgeOf(options)).toBe('')
  },
)
