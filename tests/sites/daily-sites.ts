import { onTestFinished } from 'vitest'

import { createDoneHubRelay } from '@/e2e/relays/done-hub/relay'
import { startSite } from '@/e2e/relays/farm'
import type { Books } from '@/e2e/relays/kit/books'
import type { SiteDouble } from '@/e2e/relays/kit/site-double'
import { createNewApiRelay, RELATIVES, type RelayOptions } from '@/e2e/relays/new-api/relay'
import { createSub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { createVeloeraRelay } from '@/e2e/relays/veloera/relay'
import { createBrowserFetch } from '@/scripts/conformance/browser-fetch'
import type { SiteType } from '@/src/domain/site-type'
import { createBudgets } from '@/src/net/budgets'
import { createHttpTransport } from '@/src/net/http-transport'
import type { SiteRequest } from '@/src/net/transport'
import type {
  Access,
  CheckInOperations,
  DailyAdapter,
  RedeemOperations,
  SiteContext,
} from '@/src/sites/adapter'
import { withDaily } from '@/src/sites/daily-registry'
import { adapterFor } from '@/src/sites/registry'

import { ALICE_TOKEN } from './done-hub-client'
import { ALICE, BOB, PAT, type RelayGeneration, siteAt } from './site-client'
import { ALICE as PANEL_ALICE } from './sub2api-client'

/** 2026-08-09 12:00:00 UTC */
const NOON_MS = Date.UTC(2026, 7, 9, 12)

type Double = SiteDouble & { readonly books: Books }

/** A site of one family as the automation has it, with alice in it. */
export interface DailySite<Relay extends Double = Double> {
  readonly origin: string
  readonly relay: Relay
  readonly adapter: DailyAdapter
  /** The site's clock, and ours. */
  readonly clock: { nowMs: number }
  readonly ctx: SiteContext
  /** Gives up soon. */
  readonly hasty: SiteContext
  /** What was sent, oldest first. */
  readonly sent: SiteRequest[]
  readonly alice: Access
  /** Puts a login into the browser's cookies, replacing the one there. */
  logIn(username: string): Promise<void>
}

export const BY_TOKEN: Access = { kind: 'token', userId: '7', accessToken: PAT }
export const BY_COOKIE: Access = { kind: 'cookie', userId: '7' }

type Clock = DailySite['clock']

async function siteOf<Relay extends Double>(
  make: (now: () => number) => Relay,
  type: SiteType,
  aliceAt: (relay: Relay) => Access = () => BY_TOKEN,
): Promise<DailySite<Relay>> {
  const clock: Clock = { nowMs: NOON_MS }
  const now = () => clock.nowMs
  const { relay, origin, ...server } = await startSite(make(now))
  onTestFinished(() => server.close())
  const { jar } = siteAt(origin, type)
  const sent: SiteRequest[] = []
  const ctxWith = (timeoutMs: number): SiteContext => {
    const transport = createHttpTransport({
      origin,
      fetch: createBrowserFetch(origin, jar),
      budgets: createBudgets({ now: () => Date.now() }),
      now,
      timeoutMs,
    })
    return {
      origin,
      now,
      transport: (request, options) => {
        sent.push(request)
        return transport(request, options)
      },
    }
  }
  return {
    origin,
    relay,
    clock,
    sent,
    adapter: withDaily(adapterFor(type)),
    ctx: ctxWith(5_000),
    hasty: ctxWith(400),
    alice: aliceAt(relay),
    async logIn(username) {
      await jar.removeAllCookies()
      for (const { name, value, path } of relay.sessionFor(username).cookies) {
        await jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
      }
    },
  }
}

/** What all doubles take; the rest of a test's wishes fits some of them. */
interface Wishes {
  readonly checkinEnabled?: boolean
  readonly turnstile?: boolean
  readonly codes?: Record<string, number>
}

type NewApiOptions = Omit<Partial<RelayOptions>, 'codes'>

const seedsOf = (codes: Wishes['codes'] = {}) =>
  Object.entries(codes).map(([code, quota]) => ({ code, quota }))

export function newApiSite(
  generation: RelayGeneration,
  { codes, ...options }: Wishes & NewApiOptions = {},
  type: SiteType = generation === 'one-api' ? 'one-api' : 'new-api',
) {
  return siteOf(
    (now) =>
      createNewApiRelay({
        generation,
        users: [ALICE, BOB],
        codes: seedsOf(codes),
        now,
        ...options,
      }),
    type,
  )
}

export function relativeSite(
  type: keyof typeof RELATIVES,
  options: Wishes & NewApiOptions = {},
  generation: 'g0' | 'g1a' | 'g1b' = 'g1b',
) {
  return newApiSite(generation, { ...options, relative: RELATIVES[type] }, type)
}

export function veloeraSite(generation: 'v3' | 'v4', { codes, ...options }: Wishes = {}) {
  return siteOf(
    (now) =>
      createVeloeraRelay({
        generation,
        users: [ALICE, BOB],
        codes: seedsOf(codes),
        now,
        ...options,
      }),
    'veloera',
  )
}

export function hubSite(variant: 'done-hub' | 'one-hub', { codes = {} }: Wishes = {}) {
  const users = [
    { ...ALICE, accessToken: ALICE_TOKEN, keys: [], logs: [] },
    { ...BOB, keys: [] },
  ]
  return siteOf(
    (now) => createDoneHubRelay({ variant, users, redemptions: codes, now }),
    variant,
    () => ({ kind: 'token', userId: '7', accessToken: ALICE_TOKEN }),
  )
}

/** Codes are worth USD. */
export function panelSite(
  generation: 'old' | 'new',
  { codes, ...options }: Wishes & Partial<Parameters<typeof createSub2ApiRelay>[0]> = {},
) {
  const redeemCodes = seedsOf(codes).map(({ code, quota }) => ({ code, value: quota }))
  return siteOf(
    (now) => createSub2ApiRelay({ generation, users: [PANEL_ALICE], redeemCodes, now, ...options }),
    'sub2api',
    (relay) => ({
      kind: 'bearer',
      userId: '7',
      bearer: relay.loginPair('alice').accessToken,
      expiresAtMs: NOON_MS + 3_600_000,
    }),
  )
}

export function checkInOf({ adapter }: Pick<DailySite, 'adapter'>): CheckInOperations {
  if (!adapter.checkIn) throw new Error('no check-in')
  return adapter.checkIn
}

export function redeemOf({ adapter }: Pick<DailySite, 'adapter'>): RedeemOperations {
  if (!adapter.redeem) throw new Error('no redemption')
  return adapter.redeem
}

/** Calls that a site may act on. */
export const posts = ({ relay }: DailySite) =>
  relay.counters.requests().filter(({ method }) => method === 'POST')

type Open = (wishes?: Wishes) => Promise<DailySite>

/** Every family and generation that has a check-in. */
export const CHECK_IN_SITES: readonly (readonly [string, Open])[] = [
  ...(['g1a', 'g1b', 'g2', 'g3'] as const).map(
    (generation) =>
      [
        generation,
        (wishes?: Wishes) => newApiSite(generation, { checkinEnabled: true, ...wishes }),
      ] as const,
  ),
  ...(['model-flare', 'any-router', 'wong'] as const).flatMap((type) =>
    (['g1a', 'g1b'] as const).map(
      (generation) =>
        [
          `${type} on ${generation}`,
          async (wishes?: Wishes) => {
            const site = await relativeSite(type, { checkinEnabled: true, ...wishes }, generation)
            await site.logIn('alice')
            return site
          },
        ] as const,
    ),
  ),
  ...(['v3', 'v4'] as const).map(
    (generation) =>
      [
        `veloera ${generation}`,
        (wishes?: Wishes) => veloeraSite(generation, { checkinEnabled: true, ...wishes }),
      ] as const,
  ),
]

/** Every family and generation that takes codes. */
export const REDEEM_SITES: readonly (readonly [string, Open])[] = [
  ...(['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3'] as const).map(
    (generation) => [generation, (wishes?: Wishes) => newApiSite(generation, wishes)] as const,
  ),
  ...(Object.keys(RELATIVES) as (keyof typeof RELATIVES)[]).map(
    (type) => [type, (wishes?: Wishes) => relativeSite(type, wishes, 'g1a')] as const,
  ),
  ...(['v3', 'v4'] as const).map(
    (generation) =>
      [`veloera ${generation}`, (wishes?: Wishes) => veloeraSite(generation, wishes)] as const,
  ),
  ...(['done-hub', 'one-hub'] as const).map(
    (variant) => [variant, (wishes?: Wishes) => hubSite(variant, wishes)] as const,
  ),
  ...(['old', 'new'] as const).map(
    (generation) =>
      [`sub2api ${generation}`, (wishes?: Wishes) => panelSite(generation, wishes)] as const,
  ),
]
