import { describe, expect, test } from 'vitest'

import type { SeedGroup } from '@/e2e/relays/sub2api/options-site'
import { sendJson } from '@/tests/net/loopback'

import { type Fault, failureIn, valueOf } from './site-client'
import { ALICE, BOB, BUILDS, day, enveloped, loopbackSite, sub2ApiSite } from './sub2api-client'

const ME = '/api/v1/auth/me'
const DASHBOARD = '/api/v1/usage/dashboard/stats'
const STATS = '/api/v1/usage/stats'
const PROGRESS = '/api/v1/subscriptions/progress'
const HOUR_MS = 3_600_000

const done = (value: number) => ({ state: 'complete', value })
const unknown = { state: 'unavailable', reason: 'request-failed' }

describe('the balance', () => {
  test('is in dollars and keeps its sign', async () => {
    const { adapter, ctx, relay, accessBy } = await sub2ApiSite('new')
    const bob = accessBy(relay.loginPair('bob@mail.example').accessToken, '8')
    expect(valueOf(await adapter.fetchFigures(ctx, bob))).toMatchObject({
      unit: 'usd',
      username: 'bob',
      balance: done(-0.5),
    })
  })

  test('means nothing without billing', async () => {
    const { adapter, ctx, alice } = await sub2ApiSite('new', { runMode: 'simple' })
    expect(valueOf(await adapter.fetchFigures(ctx, alice)).balance).toEqual({
      state: 'unavailable',
      reason: 'unsupported',
    })
  })
})

const GROUPS: SeedGroup[] = [
  { id: 1, name: 'plan', subscriptionType: 'subscription', dailyLimitUsd: 2, monthlyLimitUsd: 40 },
]
const startsAtMs = Date.now() - 26 * HOUR_MS
const expiresAtMs = startsAtMs + 30 * 24 * HOUR_MS
const subscribed = {
  groups: GROUPS,
  users: [
    {
      ...ALICE,
      subscriptions: [
        { groupId: 1, startsAtMs, expiresAtMs, dailyUsageUsd: 0.5, weeklyUsageUsd: 3 },
      ],
    },
  ],
}
const PLAN = {
  id: expect.any(String) as string,
  name: 'plan',
  status: 'active',
  expiresAtMs: Math.floor(expiresAtMs),
  windows: [
    { span: 'day', used: done(0.5), limit: 2, resetsAtMs: startsAtMs + 48 * HOUR_MS },
    { span: 'week', used: done(3), limit: null, resetsAtMs: startsAtMs + 7 * 24 * HOUR_MS },
    { span: 'month', used: done(0), limit: 40, resetsAtMs: startsAtMs + 30 * 24 * HOUR_MS },
  ],
}

describe('subscriptions', () => {
  test.each(BUILDS)('have their windows: %s', async (build) => {
    const { adapter, ctx, alice } = await sub2ApiSite(build, subscribed)
    expect(valueOf(await adapter.fetchFigures(ctx, alice)).subscriptions).toEqual([PLAN])
  })

  test.each(BUILDS)('have them without a list of progress too: %s', async (build) => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite(build, subscribed)
    relay.faults.set({ path: PROGRESS }, { kind: 'status', status: 404, body: 'not found' })
    expect(valueOf(await adapter.fetchFigures(ctx, alice)).subscriptions).toEqual([PLAN])
  })

  const subscription = { id: 3, user_id: 7, status: 'active' }

  async function read(item: unknown) {
    const site = await loopbackSite((request, response) => {
      const data = { [ME]: { id: 7, balance: 1 }, [PROGRESS]: [item] }[request.path]
      sendJson(response, enveloped(data))
    })
    return site.adapter.fetchFigures(site.ctx, site.accessBy('x'))
  }

  test('with a window that is over have used nothing of the next', async () => {
    const daily = { limit_usd: 2, used_usd: 1.5, resets_at: '2026-01-02T03:04:05.123456789+08:00' }
    const [plan] = valueOf(await read({ subscription, progress: { daily } })).subscriptions ?? []
    expect(plan?.windows).toEqual([{ span: 'day', used: done(0), limit: 2 }])
  })

  test('show what is known of windows that have not begun', async () => {
    const group = { name: 'plan', daily_limit_usd: 2, weekly_limit_usd: 0 }
    const zero = { ...subscription, daily_usage_usd: 0, daily_window_start: null, group }
    const [plan] = valueOf(await read({ subscription: zero, progress: {} })).subscriptions ?? []
    expect(plan).toMatchObject({ name: 'plan', id: '3' })
    expect(plan?.windows).toEqual([
      { span: 'day', used: done(0), limit: 2 },
      { span: 'week', used: { state: 'unavailable', reason: 'unsupported' }, limit: null },
      { span: 'month', used: { state: 'unavailable', reason: 'unsupported' }, limit: null },
    ])
  })

  test.each([
    ['active', '2026-01-01T00:00:00Z', 'expired'],
    ['active', '0001-01-01T00:00:00Z', 'active'],
    ['suspended', null, 'suspended'],
    ['paused', null, 'unknown'],
  ])('that are %s until %s are %s', async (status, expires_at, expected) => {
    const figures = valueOf(await read({ subscription: { ...subscription, status, expires_at } }))
    expect(figures.subscriptions?.[0]?.status).toBe(expected)
  })

  test('of somebody else end everything', async () => {
    const failure = failureIn(await read({ subscription: { ...subscription, user_id: 8 } }))
    expect(failure).toMatchObject({ class: 'identity', path: PROGRESS })
  })
})

