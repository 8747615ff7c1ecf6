import { describe, expect, test } from 'vitest'

import { sendJson } from '@/tests/net/loopback'

import { failureIn, valueOf } from './site-client'
import { json, loopbackSite, SETTINGS, sub2ApiAt, sub2ApiSite } from './sub2api-client'

const { sessions } = sub2ApiAt('http://127.0.0.1:1')

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (claims: object) => `${encode({ alg: 'HS256' })}.${encode(claims)}.c2lnbmF0dXJl`

const EXP = 1_790_000_000
const PAGE = {
  auth_token: jwt({ user_id: 7, exp: EXP, email: 'ä@ö.example?>' }),
  refresh_token: `rt_${'0'.repeat(64)}`,
  token_expires_at: '1790000001000',
  auth_user: '{"id":7,"email":"a@b.c"}',
}

const read = (values: Record<string, string | null>) => sessions.readPage({ values })

describe('what a page keeps', () => {
  test('is read as it is', () => {
    expect(read(PAGE)).toEqual({
      userId: '7',
      bearer: PAGE.auth_token,
      expiresAtMs: 1_790_000_001_000,
      refreshToken: PAGE.refresh_token,
    })
  })

  test.each<[string, Record<string, string | null>]>([
    ['an old page', { refresh_token: null, token_expires_at: null }],
    ['an end that is no number', { token_expires_at: 'soon' }],
    ['an end of nothing', { token_expires_at: '0' }],
  ])('%s: the token itself tells how long it lives', (_, values) => {
    expect(read({ ...PAGE, ...values })?.expiresAtMs).toBe(EXP * 1000)
  })

  test('a token that cannot be read lives as long as the page says', () => {
    expect(read({ ...PAGE, auth_token: 'opaque' })).toMatchObject({ bearer: 'opaque' })
  })

  test.each<[string, Record<string, string | null>]>([
    ['no token', { auth_token: null }],
    ['an empty token', { auth_token: '' }],
    ['a token that fits no header', { auth_token: 'a\nb' }],
    ['no user', { auth_user: null }],
    ['a broken user', { auth_user: '{"id":' }],
    ['a user id as text', { auth_user: '{"id":"7"}' }],
    ['a user id that is none', { auth_user: '{"id":0}' }],
    ["a token that is somebody else's", { auth_user: '{"id":8}' }],
    ['no end at all', { auth_token: 'opaque', token_expires_at: null }],
  ])('nobody is logged in with %s', (_, values) => {
    expect(read({ ...PAGE, ...values })).toBeNull()
  })

  test('nothing at all', async () => {
    expect(read({})).toBeNull()
    const { adapter, ctx } = sub2ApiAt('http://127.0.0.1:1')
    expect(failureIn(await adapter.readSession(ctx, { values: {} }))).toEqual({
      class: 'login',
      reason: 'no-session-in-page',
    })
  })
})

describe('the login of a page', () => {
  test("is refused when the site answers as somebody else's", async () => {
    const { adapter, ctx, pageOf, relay } = await sub2ApiSite('new')
    relay.faults.set({ path: '/api/v1/auth/me' }, { kind: 'wrong-user', userId: 8 })
    expect(failureIn(await adapter.readSession(ctx, pageOf('alice'))).class).toBe('identity')
  })

  test('that has ended is told as it is', async () => {
    const clock = { nowMs: Date.now() }
    const { adapter, ctx, pageOf, relay } = await sub2ApiSite('new', { now: () => clock.nowMs })
    const page = pageOf('alice')
    clock.nowMs += 25 * 3_600_000
    expect(failureIn(await adapter.readSession(ctx, page))).toMatchObject({
      class: 'login',
      reason: 'token-expired',
    })
    expect(relay.state.refreshLog).toEqual([])
  })

  test('without a refresh token does not make a server old', async () => {
    const { adapter, ctx, pageOf, relay } = await sub2ApiSite('new')
    relay.state.isRefreshStoreUp = false
    const page = pageOf('alice')
    expect(page.values['refresh_token']).toBeNull()
    expect(valueOf(await adapter.readSession(ctx, page)).generation).toBe('sub2api-new')
  })
})

describe('the generation', () => {
  test.each([
    ['is unknown behind a limit', json({ code: 'RATE_LIMITED', message: 'x' }, 429), 'limit'],
    ['is unknown on a broken server', json({}, 500), 'server'],
  ])('%s', async (_, answer, kind) => {
    const { adapter, ctx } = await loopbackSite(answer)
    expect(failureIn(await adapter.probeGeneration(ctx, null)).class).toBe(kind)
  })
})

describe('how pages renew', () => {
  const renewalAt = async (version: unknown) => {
    const site = await loopbackSite((_, response) => sendJson(response, {}, 404), {
      ...SETTINGS,
      version,
    })
    return valueOf(await site.sessions.pageRenewal(site.ctx))
  }

  test.each(['0.1.170', '0.1.177', 'v0.1.170', '0.1.1000', '0.2.0', '1.0.0', '0.1.171-rc1'])(
    'under a lock since 0.1.170: %s',
    async (version) => {
      expect(await renewalAt(version)).toEqual({
        lock: 'sub2api-auth-token-refresh',
        path: '/api/v1/auth/refresh',
        keys: {
          access: 'auth_token',
          refresh: 'refresh_token',
          expires: 'token_expires_at',
          user: 'auth_user',
        },
      })
    },
  )

  test.each(['0.1.169', '0.1.1', '0.0.999', '', 'dev', '0.1', 170, null])(
    'by themselves alone: %s',
    async (version) => {
      expect(await renewalAt(version)).toBeNull()
    },
  )

  test('is unknown when the site does not tell', async () => {
    const site = await loopbackSite(json({}), {})
    expect(failureIn(await site.sessions.pageRenewal(site.ctx)).class).toBe('changed-api')
  })
})
