// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { REFRESH_FAULTS, REFRESH_REQUEST } from '../../e2e/relays/sub2api/refresh-faults'
import { ALICE, startTestSite, type SiteAnswer } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

interface Pair {
  access_token: string
  refresh_token: string
  expires_in: number
}

const REFRESH = '/api/v1/auth/refresh'
const pairOf = ({ data }: SiteAnswer) => data as Pair
const claimsOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }

async function start(options: Partial<Sub2ApiOptions> = {}) {
  const site = await startTestSite('new', options)
  open.push(site.close)
  const first = site.relay.loginPair('alice')
  const refresh = (refresh_token: unknown, headers: Record<string, string> = {}) =>
    site.call('POST', REFRESH, { body: { refresh_token }, headers })
  const alice = () => site.relay.state.users.get(7)!
  const outcomes = () => site.relay.state.refreshLog.map(({ outcome }) => outcome)
  return { ...site, first, token: first.refreshToken, refresh, alice, outcomes }
}

const INVALID = [401, 401, 'REFRESH_TOKEN_INVALID']

describe('POST /auth/refresh', () => {
  test('200: the token is used up, the family stays, both lives are full', async () => {
    const { relay, clock, first, token, refresh, outcomes } = await start()
    clock.nowMs += 29 * 86_400_000
    const answer = await refresh(token)
    const pair = pairOf(answer)
    expect(answer.json).toEqual({
      code: 0,
      message: 'success',
      data: {
        access_token: expect.any(String) as string,
        refresh_token: expect.stringMatching(/^rt_[0-9a-f]{64}$/) as string,
        expires_in: 86_400,
        token_type: 'Bearer',
      },
    })
    expect(claimsOf(pair.access_token).sid).toBe(claimsOf(first.accessToken).sid)
    expect([...relay.state.refreshTokens.keys()]).toContain(pair.refresh_token)
    clock.nowMs += 29 * 86_400_000
    expect((await refresh(pair.refresh_token)).status).toBe(200)
    expect(outcomes()).toEqual(['rotated', 'rotated'])
  })

  test('a token is good once; a replay fails and ends nothing', async () => {
    const { relay, api, first, token, refresh, outcomes } = await start()
    const pair = pairOf(await refresh(token))
    expect((await refresh(token)).problem).toEqual(INVALID)
    expect((await api('GET', '/auth/me', { token: first.accessToken })).status).toBe(200)
    expect((await refresh(pair.refresh_token)).status).toBe(200)
    expect(relay.state.refreshUses.get(token)).toBe(2)
    expect(relay.state.refreshUses.get(pair.refresh_token)).toBe(1)
    expect(outcomes()).toEqual(['rotated', 'reason REFRESH_TOKEN_INVALID', 'rotated'])
  })

  test('two at the same instant: one succeeds', async () => {
    const { token, refresh } = await start()
    const answers = await Promise.all([refresh(token), refresh(token)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('400 for a malformed request; nothing is used up', async () => {
    const { relay, call, token, refresh } = await start()
    for (const body of [undefined, {}, { refresh_token: '' }, { refresh_token: 7 }, [token]]) {
      expect((await call('POST', REFRESH, { body })).problem).toEqual([400, 400, undefined])
    }
    expect(relay.state.refreshUses.size).toBe(0)
    expect((await refresh(token)).status).toBe(200)
  })

  test('401 for a token of another form, an unknown, an old and a logged-out one', async () => {
    const { relay, call, clock, token, refresh } = await start({ refreshTokenSec: 3600 })
    expect((await refresh('eyJ.a.b')).problem).toEqual(INVALID)
    expect((await refresh('rt_guess')).problem).toEqual(INVALID)
    clock.nowMs += 3_600_001
    expect((await refresh(token)).problem).toEqual([401, 401, 'REFRESH_TOKEN_EXPIRED'])
    expect((await refresh(token)).problem).toEqual(INVALID)
    const { refreshToken } = relay.loginPair('alice')
    await call('POST', '/api/v1/auth/logout', { body: { refresh_token: refreshToken } })
    expect((await refresh(refreshToken)).problem).toEqual(INVALID)
  })

  test.each(['password', 'email'] as const)('401 TOKEN_REVOKED after a new %s', async (field) => {
    const { alice, token, refresh, relay } = await start()
    alice()[field] = 'new@mail.example'
    expect((await refresh(token)).problem).toEqual([401, 401, 'TOKEN_REVOKED'])
    expect(relay.state.refreshTokens.has(token)).toBe(false)
    expect((await refresh(token)).problem).toEqual(INVALID)
  })

  test('401 SESSION_BINDING_MISMATCH ends the family, and only that one', async () => {
    const { relay, refresh } = await start({ sessionBinding: true })
    const client = { ip: '127.0.0.1', userAgent: 'browser' }
    const { refreshToken } = relay.loginPair('alice', client)
    const other = relay.loginPair('alice', client).refreshToken
    const mismatch = await refresh(refreshToken, { 'user-agent': 'extension' })
    expect(mismatch.problem).toEqual([401, 401, 'SESSION_BINDING_MISMATCH'])
    expect((await refresh(refreshToken, { 'user-agent': 'browser' })).problem).toEqual(INVALID)
    expect((await refresh(other, { 'user-agent': 'browser' })).status).toBe(200)
  })

  test('a session without a binding passes, and its first refresh binds it', async () => {
    const { token, refresh } = await start({ sessionBinding: true })
    const pair = pairOf(await refresh(token, { 'user-agent': 'one' }))
    const late = await refresh(pair.refresh_token, { 'user-agent': 'two' })
    expect(late.problem).toEqual([401, 401, 'SESSION_BINDING_MISMATCH'])
  })

  test('403 USER_NOT_ACTIVE ends the family', async () => {
    const { alice, token, refresh } = await start()
    alice().status = 'disabled'
    expect((await refresh(token)).problem).toEqual([403, 403, 'USER_NOT_ACTIVE'])
    alice().status = 'active'
    expect((await refresh(token)).problem).toEqual(INVALID)
  })

  test('403 in backend mode: used up, and no pair is given; administrators get one', async () => {
    const { relay, token, refresh, outcomes } = await start({ backendMode: true })
    const withheld = await refresh(token)
    expect(withheld.problem).toEqual([403, 403, undefined])
    expect(withheld.json?.['message']).toMatch(/^Backend mode is active/)
    expect((await refresh(token)).problem).toEqual(INVALID)
    expect((await refresh(relay.loginPair('root').refreshToken)).status).toBe(200)
    expect(outcomes()).toEqual(['withheld', 'reason REFRESH_TOKEN_INVALID', 'rotated'])
  })

  test('404 on an old site, which has no refresh tokens', async () => {
    const { call, relay, close } = await startTestSite('old')
    open.push(close)
    expect(relay.loginPair('alice').refreshToken).toBe('')
    const answer = await call('POST', REFRESH, { body: { refresh_token: 'rt_1' } })
    expect([answer.status, answer.text]).toEqual([404, '404 page not found'])
    expect(relay.state.refreshLog[0]?.outcome).toBe('no-route')
  })

  test('429 after thirty in a minute: the token is kept', async () => {
    const { clock, token, refresh, outcomes } = await start({ rateLimits: 'contract' })
    for (let i = 0; i < 30; i += 1) await refresh(`rt_${i}`)
    clock.nowMs += 20_000
    const limited = await refresh(token)
    expect(limited.json).toEqual({
      error: 'rate limit exceeded',
      message: 'Too many requests, please try again later',
    })
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '40'])
    clock.nowMs += 40_000
    expect((await refresh(token)).status).toBe(200)
    expect(outcomes().slice(-2)).toEqual(['limited', 'rotated'])
  })

  test('503 while the store is down: the token is kept, logins get the short form', async () => {
    const { relay, call, token, refresh } = await start()
    relay.state.isRefreshStoreUp = false
    expect((await refresh(token)).problem).toEqual([503, 503, 'SERVICE_UNAVAILABLE'])
    const body = { email: ALICE.email, password: ALICE.password }
    const login = await call('POST', '/api/v1/auth/login', { body })
    expect(Object.keys(login.data as object).sort()).toEqual(['access_token', 'token_type', 'user'])
    relay.state.isRefreshStoreUp = true
    expect((await refresh(token)).status).toBe(200)
  })

  test('faults: refused without a look, or carried out and cut', async () => {
    const { relay, token, refresh, outcomes } = await start()
    relay.faults.set(REFRESH_REQUEST, REFRESH_FAULTS.unavailable, 1)
    relay.faults.set(REFRESH_REQUEST, REFRESH_FAULTS.limited, 1)
    expect((await refresh(token)).problem).toEqual([503, 503, 'SERVICE_UNAVAILABLE'])
    expect((await refresh(token)).status).toBe(429)
    relay.faults.set({ ...REFRESH_REQUEST, userId: 7 }, { kind: 'truncate' }, 1)
    const cut = await refresh(token)
    expect([cut.status, cut.json]).toEqual([200, undefined])
    expect((await refresh(token)).problem).toEqual(INVALID)
    expect(outcomes()).toEqual([
      'unanswered',
      'unanswered',
      'rotated',
      'reason REFRESH_TOKEN_INVALID',
    ])
    expect(relay.state.refreshUses.get(token)).toBe(4)
  })
})
