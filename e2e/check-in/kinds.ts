import { randomUUID } from 'node:crypto'

import type { SiteType } from '@/src/domain/site-type'

import type { Books } from '../relays/kit/books'
import type { SiteDouble } from '../relays/kit/site-double'
import { createNewApiRelay, type Generation, RELATIVES } from '../relays/new-api/relay'
import { createVeloeraRelay } from '../relays/veloera/relay'

/** A site of any family that has a check-in. */
export interface CheckInRelay extends SiteDouble {
  readonly state: {
    readonly users: ReadonlyMap<number, { quota: number }>
    readonly turnstileTokens: Set<string>
    readonly checkin: { enabled: boolean }
  }
  /** Every check-in it accepted, whatever it answered. */
  readonly books: Books
}

interface Seed {
  readonly user: {
    readonly id: number
    readonly username: string
    readonly password: string
    readonly quota: number
    readonly accessToken: string
  }
  readonly systemName: string
  /** The site wants proof of a person. */
  readonly turnstile: boolean
  /** The site's clock, epoch ms. */
  readonly now: () => number
}

/** One kind of site, and how its accounts are stored and check in. */
interface Kind {
  readonly siteType: SiteType
  readonly auth: 'token' | 'cookie'
  /** Route of the request that checks in. */
  readonly post: string
  /** Whether Turnstile can stand in the way. */
  readonly hasTurnstile: boolean
  /** Whether asking for the state is possible without checking in. */
  readonly hasStatus: boolean
  /** Its days are those of UTC wherever it stands; elsewhere it is always noon. */
  readonly hasUtcDays?: boolean
  readonly create: (seed: Seed) => CheckInRelay
}

const OWN_POST = '/api/user/checkin'

const NEW_API = { post: OWN_POST, hasTurnstile: true, hasStatus: true } as const

const KINDS = {
  'New API 2025': { ...NEW_API, siteType: 'new-api', auth: 'token', create: newApi('g1b') },
  'New API 2026': { ...NEW_API, siteType: 'new-api', auth: 'token', create: newApi('g3') },
  ModelFlare: {
    ...NEW_API,
    siteType: 'model-flare',
    auth: 'token',
    create: newApi('g1b', 'model-flare'),
  },
  WONG: {
    ...NEW_API,
    siteType: 'wong',
    auth: 'token',
    hasTurnstile: false,
    create: newApi('g1b', 'wong'),
  },
  AnyRouter: {
    siteType: 'any-router',
    auth: 'cookie',
    post: '/api/user/sign_in',
    hasTurnstile: false,
    hasStatus: false,
    create: newApi('g1b', 'any-router'),
  },
  Veloera: {
    siteType: 'veloera',
    auth: 'token',
    post: '/api/user/check_in',
    hasTurnstile: true,
    hasStatus: true,
    hasUtcDays: true,
    create: veloera,
  },
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof KINDS

export const KIND_NAMES = Object.keys(KINDS) as KindName[]

export function kindOf(name: KindName): Kind {
  return KINDS[name]
}

/** What a person who passes the site's Turnstile widget sends. */
export function passTurnstile({ state }: CheckInRelay): string {
  const answer = `turnstile.${randomUUID()}`
  state.turnstileTokens.add(answer)
  return answer
}

function newApi(generation: Generation, relative?: 'model-flare' | 'wong' | 'any-router') {
  return ({ user, ...seed }: Seed): CheckInRelay => {
    const relay = createNewApiRelay({
      ...seed,
      generation,
      users: [user],
      checkinEnabled: true,
      rateLimits: 'off',
      ...(relative ? { relative: RELATIVES[relative] } : {}),
    })
    // It is noon there, so that no day ends while a test runs.
    relay.state.checkin.utcOffsetMinutes = minutesToNoon(seed.now())
    return relay
  }
}

function veloera({ user, ...seed }: Seed): CheckInRelay {
  return createVeloeraRelay({
    ...seed,
    generation: 'v4',
    users: [user],
    checkinEnabled: true,
    rateLimits: 'off',
  })
}

/** The offset from UTC, -720 to 719 minutes, of a place where it is about noon. */
function minutesToNoon(nowMs: number): number {
  const minuteOfDay = Math.floor(nowMs / 60_000) % 1440
  return 720 - minuteOfDay
}
