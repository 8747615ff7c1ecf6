// @vitest-environment node
import { Script } from 'node:vm'

import { afterEach, describe, expect, test } from 'vitest'

import { BOB, logIn, pair, stopTestRelays } from './relay-client'
import { GENERATIONS, PAT, startVeloera } from './veloera-client'

afterEach(stopTestRelays)

const SELF = '/api/user/self'

describe.each(GENERATIONS)('%s: authentication', (generation) => {
  test.each([
    ['nothing', {}, 401, '未登录且未提供 access token'],
    ['only the user header', { 'veloera-user': '7' }, 401, '未登录且未提供 access token'],
    ['a wrong token', { authorization: 'nobody', 'veloera-user': '7' }, 200, 'access token 无效'],
    ['a lower-case scheme', { authorization: `bearer ${PAT}` }, 200, 'access token 无效'],
    ['no user header', { authorization: PAT }, 401, '未提供 Veloera-User'],
    ["New API's header", { authorization: PAT, 'new-api-user': '7' }, 401, '未提供 Veloera-User'],
    ['a word', { authorization: PAT, 'veloera-user': '7x' }, 401, 'Veloera-User 格式错误'],
    ['Bob', { authorization: PAT, 'veloera-user': '8' }, 401, 'Veloera-User 与登录用户不匹配'],
    ['-1', { authorization: PAT, 'veloera-user': '-1' }, 401, 'Veloera-User 与登录用户不匹配'],
  ])('refuses %s', async (_what, headers, status, reason) => {
    const { call } = await startVeloera(generation)
    const answer = await call('GET', SELF, { headers })
    const message = `无权进行此操作，${reason}`
    expect([answer.status, answer.json]).toEqual([status, { success: false, message }])
  })

  test('a cookie needs the header as well, and wins over a token', async () => {
    const { call, byToken, byCookie, cookie } = await startVeloera(generation)
    const bare = await call('GET', SELF, { cookie })
    expect(bare.status).toBe(401)
    expect(bare.json?.['message']).toContain('Veloera-User')
    for (const credential of [byToken, byCookie]) {
      expect((await call('GET', SELF, credential)).data).toMatchObject({ id: 7 })
    }
    const bob = { authorization: String(BOB.accessToken), 'veloera-user': '8' }
    expect((await call('GET', SELF, { headers: bob, cookie })).status).toBe(401)
    const forged = await call('GET', SELF, { headers: bob, cookie: 'session=a.b.c' })
    expect(forged.data).toMatchObject({ id: 8 })
  })

  test('a disabled or broken user is HTTP 200; a cookie keeps what it held at login', async () => {
    const { relay, call, alice, byToken, byCookie } = await startVeloera(generation)
    alice.status = 2
    const banned = { success: false, message: '用户已被封禁' }
    expect((await call('GET', SELF, byToken)).json).toEqual(banned)
    expect((await call('GET', SELF, byCookie)).data).toMatchObject({ status: 2 })
    const [now] = relay.sessionFor('alice').cookies
    const later = { ...byCookie, cookie: `session=${now?.value}` }
    expect((await call('GET', SELF, later)).json).toEqual(banned)
    Object.assign(alice, { status: 1, role: 5 })
    const { json } = await call('GET', SELF, byToken)
    expect(json?.['message']).toBe('无权进行此操作，用户信息无效')
  })

  test('the token is shown in clear until a new one takes its place', async () => {
    const { call, byToken, byCookie, alice } = await startVeloera(generation)
    expect((await call('GET', SELF, byToken)).data).toMatchObject({ access_token: PAT })
    const { data } = await call('GET', '/api/user/token', byCookie)
    expect(data).toMatch(/^[A-Za-z0-9+/=]{28}(?:[A-Za-z0-9+/=]{4})?$/)
    expect((await call('GET', SELF, byToken)).json?.['message']).toContain('access token 无效')
    alice.accessToken = null
    expect((await call('GET', SELF, byCookie)).data).toMatchObject({ access_token: null })
  })

  test('login, its view with empty fields, and logout', async () => {
    const { call } = await startVeloera(generation)
    const { data, cookies } = await logIn(call)
    const filled = { id: 7, username: 'alice', display_name: 'Alice', role: 1, group: 'default' }
    expect(data).toMatchObject({ ...filled, quota: 0, access_token: null, email: '' })
    const cookie = cookies.get('session')
    expect(cookie).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/)
    const headers = { 'veloera-user': '7' }
    const self = await call('GET', SELF, { headers, cookie: pair(cookie) })
    expect(self.data).toMatchObject({ quota: 1_000_000, used_quota: 250_000, request_count: 12 })
    const left = pair((await call('GET', '/api/user/logout')).cookies.get('session'))
    expect((await call('GET', SELF, { headers, cookie: left })).status).toBe(401)
    const body = { username: 'alice', password: 'wrong' }
    const wrong = await call('POST', '/api/user/login', { body })
    expect(wrong.json?.['message']).toBe('用户名或密码错误，或用户已被封禁')
  })
})

