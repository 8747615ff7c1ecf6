// @vitest-environment node
import { Script } from 'node:vm'

import { afterEach, describe, expect, test } from 'vitest'

import { sealCookie } from '../../e2e/relays/kit/signing'
import { createDoneHubRelay } from '../../e2e/relays/done-hub/relay'
import { ALICE_PAT, BOB_PAT, BOB_SEED, BY_TOKEN, startHub, VARIANTS } from './done-hub-client'
import { logIn, pair, stopTestRelays, type Caller } from './relay-client'

afterEach(stopTestRelays)

const SELF = '/api/user/self'
const TOO_LOW = '无权进行此操作，权限不足'
const DONE_HUB_KEYS = [
  'linuxDo_oauth',
  'linuxDo_client_id',
  'language_switch_prompt_enabled',
  'invite_code_register',
  'user_agreement_enabled',
  'privacy_policy_enabled',
  'quota_remind_threshold',
  'builtin_chat_enabled',
  'GeminiAPIEnabled',
  'ClaudeAPIEnabled',
  'max_log_query_days',
]

describe.each(VARIANTS)('%s: site', (variant) => {
  const isDoneHub = variant === 'done-hub'

  test('status has the keys of the family, and DoneHub its own', async () => {
    const { call } = await startHub(variant, { turnstile: true })
    const { data, headers } = await call('GET', '/api/status')
    expect(headers.get('x-oneapi-request-id')).toMatch(/^\d{24}$/)
    expect(data).toMatchObject({
      quota_per_unit: 500_000,
      PaymentUSDRate: 7.3,
      EnableSafe: false,
      UptimeEnabled: false,
      turnstile_check: true,
      chat_links: '[]',
    })
    const keys = Object.keys(data as object)
    expect(keys.filter((key) => DONE_HUB_KEYS.includes(key))).toEqual(
      isDoneHub ? DONE_HUB_KEYS : [],
    )
    expect(keys.length).toBe(isDoneHub ? 46 : 35)
    for (const key of ['price', 'checkin_enabled', 'check_in_enabled', 'chats', 'setup']) {
      expect(keys).not.toContain(key)
    }
  })

  test('unknown API paths are 404, missing slashes redirect, the rest is the page', async () => {
    const { call } = await startHub(variant)
    const unknown = await call('POST', '/api/user/checkin')
    expect([unknown.status, unknown.json]).toEqual([
      404,
      {
        error: {
          message: 'Invalid URL (POST /api/user/checkin)',
          type: 'invalid_request_error',
          param: '',
          code: '',
        },
      },
    ])
    for (const path of ['/api/user/self/groups', '/api/pricing', '/api/usage/token/', '/v1x']) {
      expect((await call('GET', path)).status).toBe(404)
    }
    const get = await call('GET', '/api/token?page=2')
    expect([get.status, get.headers.get('location')]).toEqual([301, '/api/token/?page=2'])
    expect((await call('PUT', '/api/token')).status).toBe(307)
    expect((await call('GET', '/panel/token')).headers.get('content-type')).toContain('text/html')
  })

  test('the page has a constant title and stores no user', async () => {
    const { call, relay } = await startHub(variant, { systemName: 'Corner <Relay>' })
    const { text } = await call('GET', '/')
    expect(text).toContain(`<title>${isDoneHub ? 'Done' : 'One'} Hub</title>`)
    expect(text).toContain('<h1>Corner &lt;Relay&gt;</h1>')
    const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? ''
    expect(() => new Script(script)).not.toThrow()
    expect(script).toContain('/api/user/self')
    expect(script).not.toContain(`setItem('user'`)
    const { localStorage, cookies } = relay.sessionFor('alice')
    expect(Object.keys(localStorage)).not.toContain('user')
    expect(JSON.parse(localStorage['siteInfo'] ?? '')).toMatchObject({ quota_per_unit: 500_000 })
    expect(cookies).toMatchObject([{ name: 'session', httpOnly: true, sameSite: 'Strict' }])
    expect(() => relay.sessionFor('nobody')).toThrow('no such user')
  })

  test('texts are public; the legal ones are DoneHub’s', async () => {
    const { call, relay } = await startHub(variant)
    relay.state.texts.notice = 'Maintenance on Sunday'
    expect((await call('GET', '/api/notice')).data).toBe('Maintenance on Sunday')
    expect((await call('GET', '/api/user_agreement')).status).toBe(isDoneHub ? 200 : 404)
  })
})

