import { describe, expect, test, vi } from 'vitest'

import { REFRESH_FAULTS, REFRESH_REQUEST } from '@/e2e/relays/sub2api/refresh-faults'

import { type Fault, siteAt } from './site-client'
import { sub2ApiSite, type Sub2ApiSite, verdict } from './sub2api-client'

describe('the server itself', () => {
  const SITUATIONS: [string, (site: Sub2ApiSite) => void, string, string][] = [
    [
      'a new password',
      ({ relay }) => (relay.state.users.get(7)!.password = 'x'),
      'dead login/token-revoked',
      'reason TOKEN_REVOKED',
    ],
    [
      'a disabled user',
      ({ relay }) => (relay.state.users.get(7)!.status = 'disabled'),
      'dead refused/user-disabled',
      'reason USER_NOT_ACTIVE',
    ],
    [
      'backend mode',
      ({ relay }) => (relay.state.settings.backendMode = true),
      'dead refused/backend-mode',
      'withheld',
    ],
    [
      'a logged-out session',
      ({ relay }) => relay.state.refreshTokens.clear(),
      'dead login/refresh-token-invalid',
      'reason REFRESH_TOKEN_INVALID',
    ],
    [
      'a store that is down',
      ({ relay }) => (relay.state.isRefreshStoreUp = false),
      'kept server/service-unavailable',
      'reason SERVICE_UNAVAILABLE',
    ],
  ]

  test.each(SITUATIONS)('%s', async (_, prepare, expected, outcome) => {
    const site = await sub2ApiSite('new')
    const tokens = site.tokensOf('alice')
    prepare(site)
    expect(verdict(await site.sessions.renew(site.ctx, tokens))).toBe(expected)
    expect(site.relay.state.refreshLog.map((entry) => entry.outcome)).toEqual([outcome])
  })

  test('a session bound to another browser', async () => {
    const site = await sub2ApiSite('new', { sessionBinding: true })
    const { sessions, ctx, relay, tokensOf } = site
    const client = { ip: '127.0.0.1', userAgent: 'another browser' }
    const { refreshToken } = relay.loginPair('alice', client)
    expect(verdict(await sessions.renew(ctx, { ...tokensOf('alice'), refreshToken }))).toBe(
      'dead login/session-binding-mismatch',
    )
  })

  test.each(Object.entries(REFRESH_FAULTS))('keeps the token: %s', async (_, fault) => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
    relay.faults.set(REFRESH_REQUEST, fault)
    const tokens = tokensOf('alice')
    expect((await sessions.renew(ctx, tokens)).outcome).toBe('kept')
    relay.faults.clear()
    relay.resetRateLimits()
    // The origin rests after a limit, for this transport.
    const fresh = siteAt(ctx.origin, 'sub2api').ctx
    expect((await sessions.renew(fresh, tokens)).outcome).toBe('renewed')
  })

  test.each<[string, Fault]>([
    ['a cut answer', { kind: 'truncate' }],
    ['a reset connection', { kind: 'reset' }],
    ['silence', { kind: 'hang' }],
  ])('%s leaves it uncertain', async (_, fault) => {
    const { origin, relay, tokensOf, sessions } = await sub2ApiSite('new')
    relay.faults.set(REFRESH_REQUEST, fault)
    const { ctx } = siteAt(origin, 'sub2api', 300)
    expect((await sessions.renew(ctx, tokensOf('alice'))).outcome).toBe('uncertain')
  })
})

describe('the token is not sent at all', () => {
  test('to an old server', async () => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('old')
    expect(verdict(await sessions.renew(ctx, tokensOf('alice')))).toBe(
      'dead unsupported/no-refresh-token',
    )
    expect(relay.counters.total()).toBe(0)
  })

  test.each<[string, Fault]>([
    ['a line that is down', { kind: 'reset' }],
    ['a page in front of the site', { kind: 'challenge' }],
    ['another page in its place', { kind: 'spa' }],
    ['a broken server', { kind: 'status', status: 502 }],
    ['a limit', { kind: 'rate-limit', retryAfterSec: 30 }],
  ])('over %s', async (_, fault) => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: '*' }, fault)
    expect((await sessions.renew(ctx, tokensOf('alice'))).outcome).toBe('kept')
    expect(relay.state.refreshLog).toEqual([])
  })

  test('after a stop', async () => {
    const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
    const signal = AbortSignal.abort()
    expect(verdict(await sessions.renew({ ...ctx, signal }, tokensOf('alice')))).toBe(
      'kept cancelled/',
    )
    expect(relay.state.refreshLog).toEqual([])
  })
})

test('a stop does not cut off the answer', async () => {
  const { sessions, ctx, tokensOf, relay } = await sub2ApiSite('new')
  relay.faults.set(REFRESH_REQUEST, { kind: 'latency', ms: 200 })
  const stop = new AbortController()
  const renewal = sessions.renew({ ...ctx, signal: stop.signal }, tokensOf('alice'))
  await vi.waitFor(() => expect(relay.state.refreshLog).toHaveLength(1))
  stop.abort()
  expect((await renewal).outcome).toBe('renewed')
})

test("a pair of another user is nobody's", async () => {
  const { sessions, ctx, tokensOf } = await sub2ApiSite('new')
  const renewal = await sessions.renew(ctx, { ...tokensOf('bob@mail.example'), userId: '7' })
  expect(verdict(renewal)).toBe('dead identity/user-mismatch')
})
