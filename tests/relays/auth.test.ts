// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import {
  ALICE,
  BOB,
  COOKIE_GENERATIONS,
  GENERATIONS,
  HEADER_GENERATIONS,
  JWT_GENERATIONS,
  logIn,
  pair,
  startTestRelay,
  stopTestRelays,
} from './relay-client'

afterEach(stopTestRelays)

const PAT = String(ALICE.accessToken)
const SELF = '/api/user/self'

describe.each(GENERATIONS)('%s: any credential', (generation) => {
  test('a request without login is 401, with a code from G2 on', async () => {
    const { call } = await startTestRelay(generation)
    const { status, json } = await call('GET', SELF)
    expect(status).toBe(401)
    expect(json?.['success']).toBe(false)
    const isNew = generation === 'g2' || generation === 'g3'
    expect(json?.['code']).toBe(isNew ? 'AUTH_UNAUTHORIZED' : undefined)
  })

  test.each([`Bearer ${PAT}`, PAT])('the PAT works as %s', async (authorization) => {
    const { call } = await startTestRelay(generation)
    const { data } = await call('GET', SELF, { headers: { authorization, 'new-api-user': '7' } })
    expect(data).toMatchObject({ id: 7, username: 'alice', quota: 1_000_000 })
  })

  test('a lower-case scheme is understood from G2 on only', async () => {
    const { call } = await startTestRelay(generation)
    const headers = { authorization: `bearer ${PAT}`, 'new-api-user': '7' }
    const { json } = await call('GET', SELF, { headers })
    expect(json?.['success']).toBe(generation === 'g2' || generation === 'g3')
  })

  test('an unknown PAT is HTTP 200 before G2 and 401 from G2 on', async () => {
    const { call } = await startTestRelay(generation)
    const headers = { authorization: 'Bearer nobody', 'new-api-user': '7' }
    const { status, json } = await call('GET', SELF, { headers })
    const isNew = generation === 'g2' || generation === 'g3'
    expect(json?.['success']).toBe(false)
    expect([status, json?.['code']]).toEqual(isNew ? [401, 'AUTH_UNAUTHORIZED'] : [200, undefined])
  })

  test('a disabled user is HTTP 200 before G2 and 401 from G2 on', async () => {
    const { relay, call, alice } = await startTestRelay(generation)
    relay.state.users.get(7)!.status = 2
    const { status, json } = await call('GET', SELF, { headers: alice })
    const isNew = generation === 'g2' || generation === 'g3'
    expect(json?.['success']).toBe(false)
    expect([status, json?.['code']]).toEqual(isNew ? [401, 'AUTH_USER_DISABLED'] : [200, undefined])
  })

  test('a wrong password is a business error', async () => {
    const { call } = await startTestRelay(generation)
    const body = { username: 'alice', password: 'wrong' }
    const { status, json, cookies } = await call('POST', '/api/user/login', { body })
    expect([status, json?.['success'], cookies.size]).toEqual([200, false, 0])
  })

  test('the e-mail logs in too, and a body that is no JSON does not', async () => {
    const { call } = await startTestRelay(generation)
    const body = { username: ALICE.email, password: ALICE.password }
    expect((await call('POST', '/api/user/login', { body })).json?.['success']).toBe(true)
    expect((await call('POST', '/api/user/login')).json?.['success']).toBe(false)
  })
})

describe.each(HEADER_GENERATIONS)('%s: New-Api-User', (generation) => {
  test.each([
    [undefined, '无权进行此操作，未提供 New-Api-User'],
    ['alice', '无权进行此操作，New-Api-User 格式错误'],
    ['8', '无权进行此操作，New-Api-User 与登录用户不匹配'],
  ])('value %s is 401 with the known text', async (value, message) => {
    const { call } = await startTestRelay(generation)
    const headers: Record<string, string> = { authorization: PAT }
    if (value !== undefined) headers['new-api-user'] = value
    const { status, json } = await call('GET', SELF, { headers })
    expect([status, json]).toEqual([401, { success: false, message }])
  })

  test('the cookie wins over the PAT of somebody else', async () => {
    const { call } = await startTestRelay(generation)
    const cookie = pair((await logIn(call)).cookies.get('session'))
    const headers = { authorization: `Bearer ${BOB.accessToken}`, 'new-api-user': '8' }
    const { status, json } = await call('GET', SELF, { headers, cookie })
    expect([status, json?.['message']]).toEqual([
      401,
      '无权进行此操作，New-Api-User 与登录用户不匹配',
    ])
  })
})

test('G1b writes the known texts in English when the browser asks for it, G0 never does', async () => {
  const headers = { authorization: PAT, 'accept-language': 'en-GB,en;q=0.9' }
  const newer = await startTestRelay('g1b')
  expect((await newer.call('GET', SELF, { headers })).json?.['message']).toBe(
    'Unauthorized, New-Api-User header not provided',
  )
  const older = await startTestRelay('g0')
  expect((await older.call('GET', SELF, { headers })).json?.['message']).toContain('未提供')
})