describe('a refresh', () => {
  const FAULTS: [string, Fault][] = [
    ['a broken server', { kind: 'status', status: 500 }],
    ['a page', { kind: 'spa' }],
    ['a cut answer', { kind: 'truncate' }],
    ['a reset connection', { kind: 'reset' }],
    ['wrong units', { kind: 'wrong-units' }],
  ]

  test.each(FAULTS)('keeps what it could learn: %s', async (_, fault) => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
    for (const path of [DASHBOARD, STATS]) relay.faults.set({ path }, fault)
    const { figures, today } = valueOf(await adapter.refresh(ctx, alice, day))
    expect(figures).toMatchObject({
      balance: done(ALICE.balance),
      usedTotal: unknown,
      requestsTotal: unknown,
    })
    expect(today).toMatchObject({ consumption: unknown, requests: unknown, promptTokens: unknown })
  })

  test.each(FAULTS)('without the user is none: %s', async (_, fault) => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: ME }, fault)
    expect(failureIn(await adapter.refresh(ctx, alice, day)).path).toBe(ME)
    // Nothing heavy is asked before the user is known.
    expect(relay.counters.total()).toBe(1)
  })

  test('without subscriptions has the rest', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new', subscribed)
    relay.faults.set({ path: PROGRESS }, { kind: 'status', status: 500 })
    const { figures } = valueOf(await adapter.refresh(ctx, alice, day))
    expect(figures.usedTotal.state).toBe('complete')
    expect(figures).not.toHaveProperty('subscriptions')
  })

  test.each<[string, string, Fault, string]>([
    ['another user', ME, { kind: 'wrong-user', userId: BOB.id }, 'identity/user-mismatch'],
    [
      'a session that ends meanwhile',
      STATS,
      { kind: 'status', status: 401, body: { code: 'TOKEN_EXPIRED', message: 'x' } },
      'login/token-expired',
    ],
  ])('ends with %s', async (_, path, fault, expected) => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
    relay.faults.set({ path }, fault)
    const failure = failureIn(await adapter.refresh(ctx, alice, day))
    expect(`${failure.class}/${failure.reason ?? ''}`).toBe(expected)
  })

  test("with somebody else's bearer asks nothing", async () => {
    const { adapter, ctx, relay, accessBy } = await sub2ApiSite('new')
    const bobs = accessBy(relay.loginPair('bob@mail.example').accessToken, '7')
    for (const result of [
      await adapter.refresh(ctx, bobs, day),
      await adapter.fetchGroups(ctx, bobs),
      await adapter.listApiKeys(ctx, bobs, 'sub2api-new'),
    ]) {
      expect(failureIn(result).class).toBe('identity')
    }
    expect(relay.counters.total()).toBe(0)
  })

  test('that is stopped says so', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: STATS }, { kind: 'hang' })
    const stop = new AbortController()
    const refreshed = adapter.refresh({ ...ctx, signal: stop.signal }, alice, day)
    setTimeout(() => stop.abort(), 100)
    expect(failureIn(await refreshed).class).toBe('cancelled')
  })
})
