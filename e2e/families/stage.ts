import type { Page } from '@playwright/test'

import { AccountsPage } from '../pages/accounts-page'
import type { RequestRecord } from '../relays/kit/counters'
import type { Farm } from '../relays/farm'
import { waitForRefresh } from '../support/accounts'
import type { ExtensionBrowser } from '../support/browser'
import { logIn } from '../support/console'
import { type FamilyCase, MODE_OF, WAYS } from './cases'
import type { FamilySite, FamilyUser } from './family-site'
import { expect } from './fixtures'

/** A site of one family, the Accounts page, and a tab of the site once somebody logged in. */
export interface Stage {
  readonly family: FamilyCase
  readonly extension: ExtensionBrowser
  readonly site: FamilySite
  readonly host: string
  readonly origin: string
  readonly accounts: AccountsPage
  tab: Page | null
}

let made = 0

/** Puts up a site of its own; nobody is logged in there and no tab of it is open. */
export async function setStage(
  family: FamilyCase,
  extension: ExtensionBrowser,
  farm: Farm,
): Promise<Stage> {
  made += 1
  const host = `${family.slug}-${String(made)}.${family.domain}`
  const site = family.create()
  farm.add(host, site.relay)
  const accounts = await AccountsPage.open(extension)
  return { family, extension, site, host, origin: farm.origin(host), accounts, tab: null }
}

/**
 * Logs in at the site's own form, in the browser's one tab of it; whoever was logged in before is
 * forgotten by the browser and stays logged in at the server.
 */
export async function logInAs(stage: Stage, user: FamilyUser): Promise<Page> {
  const { extension, host, origin } = stage
  const tab = (stage.tab ??= await extension.context.newPage())
  if (tab.url().startsWith(origin)) {
    await extension.context.clearCookies({ domain: host })
    await tab.evaluate(() => {
      localStorage.clear()
    })
  }
  await logIn(tab, origin, user.username, user.password)
  // One that a request with the browser's cookies carries, also where the login is none.
  await extension.context.addCookies([{ name: 'visit', value: '1', url: origin }])
  await stage.accounts.page.bringToFront()
  return tab
}

/** Adds the account of whoever is logged in, the way it is offered, and waits for its figures. */
export async function addByDefault(stage: Stage, user: FamilyUser): Promise<void> {
  const { accounts, extension, origin } = stage
  await accounts.recognise(origin)
  await accounts.store()
  await expect(accounts.panel.getByText('About this account')).toBeVisible()
  await expect(accounts.row(user.username)).toContainText(user.dollars.toFixed(2))
  await waitForRefresh(extension, accounts.page)
}

/** The way that is chosen already while nothing was clicked. */
export async function expectDefaultWay({ accounts }: Stage, way: FamilyCase['way']): Promise<void> {
  await expect(accounts.panel.getByRole('radio', { name: WAYS[way] })).toBeChecked()
}

/** Waits for what a refresh did to the account's balance and for its end. */
export async function expectBalance(
  { accounts, extension }: Stage,
  user: FamilyUser,
  dollars: number,
): Promise<void> {
  await expect(accounts.row(user.username)).toContainText(dollars.toFixed(2))
  await waitForRefresh(extension, accounts.page)
}

/** Tokens travel without cookies, cookies without tokens; both are seen at work. */
export function expectProof({ family }: Stage, requests: readonly RequestRecord[]): void {
  const withCookies = requests.filter(({ hadCookie }) => hadCookie)
  const withToken = requests.filter(({ hadAuthorization }) => hadAuthorization)
  const byCookie = MODE_OF[family.way] === 'cookie'
  expect((byCookie ? withCookies : withToken).length).toBeGreaterThan(0)
  expect(byCookie ? withToken : withCookies).toEqual([])
}
