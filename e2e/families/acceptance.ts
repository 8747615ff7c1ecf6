import { glance, waitForRefresh } from '../support/accounts'
import { MODE_OF } from './cases'
import { type FamilyUser, MARA, NOEL } from './family-site'
import { expect } from './fixtures'
import {
  addByDefault,
  expectBalance,
  expectDefaultWay,
  expectProof,
  logInAs,
  type Stage,
} from './stage'

/** What holds for a site of every family, each by a title and a test through the screens. */
export const ACCEPTANCE: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'is told apart while nobody is logged in and no tab is open': detects,
  'recognises the login of the open tab and changes nothing': recognises,
  'adds the account in the way that is offered': adds,
  'refreshes by its own proof alone': refreshes,
  'keeps a second account of the same site beside the first': keepsTwo,
  'says that the login ended, keeps the figures and takes a new login': expires,
  'never takes the figures of another user': guards,
}

async function detects({ accounts, family, origin, site }: Stage): Promise<void> {
  await accounts.lookAt(origin)
  const { panel } = accounts
  const { software, sign } = family.loggedOut ?? family
  await expect(panel.getByText(/is not open in a tab/)).toBeVisible()
  await expect(panel.getByText(`Recognised as ${software}`, { exact: true })).toBeVisible()
  await expect(panel.getByText(sign)).toBeVisible()
  const requests = site.relay.counters.requests()
  expect(requests.length).toBeGreaterThan(0)
  expect(requests.filter(({ hadAuthorization }) => hadAuthorization)).toEqual([])
  expect(site.spent()).toBe(0)
}

async function recognises(stage: Stage): Promise<void> {
  const { accounts, extension, family, origin, site } = stage
  const before = site.accessTokenOf(MARA)
  await logInAs(stage, MARA)
  await accounts.recognise(origin)
  const { panel } = accounts
  await expect(panel.getByText(`mara (ID ${String(MARA.id)})`)).toBeVisible()
  await expect(panel.getByText('$12.34')).toBeVisible()
  await expect(panel.getByRole('definition').getByText(family.software).first()).toBeVisible()
  await expect(panel.getByText(family.sign)).toBeVisible()
  await expectDefaultWay(stage, family.way)
  expect(await glance(extension, accounts.page)).toEqual([])
  expect(site.spent()).toBe(0)
  expect(site.accessTokenOf(MARA)).toBe(before)
}

async function adds(stage: Stage): Promise<void> {
  const { accounts, extension, family, origin, site } = stage
  const before = site.accessTokenOf(MARA)
  await logInAs(stage, MARA)
  await addByDefault(stage, MARA)
  await expect(accounts.row('mara')).toContainText('Harbour')
  await accounts.openDetails('mara')
  const { panel } = accounts
  const facts = panel.getByRole('definition')
  await expect(facts.getByText(family.software).first()).toBeVisible()
  await expect(facts.getByText(family.generation, { exact: true }).last()).toBeVisible()
  await expect(facts.getByText(origin)).toBeVisible()
  expect(await glance(extension, accounts.page)).toMatchObject([
    { userId: String(MARA.id), authMode: MODE_OF[family.way], health: 'good' },
  ])
  expect(site.spent()).toBe(0)
  expect(site.accessTokenOf(MARA)).toBe(before)
}

async function refreshes(stage: Stage): Promise<void> {
  const { accounts, site } = stage
  await logInAs(stage, MARA)
  await addByDefault(stage, MARA)
  site.setBalance(MARA, 7.5)
  site.relay.counters.reset()
  await accounts.refresh('mara')
  await expectBalance(stage, MARA, 7.5)
  expectProof(stage, site.relay.counters.requests())
  expect(site.spent()).toBe(0)
}

async function keepsTwo(stage: Stage): Promise<void> {
  const { accounts, extension, family, origin, site } = stage
  await logInAs(stage, MARA)
  await addByDefault(stage, MARA)
  await logInAs(stage, NOEL)
  await accounts.recognise(origin)
  await expect(accounts.panel.getByText('1 account is stored for this site')).toBeVisible()
  // This browser has one login per site: the first account lives by it.
  await expectDefaultWay(stage, family.way === 'browser-login' ? 'own-cookies' : family.way)
  await accounts.store()
  await expectBalance(stage, NOEL, NOEL.dollars)

  const tab = await logInAs(stage, MARA)
  site.setBalance(MARA, 1.25)
  site.setBalance(NOEL, 2.5)
  site.relay.counters.reset()
  await accounts.refreshAll()
  await expectBalance(stage, MARA, 1.25)
  await expectBalance(stage, NOEL, 2.5)
  expectProof(stage, site.relay.counters.requests())
  const rows = await glance(extension, accounts.page)
  expect(rows.map(({ health }) => health)).toEqual(['good', 'good'])
  // The login of the browser is still the one the user made last.
  await tab.reload()
  await expect(tab.getByText('mara', { exact: true })).toBeVisible()
  expect(site.spent()).toBe(0)
}

async function expires(stage: Stage): Promise<void> {
  const { accounts, extension, family, site } = stage
  await logInAs(stage, MARA)
  await addByDefault(stage, MARA)
  const changed = site.expire(MARA)
  await accounts.refresh('mara')
  await expect(accounts.panel.getByText(family.ended)).toBeVisible()
  await expectBalance(stage, MARA, MARA.dollars)
  expect(await glance(extension, accounts.page)).toMatchObject([
    { health: 'bad', failure: { class: 'login' } },
  ])
  expect(site.spent()).toBe(0)

  site.setBalance(MARA, 3.75)
  if (MODE_OF[family.way] === 'token') {
    await accounts.pasteToken('mara', site.accessTokenOf(MARA) ?? '')
  } else {
    await logInAs(stage, changed)
    await accounts.refresh('mara')
  }
  await expectBalance(stage, MARA, 3.75)
  await expect(accounts.row('mara')).toContainText('Working')
}

async function guards(stage: Stage): Promise<void> {
  const { accounts, family, site } = stage
  await logInAs(stage, MARA)
  await addByDefault(stage, MARA)
  site.relay.faults.set({ userId: MARA.id }, { kind: 'wrong-user', userId: NOEL.id })
  await accounts.refresh('mara')
  await expectForeignAnswer(stage, MARA)

  site.relay.faults.clear()
  site.setBalance(MARA, 4.5)
  await accounts.refresh('mara')
  await expectBalance(stage, MARA, 4.5)
  if (MODE_OF[family.way] === 'token') return
  // The browser's login becomes somebody else's, and what the account had is good no more.
  site.endLogins()
  await logInAs(stage, NOEL)
  await accounts.refresh('mara')
  await expectForeignAnswer(stage, { ...MARA, dollars: 4.5 })
}

async function expectForeignAnswer(stage: Stage, { dollars, username }: FamilyUser): Promise<void> {
  const { accounts, extension } = stage
  await expect(accounts.panel.getByText(/answered as another user/).first()).toBeVisible()
  await waitForRefresh(extension, accounts.page)
  await expect(accounts.row(username)).toContainText(dollars.toFixed(2))
  expect(await glance(extension, accounts.page)).toMatchObject([
    { username, health: 'bad', failure: { class: 'identity' } },
  ])
}