describe('relay-only node', () => {
  test('answers its health and models, and nothing about accounts', async () => {
    const { call } = await startHub('done-hub', { relayOnly: true })
    expect((await call('GET', '/health')).json).toEqual({ status: 'ok' })
    expect((await call('GET', '/api/status')).text).toContain('Invalid URL (GET /api/status)')
    expect((await call('GET', '/')).status).toBe(404)
    expect((await call('GET', '/v1/models')).status).toBe(401)
    const setUp = () => createDoneHubRelay({ variant: 'one-hub', relayOnly: true, users: [] })
    expect(setUp).toThrow('One Hub has no relay-only nodes')
  })

  test('a slave node sends unknown paths elsewhere', async () => {
    const { call } = await startHub('one-hub', { frontendBaseUrl: 'https://front.example' })
    const { status, headers } = await call('GET', '/panel?a=1')
    expect([status, headers.get('location')]).toEqual([301, 'https://front.example/panel?a=1'])
  })
})

async function refusal(call: Caller, headers: Record<string, string>, cookie?: string) {
  const { status, json } = await call('GET', SELF, { headers, ...(cookie ? { cookie } : {}) })
  return [status, json?.['message']]
}

describe.each(VARIANTS)('%s: authentication', (variant) => {
  const isDoneHub = variant === 'done-hub'

  test('takes the access token with and without Bearer, and says why it refuses', async () => {
    const { call, relay } = await startHub(variant, {})
    expect((await call('GET', SELF, { headers: { authorization: ALICE_PAT } })).data).toMatchObject(
      { id: 7 },
    )
    expect((await call('GET', SELF, { headers: BY_TOKEN })).data).toMatchObject({ id: 7 })
    expect(await refusal(call, {})).toEqual([401, '无权进行此操作，未登录且未提供 access token'])
    const wrong = [200, '无权进行此操作，access token 无效']
    expect(await refusal(call, { authorization: `bearer ${ALICE_PAT}` })).toEqual(wrong)
    expect(await refusal(call, { authorization: 'sk-key' })).toEqual(wrong)
    relay.state.users.get(7)!.status = 2
    expect(await refusal(call, BY_TOKEN)).toEqual([200, '用户已被封禁'])
  })

  test('the cookie outranks the token silently', async () => {
    const { call, cookieOf } = await startHub(variant)
    const cookie = cookieOf('alice')
    const headers = { authorization: `Bearer ${BOB_PAT}` }
    expect((await call('GET', SELF, { headers, cookie })).data).toMatchObject({ id: 7 })
    const wrong = { authorization: 'Bearer nonsense' }
    expect((await call('GET', SELF, { headers: wrong, cookie })).data).toMatchObject({ id: 7 })
    expect((await call('GET', SELF, { headers, cookie: 'session=forged' })).data).toMatchObject({
      id: 8,
    })
  })

  test('only DoneHub re-reads the user of a cookie', async () => {
    const { call, relay, cookieOf } = await startHub(variant)
    const cookie = cookieOf('alice')
    const noId = `session=${sealCookie(relay.state.secret, { username: 'alice' })}`
    expect(await refusal(call, {}, noId)).toEqual([
      200,
      isDoneHub ? '无权进行此操作，会话无效' : 'record not found',
    ])
    relay.state.users.get(7)!.status = 2
    expect(await refusal(call, {}, cookie)).toEqual([200, isDoneHub ? '用户已被封禁' : ''])
    relay.state.users.delete(7)
    expect(await refusal(call, {}, cookie)).toEqual([
      200,
      isDoneHub ? '无权进行此操作，用户校验失败' : 'record not found',
    ])
  })

  test('login asks for no Turnstile and gives a strict cookie that logout empties', async () => {
    const { call } = await startHub(variant, { turnstile: true })
    const login = await logIn(call)
    expect(login.data).toMatchObject({ id: 7, display_name: 'Alice', access_token: '', quota: 0 })
    const cookie = login.cookies.get('session')
    expect(cookie).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/)
    expect((await call('GET', SELF, { cookie: pair(cookie) })).data).toMatchObject({ id: 7 })
    const logout = await call('GET', '/api/user/logout', { cookie: pair(cookie) })
    const emptied = pair(logout.cookies.get('session'))
    expect((await call('GET', SELF, { cookie: emptied })).status).toBe(401)
    const body = { username: 'alice', password: 'wrong' }
    const wrong = await call('POST', '/api/user/login', { body })
    expect([wrong.status, wrong.json?.['success'], wrong.cookies.size]).toEqual([200, false, 0])
  })

  test('New API paths are caught by routes of administrators', async () => {
    const { call, verdict } = await startHub(variant)
    for (const name of ['checkin', 'models', 'groups', 'check_in_status']) {
      expect(await verdict('GET', `/api/user/${name}`)).toEqual([false, TOO_LOW])
    }
    expect(await verdict('GET', '/api/channel/search')).toEqual([false, TOO_LOW])
    const headers = { authorization: BOB_PAT }
    const { json } = await call('GET', '/api/user/checkin', { headers })
    expect(json?.['message']).toBe('strconv.Atoi: parsing "checkin": invalid syntax')
  })
})

