// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { SeedGroup } from '../../e2e/relays/sub2api/options-site'
import type { SeedKey, SeedUser } from '../../e2e/relays/sub2api/options-user'
import type { Sub2ApiGeneration, Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { ALICE, NOON_MS, startTestSite } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

const DAY = 86_400_000
const KEY = 'sk-0123456789abcdef'
const GROUPS: SeedGroup[] = [
  { id: 4, name: 'claude', rateMultiplier: 1.2, models: [{ name: 'claude-x' }] },
  { id: 5, name: 'gpt', platform: 'openai', models: [{ name: 'gpt-4o' }] },
  { id: 6, name: 'plan', subscriptionType: 'subscription', dailyLimitUsd: 5, weeklyLimitUsd: 20 },
]

interface Setup extends Partial<Sub2ApiOptions> {
  key?: Partial<SeedKey>
  user?: Partial<SeedUser>
}

async function start(generation: Sub2ApiGeneration, { key, user, ...options }: Setup = {}) {
  const alice = { ...ALICE, ...user, keys: [{ name: 'one', key: KEY, ...key }] }
  const site = await startTestSite(generation, { groups: GROUPS, users: [alice], ...options })
  open.push(site.close)
  const get = (
    path: string,
    headers: Record<string, string> = { authorization: `Bearer ${KEY}` },
  ) => site.call('GET', path, { headers })
  const row = [...site.relay.state.keys.values()][0]!
  return { ...site, get, row }
}

const subscription = (more = {}) => ({
  groupId: 6,
  startsAtMs: NOON_MS - DAY,
  expiresAtMs: NOON_MS + 10 * DAY,
  dailyUsageUsd: 2,
  weeklyUsageUsd: 4,
  ...more,
})

describe.each(['old', 'new'] as const)('%s: gateway', (generation) => {
  test('models of the key, with the key in any of three headers', async () => {
    const { get, row } = await start(generation)
    for (const header of ['x-api-key', 'x-goog-api-key']) {
      expect((await get('/v1/models', { [header]: KEY })).json).toMatchObject({
        object: 'list',
        data: [{ id: 'claude-x', type: 'model' }],
      })
    }
    row.groupId = 5
    expect((await get('/v1/models')).json).toMatchObject({
      data: [{ id: 'gpt-4o', object: 'model', owned_by: 'openai' }],
    })
  })

  test('refusals of the key check', async () => {
    const { get, row, relay } = await start(generation)
    const problem = async (path = '/v1/models') => (await get(path)).problem.slice(0, 2)
    expect((await get('/v1/models', {})).problem.slice(0, 2)).toEqual([401, 'API_KEY_REQUIRED'])
    const unknown = await get('/v1/models', { 'x-api-key': 'sk-guess' })
    expect(unknown.problem.slice(0, 2)).toEqual([401, 'INVALID_API_KEY'])
    expect(await problem(`/v1/models?key=${KEY}`)).toEqual([400, 'api_key_in_query_deprecated'])
    row.status = 'inactive'
    expect(await problem()).toEqual([401, 'API_KEY_DISABLED'])
    row.status = 'active'
    row.ipWhitelist = ['10.0.0.0/8']
    expect(await problem()).toEqual([403, 'ACCESS_DENIED'])
    row.ipWhitelist = ['127.0.0.0/8']
    expect(await problem()).toEqual([200, undefined])
    const user = relay.state.users.get(7)!
    user.balance = 0
    expect(await problem()).toEqual([403, 'INSUFFICIENT_BALANCE'])
    row.groupId = 6
    expect(await problem()).toEqual([403, 'SUBSCRIPTION_NOT_FOUND'])
    row.status = 'quota_exhausted'
    expect(await problem()).toEqual([429, 'API_KEY_QUOTA_EXHAUSTED'])
    row.expiresAtMs = NOON_MS
    expect(await problem()).toEqual([403, 'API_KEY_EXPIRED'])
    user.status = 'disabled'
    expect(await problem('/v1/usage')).toEqual([401, 'USER_INACTIVE'])
    user.status = 'active'
    relay.state.groups.get(6)!.status = 'inactive'
    expect(await problem('/v1/usage')).toEqual([403, 'GROUP_DISABLED'])
    relay.state.groups.delete(6)
    expect(await problem('/v1/usage')).toEqual([403, 'GROUP_DELETED'])
  })

  test('a key without a group is refused by new servers', async () => {
    const { get } = await start(generation, { key: { groupId: null } })
    const answer = await get('/v1/models')
    if (generation === 'old') expect(answer.status).toBe(200)
    else {
      expect(answer.status).toBe(403)
      expect(answer.json).toMatchObject({ type: 'error', error: { type: 'permission_error' } })
    }
  })

  test('billing tells the multiplier in force', async () => {
    const { get, relay } = await start(generation, { user: { rates: { 4: 0.8 } } })
    const answer = await get('/v1/sub2api/billing')
    if (generation === 'old') {
      expect([answer.status, answer.text]).toEqual([404, '404 page not found'])
      return
    }
    expect(answer.json).toMatchObject({
      object: 'sub2api.key_billing',
      group_rate_multiplier: 1.2,
      user_rate_multiplier: 0.8,
      effective_rate_multiplier: 0.8,
      peak_rate_enabled: false,
    })
    // 20:00 on the clocks of the server.
    relay.state.groups.get(4)!.peak = { start: '19:00', end: '02:00', multiplier: 2 }
    expect((await get('/v1/sub2api/billing')).json).toMatchObject({
      applied_peak_multiplier: 2,
      effective_rate_multiplier: 1.6,
      timezone: 'Asia/Shanghai',
    })
    relay.state.settings.runMode = 'simple'
    expect((await get('/v1/sub2api/billing')).status).toBe(404)
  })
})

describe('old: /v1/usage', () => {
  test('wallet and subscription', async () => {
    const { get, row, relay } = await start('old', { user: { subscriptions: [subscription()] } })
    expect((await get('/v1/usage')).json).toEqual({
      isValid: true,
      planName: '钱包余额',
      remaining: 12.5,
      unit: 'USD',
    })
    row.groupId = 6
    expect((await get('/v1/usage')).json).toMatchObject({ planName: 'plan', remaining: 3 })
    Object.assign(relay.state.groups.get(6)!, { dailyLimitUsd: null, weeklyLimitUsd: null })
    expect((await get('/v1/usage')).json).toMatchObject({ remaining: -1 })
    relay.state.subscriptions.length = 0
    expect((await get('/v1/usage')).problem).toEqual([403, 'SUBSCRIPTION_NOT_FOUND', undefined])
  })
})

describe('new: /v1/usage', () => {
  test('wallet: balance of the account, usage of the key', async () => {
    const usage = [
      { createdAtMs: NOON_MS, totalCost: 1, inputTokens: 10 },
      { createdAtMs: NOON_MS - 3 * DAY, totalCost: 2, model: 'other' },
    ]
    const { get } = await start('new', { user: { usage, balance: -1 } })
    const { json } = await get('/v1/usage?days=2')
    expect(json).toMatchObject({
      mode: 'unrestricted',
      planName: '钱包余额',
      remaining: -1,
      balance: -1,
      usage: {
        today: { requests: 1, input_tokens: 10, total_tokens: 10, cost: 1, actual_cost: 1.2 },
        total: { requests: 2, cost: 3 },
      },
      daily_usage: [{ date: '2026-08-09', requests: 1, cache_write_tokens: 0 }],
      model_stats: [
        { model: 'claude-sonnet-4', requests: 1, account_cost: 1 },
        { model: 'other', requests: 1 },
      ],
    })
    for (const days of ['0', '91', 'x']) {
      expect((await get(`/v1/usage?days=${days}`)).status).toBe(400)
    }
  })

  test('subscription group, with and without a subscription', async () => {
    const { get, relay } = await start('new', {
      key: { groupId: 6 },
      user: { subscriptions: [subscription({ dailyUsageUsd: 9 })] },
    })
    expect((await get('/v1/usage')).json).toMatchObject({
      mode: 'unrestricted',
      planName: 'plan',
      remaining: 0,
      subscription: { daily_usage_usd: 9, daily_limit_usd: 5, monthly_limit_usd: null },
    })
    expect((await get('/v1/models')).problem.slice(0, 2)).toEqual([429, 'USAGE_LIMIT_EXCEEDED'])
    relay.state.subscriptions.length = 0
    const { json } = await get('/v1/usage')
    expect(['remaining', 'subscription', 'balance'].some((name) => name in json!)).toBe(false)
  })

  test('a key with a quota of its own stays readable when it is used up', async () => {
    const { get } = await start('new', {
      key: {
        status: 'quota_exhausted',
        quota: 10,
        quotaUsed: 10,
        expiresAtMs: NOON_MS + 30 * DAY,
        limits: { '5h': { limit: 2, used: 0.5, startedAtMs: NOON_MS }, '7d': { limit: 9 } },
      },
    })
    expect((await get('/v1/usage')).json).toEqual({
      mode: 'quota_limited',
      isValid: true,
      status: 'quota_exhausted',
      quota: { limit: 10, used: 10, remaining: 0, unit: 'USD' },
      remaining: 0,
      unit: 'USD',
      rate_limits: [
        {
          window: '5h',
          limit: 2,
          used: 0.5,
          remaining: 1.5,
          window_start: '2026-08-09T12:00:00Z',
          reset_at: '2026-08-09T17:00:00Z',
        },
        { window: '7d', limit: 9, used: 0, remaining: 9, window_start: null },
      ],
      expires_at: '2026-09-08T12:00:00Z',
      days_until_expiry: 30,
    })
  })
})
