// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { Sub2ApiGeneration, Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { ALICE, NOON_MS, ROOT, startTestSite } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

const GENERATIONS = ['old', 'new'] as const
const LOGIN = '/api/v1/auth/login'

async function start(generation: Sub2ApiGeneration, options: Partial<Sub2ApiOptions> = {}) {
  const site = await startTestSite(generation, options)
  open.push(site.close)
  const logIn = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    site.call('POST', LOGIN, {
      body: { email: ALICE.email, password: ALICE.password, ...more },
      headers,
    })
  const me = (authorization: string, headers: Record<string, string> = {}) =>
    site.call('GET', '/api/v1/auth/me', { headers: { ...headers, authorization } })
  return { ...site, logIn, me, alice: site.relay.state.users.get(7)! }
}

function claimsOf(data: unknown) {
  const { access_token: jwt } = data as { access_token: string }
  const text = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()
  return JSON.parse(text) as Record<string, unknown>
}

describe.each(GENERATIONS)('%s: login', (generation) => {
  const isNew = generation === 'new'

  test('gives the tokens of its generation, with readable claims', async () => {
    const { logIn } = await start(generation, { accessTokenSec: 3600 })
    const { status, data } = await logIn({ email: 'Alice@Mail.Example' })
    expect(status).toBe(200)
    expect(data).toMatchObject({ token_type: 'Bearer', user: { id: 7, balance: 12.5 } })
    expect((data as Record<string, unknown>)['expires_in']).toBe(isNew ? 3600 : undefined)
    expect('refresh_token' in (data as object)).toBe(isNew)
    const iat = NOON_MS / 1000
    const claims = claimsOf(data)
    expect(claims).toMatchObject({ user_id: 7, email: ALICE.email, role: 'user', iat, nbf: iat })
    expect(claims).toMatchObject({ exp: iat + 3600, token_version: expect.any(Number) as number })
    expect(['sid', 'bnd'].every((name) => typeof claims[name] === 'string')).toBe(isNew)
  })

  test('refuses what is wrong, in the form of a handler', async () => {
    const { logIn, alice } = await start(generation)
    expect((await logIn({ email: 'alice' })).problem).toEqual([400, 400, undefined])
    expect((await logIn({ password: '' })).problem).toEqual([400, 400, undefined])
    for (const wrong of [{ password: 'guess' }, { email: 'nobody@mail.example' }]) {
      expect((await logIn(wrong)).problem).toEqual([401, 401, 'INVALID_CREDENTIALS'])
    }
    alice.status = 'disabled'
    expect((await logIn()).problem).toEqual([403, 403, 'USER_NOT_ACTIVE'])
  })

  test('wants a solved challenge where one is set up', async () => {
    const { call, logIn } = await start(generation, { turnstile: true })
    const missing = await logIn({ password: 'guess' })
    expect(missing.problem).toEqual([400, 400, 'TURNSTILE_VERIFICATION_FAILED'])
    const page = (await call('GET', '/login')).text
    const token = /name="cf-turnstile-response" value="([^"]+)"/.exec(page)?.[1]
    expect((await logIn({ turnstile_token: token })).status).toBe(200)
    const again = await logIn({ turnstile_token: token })
    expect(again.problem).toEqual([400, 400, 'TURNSTILE_VERIFICATION_FAILED'])
  })

  test('the codes of the token check', async () => {
    const { relay, clock, me, alice } = await start(generation, { accessTokenSec: 60 })
    const { accessToken } = relay.loginPair('alice')
    const code = async (authorization: string) => (await me(authorization)).problem.slice(0, 2)
    expect(await code('')).toEqual([401, 'UNAUTHORIZED'])
    expect(await code(accessToken)).toEqual([401, 'INVALID_AUTH_HEADER'])
    expect(await code(`Token ${accessToken}`)).toEqual([401, 'INVALID_AUTH_HEADER'])
    expect(await code(`bearer ${accessToken}`)).toEqual(
      isNew ? [200, 0] : [401, 'INVALID_AUTH_HEADER'],
    )
    expect(await code(`Bearer ${accessToken}x`)).toEqual([401, 'INVALID_TOKEN'])
    alice.status = 'disabled'
    expect(await code(`Bearer ${accessToken}`)).toEqual([401, 'USER_INACTIVE'])
    alice.status = 'active'
    alice.password = 'another'
    expect(await code(`Bearer ${accessToken}`)).toEqual([401, 'TOKEN_REVOKED'])
    relay.state.users.delete(7)
    expect(await code(`Bearer ${accessToken}`)).toEqual([401, 'USER_NOT_FOUND'])
    clock.nowMs += 60_000
    expect(await code(`Bearer ${accessToken}`)).toEqual([401, 'TOKEN_EXPIRED'])
    relay.state.secret = 'changed'
    expect(await code(`Bearer ${accessToken}`)).toEqual([401, 'INVALID_TOKEN'])
  })

  test('sessionFor is what the page would have stored; cookies mean nothing', async () => {
    const { relay, me } = await start(generation)
    const { cookies, localStorage } = relay.sessionFor('alice')
    expect(cookies).toEqual([])
    const keys = [
      'auth_token',
      'auth_user',
      ...(isNew ? ['refresh_token', 'token_expires_at'] : []),
    ]
    expect(Object.keys(localStorage).sort()).toEqual(keys.sort())
    expect(JSON.parse(localStorage['auth_user'] ?? '')).toMatchObject({ id: 7 })
    expect(localStorage['token_expires_at']).toBe(isNew ? `${NOON_MS + 86_400_000}` : undefined)
    expect((await me(`Bearer ${localStorage['auth_token']}`)).status).toBe(200)
    const byCookie = await me('', { cookie: `auth_token=${localStorage['auth_token']}` })
    expect(byCookie.problem).toEqual([401, 'UNAUTHORIZED', undefined])
    expect(() => relay.sessionFor('nobody')).toThrow('no such user')
  })

  test('logging out leaves the access token alone', async () => {
    const { relay, call, me } = await start(generation)
    const { accessToken, refreshToken } = relay.loginPair('alice')
    for (const body of [undefined, { refresh_token: refreshToken }, { refresh_token: 'rt_1' }]) {
      expect((await call('POST', '/api/v1/auth/logout', { body })).status).toBe(200)
    }
    expect(relay.state.refreshTokens.has(refreshToken)).toBe(false)
    expect((await me(`Bearer ${accessToken}`)).status).toBe(200)
  })
})