describe.each(VARIANTS)('%s: user', (variant) => {
  const isDoneHub = variant === 'done-hub'

  test('self shows the live token; asking for a token makes a new one', async () => {
    const { call, get } = await startHub(variant)
    const self = (await get(SELF)) as Record<string, unknown>
    expect(self).toMatchObject({ access_token: ALICE_PAT, quota: 1_000_000, used_quota: 250_000 })
    expect(Object.keys(self).length).toBe(isDoneHub ? 40 : 28)
    expect(await get('/api/user/aff')).toBe(self['aff_code'])
    expect(self['aff_code']).toMatch(/^\w{4}$/)
    const renewed = String(await get('/api/user/token'))
    expect(renewed).toMatch(/^[0-9a-f]{32}$/)
    expect(renewed).not.toBe(ALICE_PAT)
    expect(await get(SELF)).toBeUndefined()
    const headers = { authorization: renewed }
    expect((await call('GET', SELF, { headers })).data).toMatchObject({ access_token: renewed })
  })

  test('a code is good once and leaves a log with its amount', async () => {
    const code = 'c0de'.repeat(8)
    const { relay, call, get, verdict } = await startHub(variant, {
      redemptions: { [code]: 250_000 },
    })
    const redeem = (key: unknown) => verdict('POST', '/api/user/topup', { key })
    expect(await redeem('')).toEqual([false, '未提供兑换码'])
    expect(await redeem('other')).toEqual([false, '兑换失败，无效的兑换码'])
    const done = await call('POST', '/api/user/topup', { headers: BY_TOKEN, body: { key: code } })
    expect(done.data).toBe(250_000)
    expect(await redeem(code)).toEqual([false, '兑换失败，该兑换码已被使用'])
    expect(relay.books.codes).toMatchObject([{ userId: 7, code, amount: 250_000 }])
    expect(relay.state.users.get(7)?.quota).toBe(1_250_000)
    expect(await get('/api/log/self?log_type=1')).toMatchObject({
      data: [{ quota: 250_000, content: '通过兑换码充值 ＄0.500000 额度，兑换码ID 1' }],
    })
  })

  test('a fault can answer for another user', async () => {
    const { relay, get } = await startHub(variant)
    relay.faults.set({ path: SELF, userId: 7 }, { kind: 'wrong-user', userId: 8 })
    expect(await get(SELF)).toMatchObject({ id: 8 })
    expect(relay.counters.requests()[0]).toMatchObject({ route: SELF, userIdHeader: null })
  })
})

