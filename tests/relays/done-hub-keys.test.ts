// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type {
  DoneHubOptions,
  HubSeedKey,
  HubSeedLog,
  Variant,
} from '../../e2e/relays/done-hub/relay'
import { ALICE_SEED, BOB_SEED, BY_TOKEN, startHub, VARIANTS } from './done-hub-client'
import { NOON_MS, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

type Hub = Awaited<ReturnType<typeof startHub>>

const NOON = NOON_MS / 1000
const KEY = `abcdefghij01234_${'k-_9'.repeat(10)}end`

function withKeys(variant: Variant, keys: HubSeedKey[], options: Partial<DoneHubOptions> = {}) {
  const users = [
    { ...ALICE_SEED, keys },
    { ...BOB_SEED, keys: [{ name: 'of bob' }] },
  ]
  return startHub(variant, { users, ...options })
}

interface Page {
  data: { id: number; name: string; [field: string]: unknown }[]
}

async function names(hub: Hub, query: string): Promise<string[]> {
  return ((await hub.get(`/api/token/?${query}`)) as Page).data.map(({ name }) => name)
}

const FIELDS = { name: 'new', expired_time: -1, remain_quota: 5, unlimited_quota: false }

describe.each(VARIANTS)('%s: reading keys', (variant) => {
  test('lists are pages with the full keys of the user', async () => {
    const hub = await withKeys(variant, [
      { name: 'Work', key: KEY, modelLimits: ['gpt-4o'] },
      { name: 'home', usedQuota: 9, unlimited: true },
      { name: 'homework' },
    ])
    expect(await hub.get('/api/token/?page=0&size=2')).toMatchObject({
      page: 1,
      size: 2,
      total_count: 3,
      data: [{ id: 3 }, { id: 2, unlimited_quota: true }],
    })
    expect(await hub.get('/api/token/?page=9')).toMatchObject({ data: [], size: 10 })
    expect(await hub.get('/api/token/1')).toMatchObject({
      key: KEY,
      backup_group: '',
      setting: { limits: { limit_model_setting: { enabled: true, models: ['gpt-4o'] } } },
    })
    expect(await names(hub, 'order=-used_quota,name')).toEqual(['home', 'Work', 'homework'])
    expect(await names(hub, 'keyword=home')).toEqual(['homework', 'home'])
    expect(await names(hub, 'keyword=work')).toEqual(['Work'])
  })

  test('refuses large pages, foreign sort fields and paths of New API', async () => {
    const { verdict } = await withKeys(variant, [])
    for (const [path, message] of [
      ['/api/token/?size=101', 'size 参数不能超过 100'],
      ['/api/token/?order=id,-key', "不允许对字段 'key' 进行排序"],
      ['/api/token/?page=x', 'strconv.ParseInt: parsing "x": invalid syntax'],
      ['/api/token/search', 'strconv.Atoi: parsing "search": invalid syntax'],
      ['/api/token/1', 'record not found'],
    ]) {
      expect(await verdict('GET', String(path))).toEqual([false, message])
    }
  })

  test('the playground makes a key of its own, once', async () => {
    const hub = await withKeys(variant, [])
    const key = await hub.get('/api/token/playground')
    expect(await hub.get('/api/token/playground')).toBe(key)
    expect(await names(hub, '')).toEqual(['sys_playground'])
  })
})

describe.each(VARIANTS)('%s: writing keys', (variant) => {
  const isDoneHub = variant === 'done-hub'

  test('create returns id and key on DoneHub, nothing on One Hub', async () => {
    const { call, relay, get } = await withKeys(variant, [])
    const { json } = await call('POST', '/api/token/', { headers: BY_TOKEN, body: FIELDS })
    const key = relay.state.tokens.get(2)?.key
    expect(key).toMatch(/^[0-9A-Za-z]{15}_[\w-]{43}$/)
    expect(json).toEqual({ success: true, message: '', ...(isDoneHub && { data: { id: 2, key } }) })
    expect(await get('/api/token/2')).toMatchObject({
      key,
      remain_quota: 5,
      status: 1,
      setting: {
        heartbeat: { enabled: false, timeout_seconds: 0 },
        limits: { limits_ip_setting: { enabled: false, whitelist: null } },
      },
    })
  })

  test.each([
    [{ name: '密'.repeat(11) }, '令牌名称过长'],
    [{ group: 'gone' }, '无效的用户组'],
    [{ backup_group: 'shut' }, '无效的用户组'],
    [{ group: 'vip' }, '当前用户组无权使用指定的分组'],
    [
      { setting: { heartbeat: { enabled: true, timeout_seconds: 20 } } },
      'heartbeat timeout seconds must be between 30 and 90',
    ],
    [
      { setting: { limits: { limit_model_setting: { models: 'gpt-4o' } } } },
      'json: cannot unmarshal string into Go struct field ' +
        'Token.setting.limits.limit_model_setting.models of type []string',
    ],
  ])('a body with %j is refused', async (change, message) => {
    const groups = {
      default: { ratio: 1 },
      vip: { ratio: 1, public: false },
      shut: { ratio: 1, enable: false },
    }
    const { verdict, relay } = await withKeys(variant, [], { groups })
    expect(await verdict('POST', '/api/token/', { ...FIELDS, ...change })).toEqual([false, message])
    expect(relay.state.tokens.size).toBe(1)
  })

  test('an update replaces every field but status and key', async () => {
    const { call, relay, verdict } = await withKeys(variant, [
      { name: 'old', key: KEY, group: 'vip', remainQuota: 9, status: 2, modelLimits: ['a'] },
    ])
    const put = (body: object) => call('PUT', '/api/token/', { headers: BY_TOKEN, body })
    const same = { id: 1, name: 'b', group: 'vip', unlimited_quota: true, status: 1 }
    expect((await put(same)).data).toMatchObject({
      key: KEY,
      status: 2,
      group: 'vip',
      expired_time: 0,
      remain_quota: isDoneHub ? 9 : 0,
      setting: { limits: { limit_model_setting: { enabled: false, models: null } } },
    })
    expect((await put({ id: 1, name: '' })).data).toMatchObject({ group: '', remain_quota: 0 })
    const refused = await verdict('PUT', '/api/token/', { id: 1, group: 'vip' })
    expect(refused).toEqual([false, '当前用户组无权使用指定的分组'])
    expect(await verdict('PUT', '/api/token/', { id: 2, name: 'x' })).toEqual([
      false,
      'record not found',
    ])
    expect(relay.state.tokens.get(2)?.name).toBe('of bob')
  })

  test('status_only changes the status; spent keys stay off', async () => {
    const { call, verdict } = await withKeys(variant, [
      { name: 'a', remainQuota: 9 },
      { name: 'b', status: 3, expiredTime: NOON - 1 },
      { name: 'c', status: 4 },
    ])
    const path = '/api/token/?status_only=1'
    const off = await call('PUT', path, { headers: BY_TOKEN, body: { id: 1, status: 2 } })
    expect(off.data).toMatchObject({ status: 2, name: 'a', remain_quota: 9 })
    expect(await verdict('PUT', path, { id: 1, status: 1 })).toEqual([true, ''])
    expect((await verdict('PUT', path, { id: 2, status: 1 }))[1]).toMatch(/^令牌已过期，无法启用，/)
    const spent = await verdict('PUT', path, { id: 3, status: 1 })
    expect(spent[1]).toMatch(/^令牌可用额度已用尽，无法启用，/)
  })

  test('delete answers no data and leaves the keys of others', async () => {
    const { call, verdict } = await withKeys(variant, [{ name: 'a' }])
    const done = await call('DELETE', '/api/token/1', { headers: BY_TOKEN })
    expect(done.json).toEqual({ success: true, message: '' })
    expect(await verdict('DELETE', '/api/token/2')).toEqual([false, 'record not found'])
  })

  test('the billing tag is for trusted staff', async () => {
    const setting = { billing_tag: 'team' }
    const { get, relay, verdict } = await withKeys(variant, [{ name: 'a', setting }])
    expect(await get('/api/token/1')).toMatchObject({ setting: {} })
    await verdict('PUT', '/api/token/', { id: 1, setting: { billing_tag: 'mine' } })
    expect(relay.state.tokens.get(1)?.setting.billing_tag).toBe('team')
    relay.state.users.get(7)!.role = 3
    expect(await get('/api/token/1')).toMatchObject({ setting: { billing_tag: 'team' } })
  })
})

describe.each(VARIANTS)('%s: by key', (variant) => {
  const isDoneHub = variant === 'done-hub'
  const sk = { authorization: `Bearer sk-${KEY}` }
  const one = (seed: Partial<HubSeedKey>, options?: Partial<DoneHubOptions>) =>
    withKeys(variant, [{ name: 'a', key: KEY, remainQuota: 1_000_000, ...seed }], options)

  async function billing({ call }: Hub) {
    const path = '/v1/dashboard/billing'
    const subscription = (await call('GET', `${path}/subscription`, { headers: sk })).json
    const usage = (await call('GET', '/dashboard/billing/usage', { headers: sk })).json
    return [
      subscription?.['hard_limit_usd'],
      subscription?.['access_until'],
      usage?.['total_usage'],
    ]
  }

  test('billing shows the key, or the account for an unlimited key', async () => {
    const seed = { usedQuota: 500_000, expiredTime: NOON + 60 }
    expect(await billing(await one(seed))).toEqual([3, NOON + 60, 100])
    expect(await billing(await one({ unlimited: true }))).toEqual([2.5, 0, 50])
    expect(await billing(await one(seed, { displayInCurrency: false }))).toEqual([
      1_500_000,
      NOON + 60,
      50_000_000,
    ])
    const off = await billing(await one(seed, { displayTokenStat: false }))
    expect(off).toEqual(isDoneHub ? [2.5, 0, 50] : [3, NOON + 60, 100])
  })

  test('models are those of the key’s group; only DoneHub heeds the model limit', async () => {
    const { call } = await one({ group: 'default', modelLimits: ['gpt-4o', 'x'] })
    const ids = async (path: string, headers: Record<string, string>, list = 'data') =>
      ((await call('GET', path, { headers })).json?.[list] as { id: string; name: string }[]).map(
        (model) => model.id || model.name,
      )
    const all = ['gpt-4o', 'gpt-4o-mini', 'gemini-2.5-pro', 'dall-e-3']
    expect(await ids('/v1/models', sk)).toEqual(isDoneHub ? ['gpt-4o'] : all)
    const claude = await ids('/claude/v1/models', { 'x-api-key': `sk-${KEY}` })
    expect(claude).toEqual(isDoneHub ? ['gpt-4o'] : [])
    const gemini = await ids('/gemini/v1beta/models', { 'x-goog-api-key': KEY }, 'models')
    expect(gemini).toEqual([isDoneHub ? 'models/gpt-4o' : 'models/gemini-2.5-pro'])
    const none = await one({ group: 'default' }, { models: {} })
    expect((await none.call('GET', '/v1/models', { headers: sk })).json?.['data']).toBeNull()
    const noClaude = await one({}, { claudeApi: false })
    expect((await noClaude.call('GET', '/claude/v1/models', { headers: sk })).status).toBe(403)
  })

  test.each<[number, string, Partial<HubSeedKey>]>([
    [401, '无效的令牌', { key: 'another' }],
    [401, '令牌已过期', { expiredTime: NOON - 1 }],
    [401, '令牌额度已用尽', { remainQuota: 0 }],
    [401, '令牌状态不可用', { status: 2 }],
    [403, '无权使用分组 vip', { group: 'vip' }],
    [403, '分组 gone 不存在', { group: 'gone' }],
    [
      403,
      'IP 127.0.0.1 is not allowed to access',
      { setting: { limits: { limits_ip_setting: { enabled: true, whitelist: ['10.0.0.0/8'] } } } },
    ],
  ])('%i %s', async (status, message, seed) => {
    const { call } = await one(seed)
    const answer = await call('GET', '/v1/models', { headers: sk })
    const requestId = answer.headers.get('x-oneapi-request-id')
    expect([answer.status, answer.json]).toEqual([
      status,
      { error: { message: `${message} (request id: ${requestId})`, type: 'one_hub_error' } },
    ])
  })

  test('a channel may be named by administrators only', async () => {
    const { call } = await one({})
    const headers = { authorization: `Bearer sk-${KEY}#4` }
    expect((await call('GET', '/v1/models', { headers })).status).toBe(403)
  })
})

const LOGS: HubSeedLog[] = [
  {
    createdAtSec: NOON - 10,
    type: 2,
    quota: 100,
    modelName: 'gpt-4o',
    promptTokens: 5,
    completionTokens: 7,
    requestTimeMs: 1840,
    requestId: 'r1',
  },
  { createdAtSec: NOON - 30, type: 2, quota: 200, modelName: 'o1', tokenName: 'work' },
  { createdAtSec: NOON - 86_400, type: 2, quota: 400, modelName: 'gpt-4o' },
  { createdAtSec: NOON - 90_000, type: 1, quota: 500_000 },
  { createdAtSec: NOON - 9 * 86_400, type: 2, quota: 800 },
  { createdAtSec: NOON - 200 * 86_400, type: 4, quota: 0 },
]

describe.each(VARIANTS)('%s: logs', (variant) => {
  const isDoneHub = variant === 'done-hub'
  const start = () => startHub(variant, { users: [{ ...ALICE_SEED, logs: LOGS }] })

  test('rows have id 0, milliseconds and metadata', async () => {
    const { get } = await start()
    const { data } = (await get('/api/log/self?size=100')) as Page
    expect(data[0]).toMatchObject({
      id: 0,
      user_id: 7,
      request_time: 1840,
      channel_id: isDoneHub ? 0 : 1,
      metadata: { group_name: 'default', price_type: 'tokens', input_ratio: 1.25, output_ratio: 5 },
    })
    expect('request_id' in data[0]!).toBe(isDoneHub)
    expect(data[3]).toMatchObject({ type: 1, quota: 500_000, metadata: null })
    const users = [{ ...ALICE_SEED, logs: [{ ...LOGS[0]!, type: 5 }] }]
    await expect(startHub(variant, { users })).rejects.toThrow('no such log type')
  })

  test.each<[string, number[]]>([
    ['log_type=1', [500_000]],
    [`log_type=2&start_timestamp=${NOON - 30}&end_timestamp=${NOON - 20}`, [200]],
    ['token_name=work', [200]],
    ['model_name=gpt-4o&order=created_at', [400, 100]],
    ['log_type=2&page=2&size=3', [800]],
  ])('are filtered by %s', async (query, quotas) => {
    const { get } = await start()
    const { data } = (await get(`/api/log/self?${query}`)) as Page
    expect(data.map(({ quota }) => quota)).toEqual(quotas)
  })

  test('DoneHub has a window of 180 days, One Hub more sort fields', async () => {
    const { verdict, get } = await start()
    const day = 86_400
    const old = NOON - 180 * day - 1
    for (const [query, message] of [
      [`start_timestamp=${old}`, '开始时间不能早于 180 天前'],
      [`end_timestamp=${old}`, '结束时间不能早于 180 天前'],
      [
        `start_timestamp=${NOON - day}&end_timestamp=${NOON + 180 * day}`,
        '查询时间跨度不能超过 180 天',
      ],
      ['order=channel_id', "不允许对字段 'channel_id' 进行排序"],
    ]) {
      const expected = isDoneHub ? [false, message] : [true, '']
      expect(await verdict('GET', `/api/log/self?${query}`)).toEqual(expected)
    }
    expect(await verdict('GET', '/api/log/self?order=-id')).toEqual([
      false,
      "不允许对字段 'id' 进行排序",
    ])
    expect(await get('/api/log/self?size=1')).toMatchObject({ total_count: isDoneHub ? 5 : 6 })
    expect(await get('/api/log/self?request_id=r1')).toMatchObject({
      total_count: isDoneHub ? 1 : 6,
    })
  })

  test('stat sums consumption, whatever the type', async () => {
    const { get } = await start()
    const path = `/api/log/self/stat?log_type=1&start_timestamp=${NOON - 3600}`
    expect(await get(path)).toEqual({ quota: 300 })
  })

  test('the dashboard is by day and model and lags behind', async () => {
    const { get, relay, clock } = await start()
    const rows = (await get('/api/user/dashboard')) as { Date: string; CostQuota?: number }[]
    expect(rows.map(({ Date }) => Date)).toEqual(
      ['2026-08-08', '2026-08-09', '2026-08-09'].map((date) =>
        isDoneHub ? date : `${date}T00:00:00Z`,
      ),
    )
    expect(rows[1]).toMatchObject({
      RequestCount: 1,
      Quota: 100,
      PromptTokens: 5,
      CompletionTokens: 7,
      RequestTime: 1840,
      ModelName: 'gpt-4o',
    })
    expect('CostQuota' in rows[1]!).toBe(isDoneHub)
    relay.state.logs.push({ ...relay.state.logs.at(-1)!, createdAtSec: NOON + 300 })
    clock.nowMs += 599_000
    expect(await get('/api/user/dashboard')).toMatchObject([{}, { RequestCount: 1 }, {}])
    clock.nowMs += 1000
    expect(await get('/api/user/dashboard')).toMatchObject([{}, { RequestCount: 2 }, {}])
  })

  test('the rate counts the last minute', async () => {
    const { get } = await start()
    expect(await get('/api/user/dashboard/rate')).toMatchObject({ rpm: 2, maxRPM: 600, tpm: 0 })
  })
})
