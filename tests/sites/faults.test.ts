import { describe, expect, test } from 'vitest'

import { startLoopback, sendJson, success } from '@/tests/net/loopback'

import {
  ALICE,
  BOB,
  day,
  failureIn,
  relaySite,
  siteAt,
  tokenOf,
  valueOf,
  type Fault,
} from './site-client'

const SELF = '/api/user/self'
const STAT = '/api/log/self/stat'
const access = tokenOf(ALICE)

const FAULTS: [string, Fault, string][] = [
  ['wrong units', { kind: 'wrong-units' }, 'changed-api/unexpected-shape'],
  ['truncated JSON', { kind: 'truncate' }, 'changed-api/not-json'],
  ['a single-page app', { kind: 'spa' }, 'changed-api/not-json'],
  ['a challenge', { kind: 'challenge' }, 'challenge/challenge-page'],
  ['an oversize answer', { kind: 'oversize', bytes: 5_000_000 }, 'network/too-large'],
  ['a reset connection', { kind: 'reset' }, 'network/unreachable'],
  ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }, 'changed-api/redirected'],
  ['a rate limit', { kind: 'rate-limit', retryAfterSec: 30 }, 'limit/site-asked'],
  ['a server error', { kind: 'status', status: 500 }, 'server/server-error'],
  [
    'a refusal',
    { kind: 'status', status: 200, body: { success: false, message: 'maintenance' } },
    'refused/business',
  ],
  [
    'an answer without data',
    { kind: 'status', status: 200, body: success(null) },
    'changed-api/unexpected-shape',
  ],
]

describe.each(['one-api', 'g0', 'g1b', 'g2'] as const)('%s', (generation) => {
  test.each(FAULTS)('%s instead of the figures fails the refresh', async (_, fault, expected) => {
    const { adapter, ctx, relay } = await relaySite(generation)
    relay.faults.set({ path: SELF }, fault)
    const failure = failureIn(await adapter.refresh(ctx, access, day))
    expect(`${failure.class}/${failure.reason ?? ''}`).toBe(expected)
    expect(failure.path).toBe(SELF)
  })

  test.each(FAULTS)("%s instead of today's use leaves the figures", async (_, fault) => {
    const { adapter, ctx, relay } = await relaySite(generation)
    relay.faults.set({ path: STAT }, fault)
    relay.faults.set({ path: '/api/log/self' }, fault)
    const { figures, today } = valueOf(await adapter.refresh(ctx, access, day))
    expect(figures.balance).toEqual({ state: 'complete', value: ALICE.quota })
    const unknown = { state: 'unavailable', reason: 'request-failed' }
    expect(today).toMatchObject({ consumption: unknown, requests: unknown, promptTokens: unknown })
  })
})

test('wrong units are named by their field', async () => {
  const { adapter, ctx, relay } = await relaySite('g1b')
  relay.faults.set({ path: SELF }, { kind: 'wrong-units' })
  expect(failureIn(await adapter.fetchFigures(ctx, access)).field).toBe('data.quota')
  relay.faults.set({ path: '/api/token/' }, { kind: 'wrong-units' })
  expect(failureIn(await adapter.listApiKeys(ctx, access, 'g1b')).field).toBe(
    'data.items.0.remain_quota',
  )
  relay.faults.set({ path: '/api/status' }, { kind: 'wrong-units' })
  expect(failureIn(await adapter.fetchStatus(ctx)).field).toBe('data.quota_per_unit')
})

test('a site that hangs is given up, and the figures of a slow log too', async () => {
  const { relay, origin } = await relaySite('g1b')
  const { adapter, ctx } = siteAt(origin, 'new-api', 150)
  relay.faults.set({ path: STAT }, { kind: 'hang' })
  const { today } = valueOf(await adapter.refresh(ctx, access, day))
  expect(today.consumption).toEqual({ state: 'unavailable', reason: 'request-failed' })
  relay.faults.set({ path: SELF }, { kind: 'hang' })
  expect(failureIn(await adapter.refresh(ctx, access, day))).toMatchObject({
    class: 'network',
    reason: 'timeout',
  })
})

