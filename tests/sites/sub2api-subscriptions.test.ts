import { describe, expect, test } from 'vitest'

import type { SeedGroup } from '@/e2e/relays/sub2api/options-site'
import { sendJson } from '@/tests/net/loopback'

import { failureIn, valueOf } from './site-client'
import { ALICE, BUILDS, enveloped, loopbackSite, sub2ApiSite } from './sub2api-client'

const ME = '/api/v1/auth/me'
const PROGRESS = '/api/v1/subscriptions/progress'
const HOUR_MS = 3_600_000

const done = (value: number) => ({ state: 'complete', value })

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
