import type { Page } from '@playwright/test'

import { expect, test } from '../fixtures'
import { AccountsPage } from '../pages/accounts-page'
import type { Farm } from '../relays/farm'
import { createSub2ApiRelay, type Sub2ApiRelay } from '../relays/sub2api/relay'
import { glance, refreshAll, waitForRefresh } from '../support/accounts'
import type { ExtensionBrowser } from '../support/browser'
import { logIn } from '../support/console'

const USER = { id: 7, email: 'ann@mail.example', password: 'password-of-ann', balance: 12.34 }
const BINDS = /binds a login to one browser and network/

/** A site that binds logins, and the account of its open page; then the network changes. */
interface Bound {
  readonly relay: Sub2ApiRelay
  readonly origin: string
  readonly tab: Page
  readonly accounts: AccountsPage
}

/** From the time this returns the site sees everything of this browser come from elsewhere. */
async function addAndMove(
  extension: ExtensionBrowser,
  farm: Farm,
  accessTokenSec: number,
): Promise<Bound> {
  const relay = createSub2ApiRelay({
    generation: 'new',
    siteName: 'Harbour',
    users: [USER],
    sessionBinding: true,
    accessTokenSec,
    page: { refreshBeforeMs: 1_000 },
  })
  let hasMoved = false
  farm.add('bound.localhost', {
    handle: (request, response) => {
      if (hasMoved) request.headers['user-agent'] = 'seen from elsewhere'
      relay.handle(request, response)
    },
  })
  const origin = farm.origin('bound.localhost')
  const tab = await extension.context.newPage()
  await logIn(tab, origin, USER.email, USER.password)
  const accounts = await AccountsPage.open(extension)
  await accounts.recognise(origin)
  await accounts.store()
  await expect(accounts.row('Harbour')).toContainText('12.34')
  await waitForRefresh(extension, accounts.page)
  hasMoved = true
  relay.counters.reset()
  return { relay, origin, tab, accounts }
}

/** Whatever is tried again, the account stays in one state and the site is left alone. */
async function expectRest(extension: ExtensionBrowser, { relay, accounts }: Bound): Promise<void> {
  await expect(accounts.panel.getByText(BINDS)).toBeVisible()
  await waitForRefresh(extension, accounts.page)
  const presented = relay.state.refreshLog.length
  relay.counters.reset()
  for (let again = 0; again < 3; again += 1) await refreshAll(extension, accounts.page)
  expect(relay.counters.requests().filter(({ hadAuthorization }) => hadAuthorization)).toEqual([])
  expect(relay.state.refreshLog).toHaveLength(presented)
  const [row] = await glance(extension, accounts.page)
  const failure = { class: 'login', reason: 'session-binding-mismatch' }
  expect(row).toMatchObject({ health: 'bad', failure })
  await expect(accounts.panel.getByText(BINDS)).toBeVisible()
  await expect(accounts.row('Harbour')).toContainText('12.34')
}

async function expectMendedByLogin(
  extension: ExtensionBrowser,
  { origin, tab, accounts }: Bound,
): Promise<void> {
  await logIn(tab, origin, USER.email, USER.password)
  await refreshAll(extension, accounts.page)
  await expect(accounts.row('Harbour')).toContainText('Working')
}

test('a bearer refused for its binding: one clear state, no loop, mended by a login', async ({
  extension,
  farm,
}) => {
  const bound = await addAndMove(extension, farm, 86_400)
  await bound.accounts.refresh('Harbour')
  await expectRest(extension, bound)
  await bound.tab.reload()
  await expectMendedByLogin(extension, bound)
})

test('a renewal refused for its binding: one clear state, no token sent twice', async ({
  extension,
  farm,
}) => {
  // With less than 120 s left every refresh begins with a renewal.
  const bound = await addAndMove(extension, farm, 100)
  await bound.accounts.refresh('Harbour')
  await expectRest(extension, bound)
  expect(Math.max(...bound.relay.state.refreshUses.values())).toBe(1)
  await bound.tab.reload()
  await expectMendedByLogin(extension, bound)
})