describe('recognition', () => {
  const OWN = `
    version start_time email_verification github_oauth github_client_id linuxdo_oauth
    linuxdo_client_id telegram_oauth telegram_bot_name system_name logo footer_html
    wechat_qrcode wechat_login server_address price min_topup turnstile_check
    turnstile_site_key top_up_link docs_link quota_per_unit display_in_currency
    enable_batch_update enable_drawing enable_task enable_data_export
    data_export_default_time default_collapse_sidebar enable_online_topup mj_notify_enabled
    chats demo_site_enabled self_use_mode_enabled oidc_enabled oidc_client_id
    oidc_authorization_endpoint setup check_in_enabled`
  const SINCE_V4 = `
    linuxdo_minimum_trust_level idcflare_oauth idcflare_client_id
    idcflare_minimum_trust_level aff_enabled log_chat_content_enabled`
  const words = (text: string) => text.trim().split(/\s+/)

  test.each(GENERATIONS)('%s: status, title and text page', async (generation) => {
    const { call } = await startVeloera(generation, { systemName: 'My Site' })
    const status = (await call('GET', '/api/status')).data as Record<string, unknown>
    expect(status).toMatchObject({ system_name: 'My Site', price: 7.3, check_in_enabled: false })
    const keys = words(generation === 'v3' ? OWN : OWN + SINCE_V4)
    expect(Object.keys(status).sort()).toEqual(keys.sort())
    const page = await call('GET', '/any/page')
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining('<title>Veloera</title>'),
    ])
    const { headers } = await call('GET', '/veloera')
    expect(headers.get('content-type')).toMatch(generation === 'v4' ? /^text\/plain/ : /html/)
  })

  test.each(GENERATIONS)('%s: unknown paths and slashes', async (generation) => {
    const { call } = await startVeloera(generation)
    for (const path of ['/api/x/y', '/v1/x', '/v1beta/models', '/assets/a.js']) {
      const { status, json } = await call('GET', path)
      const error = { type: 'invalid_request_error', param: '', code: '' }
      expect([status, json]).toEqual([
        404,
        { error: { ...error, message: `Invalid URL (GET ${path})` } },
      ])
    }
    const get = await call('GET', '/api/token?p=0')
    expect([get.status, get.headers.get('location')]).toEqual([301, '/api/token/?p=0'])
    expect((await call('POST', '/api/token')).status).toBe(307)
  })

  test.each(GENERATIONS)('%s: paths of New API', async (generation) => {
    const { call, alice, byToken } = await startVeloera(generation)
    const checkin = () => call('GET', '/api/user/checkin?month=2026-08', byToken)
    expect((await call('GET', '/api/user/checkin')).status).toBe(401)
    const { status, json } = await checkin()
    expect([status, json?.['message']]).toEqual([200, '无权进行此操作，权限不足'])
    alice.role = 10
    const admin = (await checkin()).json?.['message']
    expect(admin).toBe('strconv.Atoi: parsing "checkin": invalid syntax')
    expect((await call('POST', '/api/user/checkin', byToken)).status).toBe(404)
    expect((await call('GET', '/api/usage/token/', byToken)).status).toBe(404)
    expect((await call('POST', '/api/token/1/key', byToken)).status).toBe(404)
  })
})