describe('new sites', () => {
  test('a second factor is asked for with HTTP 200', async () => {
    const users = [{ ...ALICE, totpCode: '123456' }]
    const { relay, call, clock, logIn } = await start('new', { users })
    const { data } = await logIn()
    expect(data).toEqual({
      requires_2fa: true,
      temp_token: expect.any(String) as string,
      user_email_masked: 'a***@mail.example',
    })
    const { temp_token } = data as { temp_token: string }
    const finish = (totp_code: unknown, token = temp_token) =>
      call('POST', `${LOGIN}/2fa`, { body: { temp_token: token, totp_code } })
    expect((await finish('12345')).problem).toEqual([400, 400, undefined])
    expect((await finish('654321')).problem).toEqual([400, 400, 'TOTP_INVALID_CODE'])
    expect((await finish('123456', 'guess')).json?.['message']).toBe(
      'Invalid or expired 2FA session',
    )
    expect((await finish('123456')).data).toMatchObject({ user: { id: 7 }, expires_in: 86_400 })
    expect((await finish('123456')).status).toBe(400)
    const second = (await logIn()).data as { temp_token: string }
    for (let i = 0; i < 5; i += 1) await finish('000000', second.temp_token)
    const blocked = await finish('123456', second.temp_token)
    expect(blocked.problem).toEqual([429, 429, 'TOTP_TOO_MANY_ATTEMPTS'])
    clock.nowMs += 300_000
    expect((await finish('123456', second.temp_token)).problem).toEqual([400, 400, undefined])
    expect(relay.counters.count('POST', `${LOGIN}/2fa`)).toBe(12)
  })

  test('backend mode is for administrators', async () => {
    const { relay, logIn, me } = await start('new', { backendMode: true })
    expect((await logIn()).problem).toEqual([403, 403, 'BACKEND_MODE_ADMIN_ONLY'])
    const shut = await me(`Bearer ${relay.loginPair('alice').accessToken}`)
    expect(shut.json).toEqual({
      code: 403,
      message: 'Backend mode is active. User self-service is disabled.',
    })
    expect((await logIn({ email: ROOT.email, password: ROOT.password })).status).toBe(200)
    expect((await me(`Bearer ${relay.loginPair('root').accessToken}`)).status).toBe(200)
  })

  test('session binding: another User-Agent ends the family', async () => {
    const { relay, logIn, me } = await start('new', { sessionBinding: true })
    const login = (await logIn({}, { 'user-agent': 'browser' })).data
    const { access_token, refresh_token } = login as Record<string, string>
    const authorization = `Bearer ${access_token}`
    expect((await me(authorization, { 'user-agent': 'browser' })).status).toBe(200)
    expect(relay.state.refreshTokens.has(refresh_token ?? '')).toBe(true)
    const other = await me(authorization, { 'user-agent': 'extension' })
    expect(other.problem).toEqual([401, 'SESSION_BINDING_MISMATCH', undefined])
    expect(relay.state.refreshTokens.has(refresh_token ?? '')).toBe(false)
    const unbound = relay.loginPair('alice').accessToken
    expect((await me(`Bearer ${unbound}`, { 'user-agent': 'any' })).status).toBe(200)
    relay.state.settings.sessionBinding = false
    expect((await me(authorization, { 'user-agent': 'extension' })).status).toBe(200)
  })

  test('revoking all sessions deletes the refresh tokens of the user', async () => {
    const { relay, api } = await start('new')
    const { accessToken: token } = relay.loginPair('alice')
    const bob = relay.loginPair('bob@mail.example').refreshToken
    expect((await api('POST', '/auth/revoke-all-sessions', { token })).status).toBe(200)
    expect([...relay.state.refreshTokens.keys()]).toEqual([bob])
    expect((await api('GET', '/auth/me', { token })).status).toBe(200)
  })
})
