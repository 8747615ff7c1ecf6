import { expect, type Page } from '@playwright/test'

import type { LoginWay } from '@/src/domain/recognition'

import { createDoneHubRelay } from '../relays/done-hub/relay'
import type { Farm } from '../relays/farm'
import type { SiteDouble } from '../relays/kit/site-double'
import { createNewApiRelay } from '../relays/new-api/relay'
import { createShield, type Shield, type ShieldOptions } from '../relays/shield/shield'
import { createSub2ApiRelay } from '../relays/sub2api/relay'
import { glance, waitForRefresh } from './accounts'
import type { ExtensionBrowser } from './browser'
import { logIn } from './console'

/** A site with a protection in front of it that can be switched on. */
export interface ShieldedSite<Relay extends SiteDouble = SiteDouble> {
  readonly host: string
  readonly origin: string
  readonly shield: Shield<Relay>
}

export const TOKEN = '0123456789abcdef0123456789abcdef'

const USER = { id: 51, username: 'ada', password: 'password-of-ada', quota: 1_000_000 }

/** Puts a relay into the farm behind a protection that is down for now. */
export function putBehindShield<Relay extends SiteDouble>(
  farm: Farm,
  host: string,
  relay: Relay,
  options: ShieldOptions = {},
): ShieldedSite<Relay> {
  const shield = createShield(relay, options)
  shield.isUp = false
  farm.add(host, shield)
  return { host, origin: farm.origin(host), shield }
}

/** A shielded site with an account of ours, whose balance the site can be made to change. */
export interface ShieldedAccount extends ShieldedSite {
  /** In the site's own unit. */
  setBalance(value: number): void
}

/** Three accounts that live by a token, by the browser's cookies and by a session of their own. */
export async function addThreeAccounts(
  extension: ExtensionBrowser,
  farm: Farm,
  options: Page,
): Promise<ShieldedAccount[]> {
  const byToken = createNewApiRelay({
    generation: 'g1b',
    users: [{ ...USER, accessToken: TOKEN }],
  })
  const byCookie = createDoneHubRelay({ variant: 'done-hub', users: [USER] })
  const bySession = createSub2ApiRelay({
    generation: 'new',
    users: [{ ...USER, email: 'ada@mail.example', balance: 2 }],
  })
  const sites = [
    {
      ...putBehindShield(farm, 'token.test', byToken),
      setBalance: (quota: number) => Object.assign(byToken.state.users.get(USER.id)!, { quota }),
    },
    {
      ...putBehindShield(farm, 'cookie.test', byCookie),
      setBalance: (quota: number) => Object.assign(byCookie.state.users.get(USER.id)!, { quota }),
    },
    {
      ...putBehindShield(farm, 'session.test', bySession),
      setBalance: (balance: number) =>
        Object.assign(bySession.state.users.get(USER.id)!, { balance }),
    },
  ] as const
  await addByToken(extension, options, sites[0].origin, USER, TOKEN)
  const console = await extension.context.newPage()
  await logIn(console, sites[1].origin, USER.username, USER.password)
  await addByLogin(extension, options, sites[1].origin, 'browser-login')
  await console.close()
  await addBySignIn(extension, options, sites[2].origin)
  await options.bringToFront()
  return [...sites]
}

/** Stores a New API account by its token, as the manual form does. */
export async function addByToken(
  extension: ExtensionBrowser,
  options: Page,
  origin: string,
  { id, username }: { id: number; username: string },
  accessToken: string,
  siteType: 'new-api' | 'done-hub' = 'new-api',
): Promise<void> {
  const auth = { mode: 'token', accessToken } as const
  const account = { origin, siteType, userId: String(id), username, auth, exchangeRate: 7.2 }
  const input = { account: { ...account, name: new URL(origin).host }, refreshNow: true }
  expect(await extension.send(options, 'accounts.add', input)).toMatchObject({ ok: true })
  await waitForRefresh(extension, options)
}

/** Recognises who is logged in in an open tab and stores the account in one of the ways. */
export async function addByLogin(
  extension: ExtensionBrowser,
  options: Page,
  origin: string,
  way: LoginWay,
): Promise<string> {
  const found = await extension.send(options, 'sites.recognise', { origin })
  if (!found.ok || !found.value.recognition) throw new Error(`not found: ${JSON.stringify(found)}`)
  return addDraft(extension, options, found.value.recognition, way)
}

async function addBySignIn(
  extension: ExtensionBrowser,
  options: Page,
  origin: string,
): Promise<void> {
  const found = await extension.send(options, 'sites.signIn', {
    origin,
    siteType: 'sub2api',
    login: 'ada@mail.example',
    password: USER.password,
  })
  if (!found.ok || !found.value.recognition) throw new Error(`not found: ${JSON.stringify(found)}`)
  await addDraft(extension, options, found.value.recognition, 'own-session')
}

async function addDraft(
  extension: ExtensionBrowser,
  options: Page,
  { draftId, username, origin }: { draftId: string; username: string; origin: string },
  way: LoginWay,
): Promise<string> {
  const name = `${username} at ${new URL(origin).hostname}`
  const choice = { draftId, name, exchangeRate: 7.2, way }
  const added = await extension.send(options, 'accounts.addRecognised', choice)
  if (!added.ok) throw new Error(`not added: ${JSON.stringify(added.failure)}`)
  await waitForRefresh(extension, options)
  return added.value.id
}

/** Balance of every account by its host, in the site's own unit. */
export async function balancesOf(
  extension: ExtensionBrowser,
  options: Page,
): Promise<Record<string, number | null>> {
  const rows = await glance(extension, options)
  return Object.fromEntries(
    rows.map(({ origin, balance }) => [
      new URL(origin).hostname,
      balance.state === 'unavailable' ? null : balance.value,
    ]),
  )
}

/** Presses the button of the challenge page, as only a person can. */
export async function passCheck(tab: Page): Promise<void> {
  await tab.bringToFront()
  await tab.getByRole('button', { name: 'Verify you are human' }).click()
}