describe.each(VARIANTS)('%s: groups and models', (variant) => {
  const isDoneHub = variant === 'done-hub'

  test('groups are public ones and, by cookie only, the own one', async () => {
    const users = [{ ...BOB_SEED, group: 'vip' }]
    const { call, cookieOf } = await startHub(variant, { users })
    const path = '/api/user_group_map'
    const headers = { authorization: BOB_PAT }
    const open = (await call('GET', path, { headers })).data as Record<string, object>
    expect(Object.keys(open)).toEqual(['default'])
    expect(open['default']).toMatchObject({ symbol: 'default', ratio: 1, api_rate: 600 })
    expect('description' in open['default']!).toBe(isDoneHub)
    const own = (await call('GET', path, { cookie: cookieOf('bob') })).data
    expect(own).toMatchObject({ vip: { name: 'VIP', public: false, ratio: 0.8, enable: true } })
  })

  test('DoneHub also lists what a key still names', async () => {
    const users = [{ ...BOB_SEED, keys: [{ name: 'old', backupGroup: 'vip' }] }]
    const { call, cookieOf } = await startHub(variant, { users })
    const { data } = await call('GET', '/api/user_group_map', { cookie: cookieOf('bob') })
    const groups = data as Record<string, { inaccessible?: boolean }>
    expect(groups['vip']?.inaccessible).toBe(isDoneHub ? true : undefined)
    expect(groups['default']).not.toHaveProperty('inaccessible')
  })

  test('models show prices, wildcards, missing prices and owners', async () => {
    const { call } = await startHub(variant, {
      models: {
        'gpt-4o': ['default', 'vip'],
        'gemini-x': ['default'],
        odd: ['default'],
        v: ['vip'],
      },
      prices: [
        {
          model: 'gpt-4o',
          type: 'tokens',
          channel_type: 1,
          input: 1.25,
          output: 5,
          long_context: { threshold: 272_000, input_ratio: 2, output_ratio: 1.5 },
        },
        { model: 'gemini-*', type: 'times', channel_type: 25, input: 20, output: 20 },
      ],
    })
    const { data, headers } = await call('GET', '/api/available_model', {
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    const models = data as Record<string, { price: object }>
    expect(models).toMatchObject({
      'gpt-4o': { groups: ['default'], owned_by: 'OpenAI', price: { input: 1.25, locked: false } },
      'gemini-x': { owned_by: 'Google Gemini', price: { model: 'gemini-*', type: 'times' } },
      odd: { owned_by: '未知', price: { model: '', channel_type: 0, input: 30, output: 30 } },
    })
    expect(Object.keys(models)).not.toContain('v')
    expect('long_context' in models['gpt-4o']!.price).toBe(isDoneHub)
    expect(models['gpt-4o']!.price).toMatchObject({ model_info: { tags: [] } })
  })

  test('price and owner tables are public', async () => {
    const { call, relay, verdict } = await startHub(variant)
    expect((await call('GET', '/api/prices')).data).toHaveLength(5)
    expect(await verdict('GET', '/api/prices?type=old')).toEqual([false, TOO_LOW])
    const headers = { authorization: BOB_PAT }
    expect((await call('GET', '/api/prices?type=old', { headers })).json).toHaveLength(5)
    relay.state.prices.length = 0
    expect(await verdict('GET', '/api/prices?type=db')).toEqual([false, 'pricing data not found'])
    expect((await call('GET', '/api/ownedby')).data).toMatchObject({ '1': { name: 'OpenAI' } })
    expect((await call('GET', '/api/model_ownedby/')).data).toMatchObject([
      { id: 1 },
      { id: 14 },
      {},
      {},
    ])
    expect((await call('GET', '/api/model_info/')).data).toMatchObject([
      { model: 'gpt-4o', input_modalities: '["text"]', tags: '[]' },
    ])
  })
})

describe.each([
  ['done-hub', 300, 200],
  ['one-hub', 180, 20],
] as const)('%s: rate limits', (variant, web, critical) => {
  async function passed(call: Caller, method: string, path: string, count: number) {
    let allowed = 0
    for (let i = 0; i < count; i += 1) {
      const { status, text } = await call(method, path)
      if (status === 429) expect(text).toBe('')
      else allowed += 1
    }
    return allowed
  }

  test('are by scope, with an empty body', async () => {
    const { call, clock, relay } = await startHub(variant, { rateLimits: 'contract' })
    expect(await passed(call, 'GET', '/', web + 1)).toBe(web)
    expect(await passed(call, 'POST', '/api/user/login', critical + 1)).toBe(critical)
    const left = 300 - critical - 1
    expect(await passed(call, 'GET', '/api/status', left + 1)).toBe(left)
    expect((await call('GET', '/dashboard/billing/usage')).status).toBe(429)
    expect((await call('GET', '/v1/models')).status).toBe(401)
    clock.nowMs += 180_000
    expect(await passed(call, 'GET', '/api/status', 1)).toBe(1)
    expect(await passed(call, 'POST', '/api/user/login', 1)).toBe(0)
    relay.resetRateLimits()
    expect(await passed(call, 'POST', '/api/user/login', 1)).toBe(1)
  })
})