describe('user', () => {
  const models = [
    { name: 'gpt-4o', ratio: 1.25, completionRatio: 4, groups: ['default', 'vip'] },
    { name: 'opus', prefix: 'fast/', isAlsoPlain: true },
    { name: 'draw', quotaType: 1 as const, price: 0.1, groups: ['staff'] },
  ]
  const privateGroups = { staff: 0.5 }

  test.each(GENERATIONS)('%s: groups, models and invitation', async (generation) => {
    const { call, alice, byToken } = await startVeloera(generation, { models, privateGroups })
    const read = async (path: string) => (await call('GET', path, byToken)).data
    const shared = {
      default: { ratio: 1, desc: '默认分组' },
      vip: { ratio: 0.8, desc: 'vip分组' },
    }
    expect(await read('/api/user/models')).toEqual(['fast/opus', 'gpt-4o'])
    expect(await read('/api/user/self/groups')).toEqual(shared)
    alice.group = 'staff'
    const staff = { ratio: 0.5, desc: '用户分组' }
    expect(await read('/api/user/self/groups')).toEqual({ ...shared, staff })
    expect((await call('GET', '/api/user/groups')).data).toEqual(shared)
    expect(await read('/api/user/aff')).toMatch(/^\w{4}$/)
    const few = await startVeloera(generation, { models: [] })
    expect((await few.call('GET', '/api/user/models', few.byToken)).data).toBeNull()
  })

  test.each(GENERATIONS)('%s: prices know the cookie only', async (generation) => {
    const { relay, call, alice, byToken } = await startVeloera(generation, {
      models,
      privateGroups,
    })
    alice.group = 'staff'
    const [now] = relay.sessionFor('alice').cookies
    const own = (await call('GET', '/api/pricing', { cookie: `session=${now?.value}` })).json
    expect(own).toMatchObject({ group_ratio: { staff: 0.5 }, usable_group: { staff: '用户分组' } })
    const { json } = await call('GET', '/api/pricing', byToken)
    expect(json).toMatchObject({
      group_ratio: { default: 1, vip: 0.8 },
      usable_group: { default: '默认分组', '': '用户分组' },
    })
    const names = (json?.['data'] as { model_name: string }[]).map((row) => row.model_name)
    const twin = generation === 'v3' ? ['opus'] : []
    expect(names).toEqual(['fast/opus', 'gpt-4o', 'draw', ...twin])
  })

  test('V4 v0.5.12 has a subscription quota beside the balance', async () => {
    const { call, byToken } = await startVeloera('v4', { subscriptionQuota: 250 })
    expect((await call('GET', SELF, byToken)).data).toMatchObject({ subscription_quota: 250 })
    for (const older of [
      await startVeloera('v4'),
      await startVeloera('v3', { subscriptionQuota: 250 }),
    ]) {
      const { data } = await older.call('GET', SELF, older.byToken)
      expect(data).not.toHaveProperty('subscription_quota')
    }
  })

  test('V4 has messages, which are null when there are none', async () => {
    const messages = [{ title: 'Hi', content: '**new**', createdAtSec: 0, to: ['alice'] }]
    const { call, byToken } = await startVeloera('v4', { messages })
    const list = async (query: string, caller = byToken) =>
      (await call('GET', `/api/user/messages/?p=1${query}`, caller)).data
    const row = { id: 1, title: 'Hi', format: 'markdown', created_at: '1970-01-01T00:00:00Z' }
    expect(await list('&page_size=20')).toMatchObject({
      items: [{ ...row, is_read: false, read_at: null }],
      total: 1,
    })
    expect(await list('')).toMatchObject({ items: null, total: 1, page_size: 0 })
    const unread = async () => (await call('GET', '/api/user/messages/unread_count', byToken)).data
    expect(await unread()).toEqual({ unread_count: 1 })
    await call('PUT', '/api/user/messages/1/read', byToken)
    expect(await unread()).toEqual({ unread_count: 0 })
    const old = await startVeloera('v3', { messages })
    expect((await old.call('GET', '/api/user/messages/unread_count', byToken)).status).toBe(404)
  })

  test('notice and other texts are public', async () => {
    const { relay, call } = await startVeloera('v3')
    relay.state.texts.notice = '# Hello'
    expect((await call('GET', '/api/notice')).data).toBe('# Hello')
  })
})

describe('front end', () => {
  test.each(GENERATIONS)('%s: stores the user at login only', async (generation) => {
    const { relay, call } = await startVeloera(generation, { turnstile: true })
    const { text } = await call('GET', '/login')
    const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? ''
    expect(() => new Script(script)).not.toThrow()
    expect(script.split(`localStorage.setItem('user'`).length).toBe(2)
    const token = /name="cf-turnstile-response" value="([^"]+)"/.exec(text)?.[1]
    expect(relay.state.turnstileTokens.has(token ?? '')).toBe(true)
    const stored = relay.sessionFor('alice').localStorage
    expect(JSON.parse(stored['user'] ?? '')).toMatchObject({ id: 7, quota: 0, access_token: null })
    expect(stored).toMatchObject({ quota_per_unit: '500000', display_in_currency: 'true' })
    expect(JSON.parse(stored['chats'] ?? '')).toBeInstanceOf(Array)
  })
})

describe('limits and faults', () => {
  test('three buckets per IP, all with an empty 429', async () => {
    const { relay, call, clock } = await startVeloera('v3', { rateLimits: 'contract' })
    const passed = async (method: string, path: string, count: number) => {
      let passing = 0
      for (let i = 0; i < count; i += 1) {
        if ((await call(method, path)).status !== 429) passing += 1
      }
      return passing
    }
    expect(await passed('POST', '/api/user/login', 22)).toBe(20)
    expect(await passed('GET', '/v1/dashboard/billing/usage', 160)).toBe(158)
    const refused = await call('GET', '/api/status')
    expect([refused.status, refused.text, refused.headers.get('retry-after')]).toEqual([
      429,
      '',
      null,
    ])
    expect(await passed('GET', '/', 61)).toBe(60)
    expect((await call('GET', '/v1/models')).status).toBe(401)
    relay.resetRateLimits()
    expect(await passed('POST', '/api/user/login', 1)).toBe(1)
    clock.nowMs += 180_000
    expect((await call('GET', '/')).status).toBe(200)
  })

  test('requests are counted by route and user header; a fault meets one user', async () => {
    const { relay, call, byToken } = await startVeloera('v4')
    relay.faults.set({ userId: 7, path: SELF }, { kind: 'wrong-user', userId: 8 }, 1)
    expect((await call('GET', SELF, byToken)).data).toMatchObject({ id: 8 })
    expect((await call('GET', SELF, byToken)).data).toMatchObject({ id: 7 })
    await call('GET', '/api/token/3', byToken)
    expect(relay.counters.count('GET', '/api/token/:id')).toBe(1)
    expect(relay.counters.requests()[0]).toMatchObject({ userIdHeader: '7', status: 200 })
  })
})
