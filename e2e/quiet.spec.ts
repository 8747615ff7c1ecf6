import { expect, test } from './fixtures'
import { addTokenAccounts, refreshAll, seedSites } from './support/accounts'

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
