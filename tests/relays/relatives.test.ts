// @vitest-environment node
import { Script } from 'node:vm'

import { afterEach, describe, expect, test } from 'vitest'

import { createNewApiRelay, RELATIVES, type RelayOptions } from '../../e2e/relays/new-api/relay'
import { ALICE, logIn, pair, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const SELF = '/api/user/self'
const PAT = String(ALICE.accessToken)

type Name = keyof typeof RELATIVES

/** A relative with Alice, and the headers that prove her there. */
async function startRelative(name: Name, options: Partial<RelayOptions> = {}) {
  const relative = RELATIVES[name]
  const started = await startTestRelay(options.generation ?? 'g1b', { ...options, relative })
  const user = { [relative.userHeader.toLowerCase()]: '7' }
  return { ...started, user, headers: { authorization: PAT, ...user } }
}

describe.each(Object.keys(RELATIVES) as Name[])('%s', (name) => {
  const { userHeader, title } = RELATIVES[name]
  const isRenamed = userHeader !== 'New-Api-User'

  test('reads its own header and names it', async () => {
    const { call, headers } = await startRelative(name)
    expect((await call('GET', SELF, { headers })).data).toMatchObject({ id: 7 })
    const textFor = async (more: Record<string, string>, language = 'zh') => {
      const given = { authorization: PAT, 'accept-language': language, ...more }
      const { status, json } = await call('GET', SELF, { headers: given })
      return [status, json?.['message']]
    }
    const missing = `无权进行此操作，未提供 ${userHeader}`
    expect(await textFor({})).toEqual([401, missing])
    const upstream = await textFor({ 'new-api-user': '7', 'veloera-user': '7' })
    expect(upstream).toEqual(isRenamed ? [401, missing] : [200, ''])
    expect(await textFor({}, 'en')).toEqual([
      401,
      `Unauthorized, ${userHeader} header not provided`,
    ])
    expect(await textFor({ [userHeader]: '8' })).toEqual([
      401,
      `无权进行此操作，${userHeader} 与登录用户不匹配`,
    ])
  })

  test('has its title and no sign of New API', async () => {
    const { call, relay, headers } = await startRelative(name, { systemName: 'Relay One' })
    const { text, headers: sent } = await call('GET', '/')
    expect(text).toContain(`<title>${title}</title>`)
    expect(text).toContain(`'${userHeader}': String(id)`)
    expect(text).not.toContain('generator')
    expect(() => new Script(/<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? '')).not.toThrow()
    expect(sent.has('x-new-api-version')).toBe(false)
    expect(sent.has('x-oneapi-request-id')).toBe(true)
    await call('GET', SELF, { headers })
    expect(relay.counters.requests().at(-1)?.userIdHeader).toBe('7')
  })
})

test('the site may go by another title, and a build without a user header is none', async () => {
  const relative = { userHeader: 'Rix-Api-User' }
  const { call } = await startTestRelay('g0', { relative, systemName: 'Harbour' })
  expect((await call('GET', '/')).text).toContain('<title>Harbour</title>')
  const create = () => createNewApiRelay({ generation: 'g2', users: [], relative })
  expect(create).toThrow('user header')
})

describe('V-API', () => {
  test('keeps the user in user-storage beside user', async () => {
    const { relay, call } = await startRelative('v-api')
    const { localStorage } = relay.sessionFor('alice')
    const user: unknown = JSON.parse(localStorage['user'] ?? '')
    expect(JSON.parse(localStorage['user-storage'] ?? '')).toMatchObject({ state: { user } })
    expect((await call('GET', '/')).text).toContain(`localStorage.setItem('user-storage'`)
  })

  test('has models at another address and groups as text', async () => {
    const { call, headers } = await startRelative('v-api', {
      groups: {
        default: { ratio: 1.5, desc: '普通分组' },
        auto: { ratio: '自动', desc: 'Automatic' },
      },
    })
    const models = await call('GET', '/api/user/available_models', { headers })
    expect(models.data).toContain('gpt-4o')
    expect((await call('GET', '/api/user/self/groups', { headers })).data).toEqual({
      default: '普通分组=x 1.5倍',
      auto: { ratio: '自动', desc: 'Automatic' },
    })
    const plain = await startTestRelay('g1b')
    const { status } = await plain.call('GET', '/api/user/available_models')
    expect(status).toBe(404)
  })
})

describe('AnyRouter', () => {
  const SIGN_IN = '/api/user/sign_in'
  const XHR = { 'x-requested-with': 'XMLHttpRequest' }

  test('signs in once a day; the second success has an empty message', async () => {
    const { relay, call, user, clock } = await startRelative('any-router')
    const cookie = pair((await logIn(call)).cookies.get('session'))
    const signIn = async () =>
      (await call('POST', SIGN_IN, { cookie, headers: { ...XHR, ...user }, body: {} })).json
    const done = { code: 0, ret: 1, success: true, message: '签到成功' }
    expect(await signIn()).toEqual(done)
    const quota = relay.state.users.get(7)?.quota ?? 0
    expect(quota).toBeGreaterThan(ALICE.quota)
    expect(await signIn()).toEqual({ ...done, message: '' })
    expect(relay.state.users.get(7)?.quota).toBe(quota)
    clock.nowMs += 86_400_000
    expect(await signIn()).toEqual(done)
  })

  test('wants the browser session and an XHR, and has no other check-in', async () => {
    const { call, user, headers } = await startRelative('any-router', { checkinEnabled: true })
    const cookie = pair((await logIn(call)).cookies.get('session'))
    const plain = await call('POST', SIGN_IN, { cookie, headers: user, body: {} })
    expect(plain.json?.['success']).toBe(false)
    const pat = await call('POST', SIGN_IN, { headers: { ...headers, ...XHR }, body: {} })
    expect(pat.status).toBe(401)
    const missing = await call('POST', SIGN_IN, { cookie, headers: XHR, body: {} })
    expect([missing.status, missing.json?.['message']]).toEqual([
      401,
      '无权进行此操作，未提供 New-Api-User',
    ])
    for (const method of ['GET', 'POST']) {
      expect((await call(method, '/api/user/checkin', { headers })).status).toBe(404)
    }
    expect((await call('GET', SIGN_IN, { headers })).status).toBe(404)
    expect((await call('GET', '/api/status')).data).not.toHaveProperty('checkin_enabled')
  })
})

describe('WONG', () => {
  const CHECKIN = '/api/user/checkin'

  test('has a flat check-in status', async () => {
    const { call, headers, clock } = await startRelative('wong', { checkinEnabled: true })
    const read = async () => (await call('GET', CHECKIN, { headers })).data
    const limits = { min_quota: 1000, max_quota: 10_000 }
    const before = { enabled: true, checked_in: false, checked_at: 0, quota: 0, ...limits }
    expect(await read()).toEqual(before)
    const first = await call('POST', CHECKIN, { headers, body: {} })
    expect(first.json).toMatchObject({ success: true, data: { enabled: true, checked_in: true } })
    expect(await read()).toMatchObject({ checked_in: true, checked_at: clock.nowMs / 1000 })
    const again = await call('POST', CHECKIN, { headers, body: {} })
    expect(again.json).toMatchObject({
      success: false,
      message: '今天已经签到过了',
      data: { checked_in: true },
    })
    clock.nowMs += 86_400_000
    expect(await read()).toEqual(before)
  })

  test('says in the data that check-in is off', async () => {
    const { relay, call, headers } = await startRelative('wong', { checkinEnabled: false })
    expect((await call('GET', CHECKIN, { headers })).json).toMatchObject({
      success: true,
      data: { enabled: false },
    })
    expect((await call('POST', CHECKIN, { headers, body: {} })).json).toMatchObject({
      success: false,
      data: { enabled: false, checked_in: false },
    })
    expect(relay.state.checkins).toEqual([])
  })

  test('gives a full key by GET only', async () => {
    const key = 'k'.repeat(48)
    const alice = { ...ALICE, keys: [{ name: 'laptop', key }] }
    const { call, headers } = await startRelative('wong', { users: [alice] })
    const list = await call('GET', '/api/token/?p=1', { headers })
    expect(list.text).toContain('*')
    expect(list.text).not.toContain(key)
    const revealed = await call('GET', '/api/token/1/key', { headers })
    expect([revealed.data, revealed.headers.get('cache-control')]).toEqual([{ key }, 'no-store'])
    expect((await call('GET', '/api/token/2/key', { headers })).json?.['success']).toBe(false)
    expect((await call('POST', '/api/token/1/key', { headers })).status).toBe(404)
    const batch = await call('POST', '/api/token/batch/keys', { headers, body: { ids: [1] } })
    expect(batch.status).toBe(404)
  })
})
