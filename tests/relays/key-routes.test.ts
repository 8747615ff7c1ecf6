// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { RelayOptions, SeedKey } from '../../e2e/relays/new-api/relay'
import { ALICE, type Caller, GENERATIONS, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const SECRET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl'
const SINCE_2025 = ['g1a', 'g1b', 'g2', 'g3'] as const
const SUBSCRIPTION = '/v1/dashboard/billing/subscription'
const USAGE = '/v1/dashboard/billing/usage?start_date=2026-01-01&end_date=2026-08-09'

async function start(
  generation: RelayOptions['generation'],
  key: Partial<SeedKey> = {},
  options: Partial<RelayOptions> = {},
) {
  const seed = { name: 'one', key: SECRET, remainQuota: 600, usedQuota: 400, ...key }
  const users = [{ ...ALICE, keys: [seed] }]
  const started = await startTestRelay(generation, { users, ...options })
  const token = [...started.relay.state.tokens.values()][0]!
  const get = (path: string, headers = bearer(`sk-${SECRET}`)) =>
    started.call('GET', path, { headers })
  return { ...started, token, get }
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

async function limitAndUse(get: (path: string) => ReturnType<Caller>) {
  const [limit, use] = [await get(SUBSCRIPTION), await get(USAGE)]
  return [limit.json?.['hard_limit_usd'], use.json?.['total_usage']]
}

describe('use of a key by the key', () => {
  test.each(SINCE_2025)('%s: is told in quota units', async (generation) => {
    const { get } = await start(generation, { modelLimits: ['gpt-4o'], expiredTime: 1_800_000_000 })
    expect((await get('/api/usage/token/')).json).toEqual({
      code: true,
      message: 'ok',
      data: {
        object: 'token_usage',
        name: 'one',
        total_granted: 1000,
        total_used: 400,
        total_available: 600,
        unlimited_quota: false,
        model_limits: { 'gpt-4o': true },
        model_limits_enabled: true,
        expires_at: 1_800_000_000,
      },
    })
  })

  test.each(['one-api', 'g0'] as const)('%s: has no such route', async (generation) => {
    const { get } = await start(generation)
    expect((await get('/api/usage/token/')).status).toBe(404)
  })

  test('takes a place of the critical bucket, and the form without slash redirects', async () => {
    const { get } = await start('g1b', {}, { rateLimits: 'contract' })
    expect((await get('/api/usage/token')).status).toBe(301)
    for (let at = 0; at < 20; at += 1) expect((await get('/api/usage/token/')).status).toBe(200)
    expect((await get('/api/usage/token/')).status).toBe(429)
  })

  test.each(SINCE_2025)('%s: reads an expired and an exhausted key', async (generation) => {
    const { get, token } = await start(generation, { expiredTime: 1, remainQuota: 0 })
    expect((await get('/api/usage/token/')).status).toBe(200)
    token.status = 2
    expect((await get('/api/usage/token/')).status).toBe(generation === 'g3' ? 401 : 200)
    expect(await get('/api/usage/token/', bearer('sk-unknown'))).toMatchObject({
      status: 401,
      json: { success: false },
    })
  })
})

describe('what a key may spend', () => {
  test.each(GENERATIONS)('%s: is told with and without the version', async (generation) => {
    const { get } = await start(generation, { remainQuota: 600_000, usedQuota: 400_000 })
    expect(await limitAndUse(get)).toEqual([2, 80])
    expect((await get('/dashboard/billing/subscription')).json).toMatchObject({
      object: 'billing_subscription',
      hard_limit_usd: 2,
      access_until: 0,
    })
  })

  test.each([
    ['CNY', [14, 560]],
    ['TOKENS', [1_000_000, 40_000_000]],
    ['CUSTOM', [2, 80]],
  ] as const)('is told in the unit that is shown: %s', async (quotaDisplayType, amounts) => {
    const key = { remainQuota: 600_000, usedQuota: 400_000 }
    const { get } = await start('g1b', key, { quotaDisplayType, usdExchangeRate: 7 })
    expect(await limitAndUse(get)).toEqual(amounts)
    expect((await get('/api/status')).data).toMatchObject({ quota_display_type: quotaDisplayType })
  })

  test('has a mark for no limit, and may be the whole user’s', async () => {
    const unlimited = await start('g1b', { unlimited: true })
    expect((await limitAndUse(unlimited.get))[0]).toBe(100_000_000)
    const whole = await start('g1b', {}, { tokenStatistics: false })
    expect(await limitAndUse(whole.get)).toEqual([2.5, 50])
    const quirk = await start('one-api', {}, { tokenStatistics: false })
    expect((await limitAndUse(quirk.get))[0]).toBe(2)
  })

  test.each([
    ['unknown', {}, 'sk-unknown', 401, '无效的令牌'],
    ['none', {}, '', 401, '无效的令牌'],
    ['disabled', { status: 2 as const }, `sk-${SECRET}`, 401, '该令牌状态不可用'],
    ['expired', { expiredTime: 1 }, `sk-${SECRET}`, 401, '该令牌已过期'],
    ['exhausted', { remainQuota: 0 }, `sk-${SECRET}`, 401, '该令牌额度已用尽'],
    ['of a removed group', { group: 'gone' }, `sk-${SECRET}`, 403, '分组 gone 已被弃用'],
  ])('is not told to a key that is %s', async (_, key, sent, status, message) => {
    const { get } = await start('g1b', key)
    for (const path of [SUBSCRIPTION, '/v1/models']) {
      expect(await get(path, bearer(sent))).toMatchObject({
        status,
        json: { error: { message, type: 'new_api_error' } },
      })
    }
  })

  test('is not told from elsewhere, nor to a banned user', async () => {
    const { get, token, relay } = await start('g1b')
    token.allowIps = '10.0.0.0/8\n192.0.2.1'
    expect((await get(SUBSCRIPTION)).status).toBe(403)
    token.allowIps = '127.0.0.0/8'
    expect((await get(SUBSCRIPTION)).status).toBe(200)
    relay.state.users.get(7)!.status = 2
    expect((await get(SUBSCRIPTION)).status).toBe(403)
    expect((await get('/api/usage/token/')).status).toBe(403)
  })

  test('is counted with the calls of the dashboard, models are not', async () => {
    const { get } = await start('g1b', {}, { rateLimits: 'contract' })
    for (let at = 0; at < 180; at += 1) await get(SUBSCRIPTION)
    expect((await get(SUBSCRIPTION)).status).toBe(429)
    expect((await get('/v1/models')).status).toBe(200)
  })
})

describe('models of a key', () => {
  test.each(GENERATIONS)('%s: are those it is limited to', async (generation) => {
    const { get } = await start(generation, { modelLimits: ['gpt-4o'] })
    expect((await get('/v1/models', bearer(SECRET))).json).toMatchObject({
      object: 'list',
      data: [{ id: 'gpt-4o', object: 'model' }],
    })
  })

  test.each(GENERATIONS)(
    '%s: come in the form of the header, where it is taken',
    async (generation) => {
      const { get } = await start(generation)
      const isTaken = ['g1b', 'g2', 'g3'].includes(generation)
      const claude = { 'x-api-key': `sk-${SECRET}`, 'anthropic-version': '2023-06-01' }
      const listed = await get('/v1/models', claude)
      expect(listed.status).toBe(isTaken ? 200 : 401)
      if (!isTaken) return
      expect(listed.json).toMatchObject({ has_more: false, data: [{ type: 'model' }, {}, {}, {}] })
      const google = { 'x-goog-api-key': `sk-${SECRET}` }
      expect((await get('/v1beta/models', google)).json).toMatchObject({
        models: [{ name: 'models/gpt-4o' }, {}, {}, {}],
      })
      expect((await get('/v1/models', google)).status).toBe(401)
    },
  )
})
