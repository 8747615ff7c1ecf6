import { describe, expect, test } from 'vitest'

import { type Fault, failureIn, valueOf } from './site-client'
import { ALICE, BOB, day, enveloped, sub2ApiSite } from './sub2api-client'

const ME = '/api/v1/auth/me'
const DASHBOARD = '/api/v1/usage/dashboard/stats'
const STATS = '/api/v1/usage/stats'
const PROGRESS = '/api/v1/subscriptions/progress'

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

describe('a refresh', () => {
  const TEXTS = { id: 7, balance: '12.5 USD', total_requests: '5', total_actual_cost: '0.5' }
  const FAULTS: [string, Fault][] = [
    ['a broken server', { kind: 'status', status: 500 }],
    ['a page', { kind: 'spa' }],
    ['a cut answer', { kind: 'truncate' }],
    ['a reset connection', { kind: 'reset' }],
    ['numbers as texts', { kind: 'status', status: 200, body: enveloped(TEXTS) }],
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
    const { adapter, ctx, alice, relay } = await sub2ApiSite('new')
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
