import { onTestFinished } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import type { SeedUser } from '@/e2e/relays/sub2api/options-user'
import {
  createSub2ApiRelay,
  type Sub2ApiGeneration,
  type Sub2ApiOptions,
  type Sub2ApiRelay,
} from '@/e2e/relays/sub2api/relay'
import { dayRange } from '@/src/domain/day-key'
import type {
  Access,
  PageStorage,
  Renewal,
  SessionOperations,
  SessionTokens,
} from '@/src/sites/adapter'
import { type Handler, sendJson, startLoopback } from '@/tests/net/loopback'

import { type Site, siteAt } from './site-client'

export const BUILDS = ['old', 'new'] as const satisfies readonly Sub2ApiGeneration[]

export const day = dayRange(Date.now())

const at = (sec: number) => ({ createdAtMs: sec * 1000 })

export const ALICE: SeedUser = {
  id: 7,
  email: 'alice@mail.example',
  username: 'alice',
  password: 'correct horse',
  balance: 12.345678,
  keys: [{ name: 'first' }, { name: 'a < b & "c"' }],
  usage: [
    { ...at(day.fromSec), totalCost: 0.25, actualCost: 0.3, inputTokens: 5, outputTokens: 6 },
    { ...at(day.fromSec + 1), totalCost: 0.1, actualCost: 0.12, inputTokens: 1, outputTokens: 2 },
    { ...at(day.fromSec - 1), totalCost: 8, actualCost: 9, inputTokens: 50, outputTokens: 60 },
  ],
}

export const BOB: SeedUser = {
  id: 8,
  email: 'bob@mail.example',
  password: 'battery staple',
  balance: -0.5,
  keys: [{ name: 'bobs' }],
}

export type SessionSite = Site & {
  readonly sessions: SessionOperations
  /** An access of Alice, or of whoever holds the bearer. */
  readonly accessBy: (bearer: string, userId?: string) => Access
}

/** The adapter with its operations on sessions, at any address. */
export function sub2ApiAt(origin: string): SessionSite {
  const site = siteAt(origin, 'sub2api')
  const { sessions } = site.adapter
  if (!sessions) throw new Error('no sessions')
  return {
    ...site,
    sessions,
    accessBy: (bearer, userId = '7') => ({
      kind: 'bearer',
      userId,
      bearer,
      expiresAtMs: Date.now() + 3_600_000,
    }),
  }
}

export interface Sub2ApiSite extends SessionSite {
  readonly relay: Sub2ApiRelay
  readonly alice: Access
  /** What a page of the site keeps after that login. */
  readonly pageOf: (username: string) => PageStorage
  /** A session of one's own. */
  readonly tokensOf: (username: string) => SessionTokens
}

/** A Sub2API for the running test, with Alice and Bob. */
export async function sub2ApiSite(
  generation: Sub2ApiGeneration,
  options: Partial<Sub2ApiOptions> = {},
): Promise<Sub2ApiSite> {
  const { relay, origin, ...server } = await startSite(
    createSub2ApiRelay({ generation, users: [ALICE, BOB], ...options }),
  )
  onTestFinished(() => server.close())
  const site = sub2ApiAt(origin)
  const pageOf = (username: string): PageStorage => {
    const { localStorage } = relay.sessionFor(username)
    const values = site.adapter.pageStorageKeys.map((key) => [key, localStorage[key] ?? null])
    return { values: Object.fromEntries(values) as PageStorage['values'] }
  }
  return {
    ...site,
    relay,
    alice: site.accessBy(relay.loginPair('alice').accessToken),
    pageOf,
    tokensOf: (username) => site.sessions.readPage(pageOf(username))!,
  }
}

/** An envelope of a success (`contracts/sub2api.md 2`). */
export const enveloped = (data: unknown) => ({ code: 0, message: 'success', data })

export const SETTINGS = { site_name: 'Relay', registration_enabled: true, turnstile_enabled: false }

/** A site that answers its public settings, and everything else by `handler`. */
export async function loopbackSite(handler: Handler, settings: object = SETTINGS) {
  const server = await startLoopback((request, response) => {
    if (request.path === '/api/v1/settings/public') sendJson(response, enveloped(settings))
    else handler(request, response)
  })
  return { ...sub2ApiAt(server.origin), seen: server.seen }
}

/** A handler that always answers the same JSON. */
export const json =
  (body: unknown, status = 200): Handler =>
  (_, response) =>
    sendJson(response, body, status)

/** What became of a refresh token, and why, in one line. */
export const verdict = (renewal: Renewal) =>
  renewal.outcome === 'renewed'
    ? 'renewed'
    : `${renewal.outcome} ${renewal.failure.class}/${renewal.failure.reason ?? ''}`
