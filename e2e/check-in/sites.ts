import { request } from 'node:http'

import { expect, type Page, test } from '@playwright/test'

import { DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'

import { createDoneHubRelay } from '../relays/done-hub/relay'
import type { Farm } from '../relays/farm'
import type { RequestHandler } from '../relays/kit/site-double'
import { waitForRefresh } from '../support/accounts'
import { automationSettings, decide } from '../support/automation'
import type { ExtensionBrowser } from '../support/browser'
import { type CheckInRelay, type KindName, kindOf, passTurnstile } from './kinds'

/** A site of its own origin with one user, whose account is stored here. */
export interface CheckInSite {
  readonly kind: KindName
  /** What the account is called. */
  readonly name: string
  readonly host: string
  readonly origin: string
  readonly relay: CheckInRelay
  readonly accountId: string
  readonly turnstile: boolean
  /** The site's clock is so far ahead, ms; may be changed. */
  readonly clock: { aheadMs: number }
}

interface SiteOptions {
  readonly kind: KindName
  readonly name: string
  readonly turnstile?: boolean
}

export const PERSON = {
  id: 61,
  username: 'ada',
  password: 'password-of-ada',
  quota: 1_000_000,
  accessToken: '0123456789abcdef0123456789abcdef',
}

/** The login cookies of a site that the browser holds, as if the person had logged in there. */
async function logInQuietly(
  { context }: ExtensionBrowser,
  { relay, origin }: Pick<CheckInSite, 'relay' | 'origin'>,
): Promise<void> {
  const { cookies } = relay.sessionFor(PERSON.username)
  await context.addCookies(
    cookies.map(({ name, value, httpOnly, sameSite, path }) => {
      const { hostname: domain } = new URL(origin)
      return { name, value, httpOnly, sameSite, path, domain }
    }),
  )
}

/**
 * A site that answers one request per connection: where one that it used before is cut, Chromium
 * itself sends a request again, and nobody could tell who sent what.
 */
function withoutReuse(relay: CheckInRelay): RequestHandler {
  return {
    handle(incoming, response) {
      response.setHeader('connection', 'close')
      relay.handle(incoming, response)
    },
  }
}

/** Puts up a site and stores the account of its user, without asking the site for anything. */
export async function addCheckInSite(
  extension: ExtensionBrowser,
  page: Page,
  farm: Farm,
  { kind, name, turnstile = false }: SiteOptions,
): Promise<CheckInSite> {
  const { siteType, auth, create, hasUtcDays = false } = kindOf(kind)
  if (hasUtcDays) await untilUtcDayOutlastsTest()
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const relay = create({ user: PERSON, systemName: name, turnstile, now })
  const host = `${name.toLowerCase().replaceAll(' ', '-')}.test`
  farm.add(host, withoutReuse(relay))
  const origin = farm.origin(host)
  if (auth === 'cookie') await logInQuietly(extension, { relay, origin })
  const added = await extension.send(page, 'accounts.add', {
    account: {
      origin,
      siteType,
      userId: String(PERSON.id),
      username: PERSON.username,
      auth: auth === 'cookie' ? { mode: auth } : { mode: auth, accessToken: PERSON.accessToken },
      name,
      exchangeRate: 7.2,
    },
    refreshNow: false,
  })
  if (!added.ok) throw new Error(`account not added: ${JSON.stringify(added.failure)}`)
  return { kind, name, host, origin, relay, accountId: added.value.id, turnstile, clock }
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Lets a UTC day end that could end in the middle of the test; the test gets the time back. */
async function untilUtcDayOutlastsTest(): Promise<void> {
  const { timeout } = test.info()
  const dayEndMs = Math.ceil(Date.now() / DAY_MS) * DAY_MS
  const leftMs = dayEndMs - Date.now()
  if (leftMs > timeout) return
  test.setTimeout(timeout + leftMs)
  await expect.poll(() => Date.now(), { timeout: leftMs + 5_000 }).toBeGreaterThanOrEqual(dayEndMs)
}

/** Nothing is checked in by itself within hours, unless the test has decided when. */
async function keepPlansAway(extension: ExtensionBrowser, page: Page): Promise<void> {
  const { from, to } = (await automationSettings(extension, page)).checkIn
  const usual = DEFAULT_AUTOMATION.checkIn
  if (from !== usual.from || to !== usual.to) return
  const timeIn = (ms: number) =>
    page.evaluate((atMs) => new Date(atMs).toTimeString().slice(0, 5), Date.now() + ms)
  await decide(extension, page, {
    checkIn: { from: await timeIn(4 * HOUR_MS), to: await timeIn(6 * HOUR_MS) },
  })
}

/** Several, refreshed once, so that it is known what the sites offer. */
export async function addCheckInSites(
  extension: ExtensionBrowser,
  page: Page,
  farm: Farm,
  all: readonly SiteOptions[],
): Promise<CheckInSite[]> {
  await keepPlansAway(extension, page)
  const sites: CheckInSite[] = []
  for (const one of all) sites.push(await addCheckInSite(extension, page, farm, one))
  const ids = sites.map(({ accountId }) => accountId)
  const started = await extension.send(page, 'refresh.start', { ids })
  if (!started.ok) throw new Error(`refresh not started: ${JSON.stringify(started.failure)}`)
  await waitForRefresh(extension, page)
  return sites
}

/** Stores an account of a site whose software has no check-in, as `Hub`. */
export async function addHub(extension: ExtensionBrowser, page: Page, farm: Farm): Promise<void> {
  farm.add('hub.test', createDoneHubRelay({ variant: 'done-hub', users: [PERSON] }))
  const account = {
    origin: farm.origin('hub.test'),
    siteType: 'done-hub',
    userId: String(PERSON.id),
    username: PERSON.username,
    auth: { mode: 'token', accessToken: PERSON.accessToken },
    name: 'Hub',
    exchangeRate: 7.2,
  } as const
  const added = await extension.send(page, 'accounts.add', { account, refreshNow: false })
  if (!added.ok) throw new Error(`account not added: ${JSON.stringify(added.failure)}`)
}

/** Requests to check in that arrived at the site since then, whoever sent them. */
export function postsTo({ relay, kind }: CheckInSite, sinceMs = 0): number {
  const { post } = kindOf(kind)
  return relay.counters
    .requests()
    .filter(({ method, route, atMs }) => method === 'POST' && route === post && atMs > sinceMs)
    .length
}

/**
 * Checks in as the person does elsewhere, `beforeMs` ago or, where the site's day is younger than
 * that, earlier in this day. Counts as no request.
 */
export async function checkInElsewhere(
  farm: Farm,
  { relay, kind, host, turnstile, clock }: CheckInSite,
  beforeMs: number,
): Promise<void> {
  const { auth, post, hasUtcDays = false } = kindOf(kind)
  const agoMs = hasUtcDays ? Math.min(beforeMs, (Date.now() % DAY_MS) / 2) : beforeMs
  const [cookie] = relay.sessionFor(PERSON.username).cookies
  const user = String(PERSON.id)
  const headers = {
    host: `${host}:${String(farm.port)}`,
    'content-type': 'application/json',
    'x-requested-with': 'XMLHttpRequest',
    'new-api-user': user,
    'veloera-user': user,
    'x-modelflare-user': user,
    ...(auth === 'cookie'
      ? { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` }
      : { authorization: `Bearer ${PERSON.accessToken}` }),
  }
  const query = turnstile ? `?turnstile=${passTurnstile(relay)}` : ''
  const booked = relay.books.checkIns.length
  clock.aheadMs -= agoMs
  await send(farm.port, post + query, headers)
  clock.aheadMs += agoMs
  if (relay.books.checkIns.length !== booked + 1) throw new Error(`${host} did not check in`)
  relay.counters.reset()
}

function send(port: number, path: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers }
    const sent = request(options, (answer) => {
      answer.resume()
      answer.on('end', resolve)
    })
    sent.on('error', reject)
    sent.end('{}')
  })
}