test('a redirect to another origin takes nothing along', async () => {
  const stranger = await startLoopback((_, response) => sendJson(response, success(1)))
  const site = await relaySite('g1b')
  site.relay.faults.set({ path: '*' }, { kind: 'redirect', to: `${stranger.origin}/api/x` })
  const page = await site.logIn('alice')
  const { adapter, ctx } = site
  const cookie = { kind: 'cookie', userId: '7' } as const
  for (const result of [
    await adapter.refresh(ctx, access, day),
    await adapter.refresh(ctx, cookie, day),
    await adapter.listApiKeys(ctx, access, 'g1b'),
    await adapter.createAccessToken(ctx, access),
    await adapter.readSession(ctx, page),
  ]) {
    expect(failureIn(result)).toMatchObject({ class: 'changed-api', reason: 'redirected' })
  }
  expect(stranger.seen).toEqual([])
})

test('a refresh that is stopped says so', async () => {
  const { adapter, ctx, relay } = await relaySite('g1b')
  relay.faults.set({ path: STAT }, { kind: 'hang' })
  const stop = new AbortController()
  const refreshed = adapter.refresh({ ...ctx, signal: stop.signal }, access, day)
  setTimeout(() => stop.abort(), 50)
  expect(failureIn(await refreshed)).toMatchObject({ class: 'cancelled' })
})

test('no operation ever throws, whatever the transport does', async () => {
  const ctx = {
    origin: 'http://127.0.0.1:1',
    transport: () => Promise.reject(new RangeError('unforeseen')),
    now: () => Date.now(),
  }
  const { adapter } = siteAt('http://127.0.0.1:1', 'new-api')
  for (const result of await Promise.all([
    adapter.detect(ctx),
    adapter.readSession(ctx, { values: {} }),
    adapter.openSession(ctx, '7', 'g2'),
    adapter.probeGeneration(ctx, null),
    adapter.probeGeneration(ctx, access),
    adapter.fetchStatus(ctx),
    adapter.fetchFigures(ctx, access),
    adapter.fetchTodayUse(ctx, access, day),
    adapter.refresh(ctx, access, day),
    adapter.refresh(ctx, { kind: 'cookie', userId: '7' }, day),
    adapter.fetchGroups(ctx, access),
    adapter.listApiKeys(ctx, access, 'g1b'),
    adapter.createAccessToken(ctx, access),
  ])) {
    expect(failureIn(result)).toMatchObject({ class: 'internal', reason: 'RangeError' })
  }
})

describe('logins that are not accepted', () => {
  const bad = {
    kind: 'token',
    userId: '7',
    accessToken: '0123456789abcdef0123456789abcdef',
  } as const

  test.each(['one-api', 'g0', 'g1a', 'g1b', 'g2', 'g3'] as const)(
    'an unknown token on %s, never quoted in the failure',
    async (generation) => {
      const { adapter, ctx } = await relaySite(generation)
      const failure = failureIn(await adapter.refresh(ctx, bad, day))
      expect(failure).toMatchObject({ class: 'login' })
      expect(JSON.stringify(failure)).not.toContain(bad.accessToken)
    },
  )

  test('a disabled user', async () => {
    const users = [{ ...ALICE, status: 2 }, BOB]
    const g2 = await relaySite('g2', { users })
    expect(failureIn(await g2.adapter.refresh(g2.ctx, access, day))).toMatchObject({
      class: 'login',
      reason: 'auth-user-disabled',
    })
    const g1 = await relaySite('g1b', { users })
    const failure = failureIn(await g1.adapter.refresh(g1.ctx, access, day))
    expect(failure.class).toBe('refused')
    expect(failure.detail).not.toBe('')
  })

  test('an expired bearer', async () => {
    const site = await relaySite('g2')
    await site.logIn('alice')
    const bearer = valueOf(await site.adapter.openSession(site.ctx, '7', 'g2'))
    for (const session of site.relay.state.sessions.values()) session.isRevoked = true
    expect(failureIn(await site.adapter.refresh(site.ctx, bearer, day))).toMatchObject({
      class: 'login',
      reason: 'auth-session-revoked',
    })
  })
})
