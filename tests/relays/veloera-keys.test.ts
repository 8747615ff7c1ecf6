// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { SeedKey, SeedLog } from '../../e2e/relays/new-api/options'
import {
  createVeloeraRelay,
  type VeloeraGeneration,
  type VeloeraOptions,
} from '../../e2e/relays/veloera/relay'
import { ALICE, BOB, NOON_MS, startTestSite, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const BOTH = ['v3', 'v4'] as const
const NOON = NOON_MS / 1000
const KEY = `${'a1'.repeat(23)}zz`

/** A site with Alice's keys and logs, no limits and a clock that the test moves. */
async function start(
  generation: VeloeraGeneration,
  seeds: { keys?: SeedKey[]; logs?: SeedLog[] },
  options: Partial<VeloeraOptions> = {},
) {
  const clock = { nowMs: NOON_MS }
  const users = [{ ...ALICE, ...seeds }, BOB]
  const now = () => clock.nowMs
  const made = createVeloeraRelay({ generation, users, rateLimits: 'off', now, ...options })
  const { site, call } = await startTestSite(made)
  const headers = { authorization: String(ALICE.accessToken), 'veloera-user': '7' }
  const send = async (method: string, path: string, body?: unknown) =>
    (await call(method, path, body === undefined ? { headers } : { headers, body })).json
  const read = async (path: string) => (await send('GET', path))?.['data']
  return { relay: site, call, clock, send, read }
}

const names = (rows: unknown) => (rows as { name: string }[]).map(({ name }) => name)

describe.each(BOTH)('%s: keys', (generation) => {
  test('are a bare array in clear, pages from 0, newest first', async () => {
    const keys = Array.from({ length: 105 }, (_, index) => ({ name: `k${index + 1}` }))
    const { read } = await start(generation, { keys })
    expect(names(await read('/api/token/?p=0&size=2'))).toEqual(['k105', 'k104'])
    expect(names(await read('/api/token/?p=1&size=2'))).toEqual(['k103', 'k102'])
    expect(names(await read('/api/token/'))).toHaveLength(10)
    expect(names(await read('/api/token/?p=0&page_size=50'))).toHaveLength(10)
    expect(names(await read('/api/token/?p=0&size=500'))).toHaveLength(100)
    expect(names(await read('/api/token/?p=1&size=100'))).toHaveLength(5)
    const [row] = (await read('/api/token/?size=1')) as Record<string, unknown>[]
    expect(row?.['key']).toMatch(/^[0-9A-Za-z]{48}$/)
    expect('rate_limit_enabled' in row!).toBe(generation === 'v4')
  })

  test('search takes substrings and LIKE patterns', async () => {
    const { read } = await start(generation, {
      keys: [{ name: 'laptop', key: KEY }, { name: 'desk top' }, { name: 'phone' }],
    })
    const found = async (query: string) => names(await read(`/api/token/search?${query}`))
    expect(await found('keyword=top')).toEqual(['laptop', 'desk top'])
    expect(await found('keyword=l_o')).toEqual([])
    expect(await found('keyword=L_pt%25p')).toEqual(['laptop'])
    expect(await found(`token=sk-${KEY.slice(0, 9)}`)).toEqual(['laptop'])
    expect(await found('p=3&size=1')).toHaveLength(3)
  })

  test('creation has no data, measures bytes and takes any group', async () => {
    const { send, read } = await start(generation, {})
    const body = { name: 'new', remain_quota: 5, expired_time: -1, group: 'no such group' }
    expect(await send('POST', '/api/token/', body)).toEqual({ success: true, message: '' })
    const limit = { rate_limit_enabled: false, rate_limit_period: 60, rate_limit_count: 1000 }
    expect(await read('/api/token/1')).toMatchObject({
      ...{ name: 'new', remain_quota: 5, group: 'no such group', status: 1, allow_ips: '' },
      ...(generation === 'v4' ? { ...limit, rate_limit_success: 10 } : {}),
    })
    const long = await send('POST', '/api/token/', { ...body, name: '名'.repeat(11) })
    expect(long).toEqual({ success: false, message: '令牌名称过长' })
    const wrong = await send('POST', '/api/token/', { ...body, remain_quota: '5' })
    expect(wrong?.['success']).toBe(false)
    expect(await read('/api/token/')).toHaveLength(1)
  })

  test('an update replaces everything but the status', async () => {
    const keys = [{ name: 'one', remainQuota: 9, modelLimits: ['gpt-4o'], group: 'vip' }]
    const { relay, send, call } = await start(generation, { keys })
    Object.assign(relay.state.tokens.get(1)!, { rateLimitEnabled: true })
    const data = (await send('PUT', '/api/token/', { id: 1, name: 'uno' }))?.['data']
    expect(data).toMatchObject({
      ...{ name: 'uno', remain_quota: 0, expired_time: 0, model_limits: '', group: '' },
      ...{ status: 1, allow_ips: null },
      ...(generation === 'v4' ? { rate_limit_enabled: false, rate_limit_period: 0 } : {}),
    })
    const bob = { authorization: String(BOB.accessToken), 'veloera-user': '8' }
    const foreign = await call('PUT', '/api/token/', { headers: bob, body: { id: 1, name: 'x' } })
    expect(foreign.json).toEqual({ success: false, message: 'record not found' })
  })

  test('status_only, its refusals, and deletion', async () => {
    const { send, read } = await start(generation, {
      keys: [
        { name: 'used', remainQuota: 9, status: 2 },
        { name: 'expired', remainQuota: 9, status: 3, expiredTime: NOON - 1 },
        { name: 'exhausted', status: 4 },
      ],
    })
    const turn = async (id: number, status: number) =>
      (await send('PUT', '/api/token/?status_only=1', { id, status }))?.['message']
    expect(await turn(1, 1)).toBe('')
    expect(await read('/api/token/1')).toMatchObject({ name: 'used', status: 1, remain_quota: 9 })
    expect(await turn(2, 1)).toMatch(/^令牌已过期，无法启用，/)
    expect(await turn(3, 1)).toMatch(/^令牌可用额度已用尽，无法启用，/)
    expect(await send('DELETE', '/api/token/1')).toEqual({ success: true, message: '' })
    expect((await send('DELETE', '/api/token/1'))?.['success']).toBe(false)
    expect(await read('/api/token/')).toHaveLength(2)
  })
})

const LOGS: SeedLog[] = [
  { createdAtSec: NOON - 9000, type: 5, quota: 1500 },
  { createdAtSec: NOON - 8000, type: 1, quota: 500_000 },
  { createdAtSec: NOON - 7200, type: 2, quota: 400, modelName: 'gpt-4o', promptTokens: 60 },
  { createdAtSec: NOON - 30, type: 2, quota: 200, modelName: 'o1', tokenName: 'laptop' },
  { createdAtSec: NOON - 10, type: 6, quota: 7, content: 'upstream failed' },
]

interface Page {
  items: Record<string, unknown>[]
  total: number
}

describe.each(BOTH)('%s: logs', (generation) => {
  const seeds = { keys: [{ name: 'laptop', key: KEY }], logs: LOGS }

  test('are pages from 1 that are empty without page_size', async () => {
    const { read } = await start(generation, seeds)
    const page = await read('/api/log/self?p=2&page_size=2')
    expect(page).toMatchObject({ total: 5, page: 2, page_size: 2, items: [{ id: 3 }, { id: 2 }] })
    const none = { total: 5, page: 1, page_size: 0, items: [] }
    expect(await read('/api/log/self?p=0')).toEqual(none)
    expect(await read('/api/log/self?page_size=200')).toMatchObject({ page_size: 100 })
  })

  test('carry amounts of income in the text alone', async () => {
    const { read } = await start(generation, seeds)
    const { items } = (await read('/api/log/self?p=1&page_size=9')) as Page
    expect(items.map((row) => [row['type'], row['quota'], row['content']])).toEqual([
      [6, 0, 'upstream failed'],
      [2, 200, ''],
      [2, 400, ''],
      [1, 0, '通过兑换码充值 ＄1.000000 额度，兑换码ID 1'],
      [5, 0, '签到奖励 ＄0.003000 额度'],
    ])
    expect(JSON.parse(String(items[2]?.['other']))).toMatchObject({ model_ratio: 1.25 })
    expect('client_ip' in items[0]!).toBe(generation === 'v4')
  })

  test.each([
    ['type=2', 2],
    ['type=0', 5],
    ['model_name=gpt%25', 1],
    ['model_name=gpt', 0],
    ['token_name=laptop', 1],
    ['token_name=lap', 0],
    [`start_timestamp=${NOON - 7200}&end_timestamp=${NOON - 30}`, 2],
    ['group=vip', 0],
  ])('are filtered by %s', async (query, total) => {
    const { read } = await start(generation, seeds)
    expect(await read(`/api/log/self?p=1&page_size=1&${query}`)).toMatchObject({ total })
  })

  test('ids repeat after 1024; search and key logs are not paged', async () => {
    const logs = Array.from({ length: 1025 }, (_, i) => ({ createdAtSec: i, type: 2, quota: 1 }))
    const many = await start(generation, { logs })
    const { items } = (await many.read('/api/log/self?p=1&page_size=2')) as Page
    expect(items.map((row) => row['id'])).toEqual([1, 0])
    expect(await many.read('/api/log/self/search?keyword=2')).toHaveLength(100)
    const { read } = await start(generation, seeds)
    expect(await read(`/api/log/token?key=sk-${KEY}`)).toMatchObject([{ quota: 200, token_id: 1 }])
    expect(await read('/api/log/token?key=other')).toEqual([])
  })

  test('the statistics are consumption only; V4 averages the rates', async () => {
    const { read } = await start(generation, seeds)
    const range = `start_timestamp=${NOON - 7200}&end_timestamp=${NOON - 7080}`
    const rates = generation === 'v3' ? { rpm: 1, tpm: 0 } : { rpm: 1, tpm: 30 }
    expect(await read(`/api/log/self/stat?type=1&${range}`)).toEqual({ quota: 400, ...rates })
    expect(await read('/api/log/self/stat')).toEqual({ quota: 600, rpm: 1, tpm: 0 })
  })

  test('hourly rows need the switch and are written every five minutes', async () => {
    const path = `/api/data/self?start_timestamp=${NOON - 86_400}&end_timestamp=${NOON}`
    const off = await start(generation, seeds)
    expect(await off.read(path)).toEqual([])
    const { relay, clock, read, send } = await start(generation, seeds, { enableDataExport: true })
    const [first] = (await read(path)) as object[]
    const hour = { created_at: NOON - 7200, token_used: 60, count: 1, quota: 400 }
    expect(first).toMatchObject({ user_id: 7, model_name: 'gpt-4o', ...hour })
    relay.state.logs.push({ ...relay.state.logs[2]!, id: 9, createdAtSec: NOON + 1 })
    clock.nowMs += 299_000
    expect(await read(path)).toHaveLength(2)
    clock.nowMs += 1000
    expect(await read(path)).toHaveLength(3)
    const wide = await send('GET', `/api/data/self?start_timestamp=0&end_timestamp=2592001`)
    expect(wide).toEqual({ success: false, message: '时间跨度不能超过 1 个月' })
  })
})

const JSON_TYPE = { 'content-type': 'application/json' }

describe.each(BOTH)('%s: calls by key', (generation) => {
  const models = [
    { name: 'gpt-4o', groups: ['default', 'vip'] },
    { name: 'opus', prefix: 'fast/', isAlsoPlain: true },
    { name: 'sonnet', prefix: 'fast/' },
  ]
  const make = async (key: Partial<SeedKey>, options: Partial<VeloeraOptions> = {}) => {
    const seeded = { name: 'k', key: KEY, ...key }
    const site = await start(generation, { keys: [seeded] }, { models, ...options })
    const headers = { authorization: `Bearer sk-${KEY}` }
    const chat = (model: string, more: Record<string, string> = {}) =>
      site.call('POST', '/v1/chat/completions', {
        headers: { ...headers, ...JSON_TYPE, ...more },
        body: { model, messages: [{ role: 'user', content: 'Hi' }] },
      })
    return { ...site, token: site.relay.state.tokens.get(1)!, headers, chat }
  }

  test('models have their prefix, and there is no object: list', async () => {
    const { call, headers, token } = await make({ unlimited: true })
    const list = async (path: string) => (await call('GET', path, { headers })).json
    const json = await list('/v1/models')
    expect(json).not.toHaveProperty('object')
    expect(json).toMatchObject({ success: true, data: [{ id: 'fast/opus', root: 'opus' }, {}, {}] })
    token.group = 'vip'
    expect((await list('/hf/v1/models'))?.['data']).toMatchObject([{ id: 'gpt-4o' }])
    Object.assign(token, { group: '', modelLimitsEnabled: true, modelLimits: 'fast/opus,opus' })
    expect((await list('/v1/models'))?.['data']).toHaveLength(1)
  })

  test('refusals name the request', async () => {
    const { call, chat, token, relay } = await make({ unlimited: true })
    const error = async (model: string) => {
      const { status, json, headers } = await chat(model)
      const { message } = json?.['error'] as { message: string }
      const id = headers.get('x-oneapi-request-id')
      expect(message).toMatch(new RegExp(` \\(request id: ${id}\\)$`))
      return [status, message.replace(/ \(request.*/, '')]
    }
    const bad = await call('GET', '/v1/models', { headers: { authorization: 'Bearer sk-x' } })
    expect([bad.status, bad.json]).toMatchObject([401, { error: { type: 'veloera_error' } }])
    expect(bad.text).toContain('无效的令牌')
    expect(await error('sonnet')).toEqual([503, '当前分组 default 下对于模型 sonnet 无可用渠道'])
    token.group = 'gone'
    expect(await error('gpt-4o')).toEqual([403, '令牌分组 gone 已被禁用'])
    Object.assign(token, { group: '', modelLimitsEnabled: true, modelLimits: 'opus' })
    expect(await error('fast/opus')).toEqual([403, '该令牌无权访问模型 fast/opus'])
    expect((await chat('opus')).status).toBe(200)
    token.allowIps = '10.0.0.1\n10.0.0.2'
    expect(await error('opus')).toEqual([403, '您的 IP 不在令牌允许访问的列表中'])
    token.status = 2
    expect(await error('opus')).toEqual([401, '该令牌状态不可用'])
    Object.assign(token, { status: 1, unlimitedQuota: false })
    expect((await error('opus'))[1]).toContain('该令牌额度已用尽')
    expect(token.status).toBe(4)
    Object.assign(token, { status: 1, expiredTime: NOON - 1 })
    expect(await error('opus')).toEqual([401, '该令牌已过期'])
    relay.state.users.get(7)!.status = 2
    Object.assign(token, { status: 1, expiredTime: -1, unlimitedQuota: true })
    expect(await error('opus')).toEqual([403, '用户已被封禁'])
  })

  test('only chat refuses browser extensions, and only where the site says so', async () => {
    const origin = { origin: 'chrome-extension://abc' }
    const open = await make({ unlimited: true })
    expect((await open.chat('gpt-4o', origin)).status).toBe(200)
    const { call, chat, headers } = await make(
      { unlimited: true },
      { blocksBrowserExtensions: true },
    )
    const { status, json, headers: answered } = await chat('gpt-4o', origin)
    const error = { code: 'browser_extension_blocked' }
    expect([status, json]).toMatchObject([403, { error }])
    expect(answered.get('access-control-allow-origin')).toBe('*')
    expect((await chat('gpt-4o', { origin: 'https://chat.example' })).status).toBe(200)
    const all = { ...headers, ...origin, 'x-api-key': `sk-${KEY}` }
    expect((await call('GET', '/v1/models', { headers: all })).status).toBe(200)
    const claude = await call('POST', '/v1/messages', {
      headers: { ...all, ...JSON_TYPE, 'anthropic-version': '2023-06-01' },
      body: { model: 'gpt-4o', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
    })
    expect(claude.json).toMatchObject({ type: 'message' })
    expect((await call('OPTIONS', '/v1/chat/completions', { headers: all })).status).toBe(204)
    const status403 = await call('GET', '/api/status', { headers: origin })
    expect(status403.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('billing: the unlimited constant, units and the account instead of the key', async () => {
    const read = async (key: Partial<SeedKey>, options?: Partial<VeloeraOptions>) => {
      const { call, headers } = await make({ usedQuota: 250_000, ...key }, options)
      const limits = await call('GET', '/v1/dashboard/billing/subscription', { headers })
      const usage = await call('GET', '/dashboard/billing/usage?start_date=2026-01-01', { headers })
      return [limits.json?.['hard_limit_usd'], usage.json?.['total_usage']]
    }
    expect(await read({ unlimited: true })).toEqual([100_000_000, 50])
    expect(await read({ remainQuota: 250_000 })).toEqual([1, 50])
    const inUnits = { displayInCurrency: false }
    expect(await read({ remainQuota: 250_000 }, inUnits)).toEqual([500_000, 25_000_000])
    expect(await read({ unlimited: true }, { tokenStatistics: false })).toEqual([2.5, 50])
  })

  test('V4 limits the calls of a key', async () => {
    const { chat, token, clock } = await make({ unlimited: true })
    Object.assign(token, { rateLimitEnabled: true, rateLimitCount: 1 })
    await chat('gpt-4o')
    const second = await chat('gpt-4o')
    expect(second.status).toBe(generation === 'v4' ? 429 : 200)
    clock.nowMs += 60_000
    expect((await chat('gpt-4o')).status).toBe(200)
  })
})
