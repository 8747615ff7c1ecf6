import { expect, test } from './fixtures'
import { AccountsPage } from './pages/accounts-page'
import { createNewApiRelay } from './relays/new-api/relay'
import { glance, pointsOf, refreshAll, waitForRefresh } from './support/accounts'
import { logIn } from './support/console'

const A = { id: 1, username: 'user-a', password: 'password-a', quota: 1_000_000 }
const B = { id: 2, username: 'user-b', password: 'password-b', quota: 5_000_000 }
const TOKEN_B = 'access-token-of-user-b-0123456789'

test('a new access token is tried at once', async ({ extension, farm, options }) => {
  const relay = createNewApiRelay({ generation: 'g1b', users: [{ ...B, accessToken: TOKEN_B }] })
  farm.add('shared.test', relay)
  const account = {
    origin: farm.origin('shared.test'),
    siteType: 'new-api',
    userId: '2',
    username: '',
    auth: { mode: 'token', accessToken: 'a-token-that-is-no-good-any-more' },
    name: 'Account of B',
    exchangeRate: 7.2,
  } as const
  await extension.send(options, 'accounts.add', { account, refreshNow: false })
  await refreshAll(extension, options)
  const [refused] = await glance(extension, options)
  expect(refused).toMatchObject({ health: 'bad', failure: { class: 'login' } })

  const auth = { mode: 'token', accessToken: TOKEN_B } as const
  await extension.send(options, 'accounts.edit', { id: refused!.id, edit: { auth } })
  await waitForRefresh(extension, options)
  const [good] = await glance(extension, options)
  expect(good).toMatchObject({ health: 'good' })
  expect(pointsOf(good)).toBe(B.quota)
})

for (const generation of ['g0', 'g1b', 'g2'] as const) {
  test(`${generation}: the token of B with the browser logged in as A never shows A's figures`, async ({
    extension,
    farm,
    options,
  }) => {
    const relay = createNewApiRelay({ generation, users: [A, { ...B, accessToken: TOKEN_B }] })
    farm.add('shared.test', relay)
    const origin = farm.origin('shared.test')
    await logIn(await extension.context.newPage(), origin, A.username, A.password)
    await extension.send(options, 'accounts.add', {
      account: {
        origin,
        siteType: 'new-api',
        userId: '2',
        username: '',
        auth: { mode: 'token', accessToken: TOKEN_B },
        name: 'Account of B',
        exchangeRate: 7.2,
      },
      refreshNow: false,
    })
    await refreshAll(extension, options)
    const [good] = await glance(extension, options)
    expect(good).toMatchObject({ username: B.username, health: 'good' })
    expect(pointsOf(good)).toBe(B.quota)

    // A server (or something between) that answers B's token with A's data.
    relay.faults.set({ path: '*', userId: 2 }, { kind: 'wrong-user', userId: 1 })
    await refreshAll(extension, options)
    const [guarded] = await glance(extension, options)
    expect(guarded).toMatchObject({
      username: B.username,
      health: 'bad',
      failure: { class: 'identity' },
    })
    expect(pointsOf(guarded)).toBe(B.quota)

    await options.reload()
    await options.getByText('Account of B').first().click()
    await expect(options.getByText(/another user/i).first()).toBeVisible()
  })

  test(`${generation}: an account by the browser's login notices that somebody else logged in`, async ({
    extension,
    farm,
  }) => {
    const relay = createNewApiRelay({ generation, systemName: 'Shared', users: [A, B] })
    farm.add('shared.test', relay)
    const origin = farm.origin('shared.test')
    const page = await extension.context.newPage()
    await logIn(page, origin, B.username, B.password)
    const accounts = await AccountsPage.open(extension)
    await accounts.recognise(origin)
    await accounts.choose('Use this browser’s login')
    await accounts.store()
    await expect(accounts.row('Shared')).toContainText('10.00')
    await waitForRefresh(extension, accounts.page)

    await page.getByRole('button', { name: 'Log out' }).click()
    await logIn(page, origin, A.username, A.password)
    await refreshAll(extension, accounts.page)
    const [row] = await glance(extension, accounts.page)
    expect(row).toMatchObject({ username: B.username, failure: { class: 'identity' } })
    expect(pointsOf(row)).toBe(B.quota)
  })
}