test("the user's own language wins over the browser's", async () => {
  const { relay, call } = await startTestRelay('g1b')
  relay.state.users.get(7)!.language = 'zh'
  const headers = { authorization: PAT, 'accept-language': 'en' }
  expect((await call('GET', SELF, { headers })).json?.['message']).toContain('未提供')
})

describe.each(COOKIE_GENERATIONS)('%s: cookie login', (generation) => {
  test('sets the session cookie with the exact attributes', async () => {
    const { call } = await startTestRelay(generation)
    const { cookies, data } = await logIn(call)
    const attributes = cookies.get('session')?.replace(/^[^;]+/, '')
    const strict = generation === 'one-api' ? '' : '; HttpOnly; SameSite=Strict'
    expect(attributes).toBe(`; Path=/; Max-Age=2592000${strict}`)
    const user = { id: 7, username: 'alice', display_name: 'Alice', role: 1, status: 1 }
    expect(data).toEqual(generation === 'one-api' ? user : { ...user, group: 'default' })
  })

  test('the cookie reads the user, a forged one nothing', async () => {
    const { call } = await startTestRelay(generation)
    const cookie = pair((await logIn(call)).cookies.get('session'))
    const headers = { 'new-api-user': '7' }
    expect((await call('GET', SELF, { headers, cookie })).data).toMatchObject({ id: 7 })
    const forged = `${cookie.slice(0, -2)}xx`
    expect((await call('GET', SELF, { headers, cookie: forged })).status).toBe(401)
  })

  test('after logout the new cookie is no login', async () => {
    const { call } = await startTestRelay(generation)
    const cookie = pair((await logIn(call)).cookies.get('session'))
    const out = await call('GET', '/api/user/logout', { cookie })
    expect(out.json).toEqual({ success: true, message: '' })
    const headers = { 'new-api-user': '7' }
    const empty = pair(out.cookies.get('session'))
    expect((await call('GET', SELF, { headers, cookie: empty })).status).toBe(401)
  })

  test('the browser-session endpoints of G2 are not there', async () => {
    const { call } = await startTestRelay(generation)
    expect((await call('POST', '/api/user/auth/refresh')).status).toBe(404)
    expect((await call('GET', '/api/user/sessions')).status).toBe(404)
  })
})

test('One API needs no user header and ends the session of a banned user', async () => {
  const { relay, call } = await startTestRelay('one-api')
  const cookie = pair((await logIn(call)).cookies.get('session'))
  expect((await call('GET', SELF, { cookie })).data).toMatchObject({ id: 7, access_token: '' })
  relay.state.users.get(7)!.status = 2
  const refused = await call('GET', SELF, { cookie })
  expect([refused.status, refused.json?.['success']]).toEqual([200, false])
  expect(refused.cookies.has('session')).toBe(true)
})

describe.each(JWT_GENERATIONS)('%s: no cookie session', (generation) => {
  test('the user header is ignored, a session cookie means nothing', async () => {
    const { call } = await startTestRelay(generation)
    const headers = { authorization: PAT, 'new-api-user': 'nonsense' }
    expect((await call('GET', SELF, { headers })).status).toBe(200)
    expect((await call('GET', SELF, { cookie: 'session=abc' })).status).toBe(401)
    expect((await call('GET', '/api/user/logout')).status).toBe(404)
  })

  test('a deleted user is AUTH_USER_INVALID', async () => {
    const { relay, call } = await startTestRelay(generation)
    const { access_token: jwt } = (await logIn(call)).data as { access_token: string }
    relay.state.users.delete(7)
    const { status, json } = await call('GET', SELF, {
      headers: { authorization: `Bearer ${jwt}` },
    })
    expect([status, json?.['code']]).toEqual([401, 'AUTH_USER_INVALID'])
  })
})

describe('Turnstile at login', () => {
  test.each(['g0', 'g1b', 'g2'] as const)('%s wants an answer, once', async (generation) => {
    const { relay, call } = await startTestRelay(generation, { turnstile: true })
    expect((await logIn(call)).json?.['message']).toBe('Turnstile token 为空')
    relay.state.turnstileTokens.add('answer')
    const body = { username: 'alice', password: ALICE.password }
    const path = '/api/user/login?turnstile=answer'
    expect((await call('POST', path, { body })).json?.['success']).toBe(true)
    expect((await call('POST', path, { body })).json?.['message']).toBe(
      'Turnstile 校验失败，请刷新重试！',
    )
  })

  test('One API does not ask', async () => {
    const { call } = await startTestRelay('one-api', { turnstile: true })
    expect((await logIn(call)).json?.['success']).toBe(true)
  })
})
