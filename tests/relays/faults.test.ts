// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { BOB, logIn, pair, startTestRelay, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const SELF = '/api/user/self'

describe('faults', () => {
  test('meet only what they match, as often as told', async () => {
    const { relay, call, alice } = await startTestRelay('g1b')
    const bob = { authorization: String(BOB.accessToken), 'new-api-user': '8' }
    relay.faults.set({ method: 'get', path: SELF, userId: 7 }, { kind: 'status', status: 503 }, 2)
    expect((await call('GET', SELF, { headers: bob })).status).toBe(200)
    expect((await call('GET', '/api/status')).status).toBe(200)
    const statuses: number[] = []
    for (let i = 0; i < 3; i += 1)
      statuses.push((await call('GET', SELF, { headers: alice })).status)
    expect(statuses).toEqual([503, 503, 200])
  })

  test('a route path matches every id of it, * everything, until cleared', async () => {
    const { relay, call, alice } = await startTestRelay('g1b')
    relay.faults.set({ path: '/api/token/:id' }, { kind: 'rate-limit', retryAfterSec: 3 })
    const limited = await call('GET', '/api/token/55', { headers: alice })
    expect([limited.status, limited.text, limited.headers.get('retry-after')]).toEqual([
      429,
      '',
      '3',
    ])
    relay.faults.set({ path: '*' }, { kind: 'redirect', to: 'https://moved.example/' })
    expect((await call('GET', '/')).headers.get('location')).toBe('https://moved.example/')
    relay.faults.clear()
    expect((await call('GET', '/api/token/55', { headers: alice })).status).toBe(200)
  })

  test('the user is known by cookie, PAT, JWT and refresh cookie', async () => {
    const g1 = await startTestRelay('g1b')
    const cookie = pair((await logIn(g1.call)).cookies.get('session'))
    g1.relay.faults.set({ userId: 7 }, { kind: 'status', status: 599 })
    expect((await g1.call('GET', SELF, { cookie })).status).toBe(599)
    const g2 = await startTestRelay('g2')
    const login = await logIn(g2.call)
    const { access_token: jwt } = login.data as { access_token: string }
    g2.relay.faults.set({ userId: 7 }, { kind: 'status', status: 599 })
    const headers = { authorization: `Bearer ${jwt}` }
    expect((await g2.call('GET', SELF, { headers })).status).toBe(599)
    const refresh = pair(login.cookies.get('new_api_refresh'))
    const path = '/api/user/auth/refresh'
    expect((await g2.call('POST', path, { cookie: refresh })).status).toBe(599)
  })

  test('status carries a body of any type', async () => {
    const { relay, call } = await startTestRelay('g2')
    const body = { success: false, code: 'AUTH_REFRESH_RACE', message: 'race' }
    relay.faults.set({}, { kind: 'status', status: 409, body, headers: { 'x-a': 'b' } }, 1)
    const race = await call('POST', '/api/user/auth/refresh')
    expect([race.status, race.json, race.headers.get('x-a')]).toEqual([409, body, 'b'])
    relay.faults.set({}, { kind: 'status', status: 502, body: '<h1>', contentType: 'text/html' })
    const bad = await call('GET', '/api/status')
    expect([bad.text, bad.headers.get('content-type')]).toEqual(['<h1>', 'text/html'])
  })

  test('spa and challenge are HTML', async () => {
    const { relay, call } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'spa' }, 1)
    const spa = await call('GET', SELF)
    expect([spa.status, spa.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    relay.faults.set({}, { kind: 'challenge' })
    const wall = await call('GET', SELF)
    expect([wall.status, wall.headers.get('cf-mitigated')]).toEqual([403, 'challenge'])
    expect(wall.text).toContain('_cf_chl_opt')
    expect(wall.text).toContain('/cdn-cgi/challenge-platform/')
  })

  test('wrong-user answers with the figures of somebody else', async () => {
    const { relay, call, alice } = await startTestRelay('g1b')
    relay.faults.set({ path: SELF }, { kind: 'wrong-user', userId: 8 })
    expect((await call('GET', SELF, { headers: alice })).data).toMatchObject({ id: 8, quota: 500 })
    expect((await call('GET', SELF)).status).toBe(401)
  })

  test('truncate cuts after the request was carried out', async () => {
    const { relay, call, alice } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'truncate', bytes: 9 }, 1)
    const body = { name: 'made', expired_time: -1 }
    const cut = await call('POST', '/api/token/', { headers: alice, body })
    expect([cut.status, cut.text, cut.json]).toEqual([200, '{"success', undefined])
    expect(relay.state.tokens.size).toBe(1)
  })

  test('oversize pads valid JSON to the byte', async () => {
    const { relay, call, alice } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'oversize', bytes: 3_000_000 })
    const big = await call('GET', SELF, { headers: alice })
    expect(Buffer.byteLength(big.text)).toBe(3_000_000)
    expect(big.data).toMatchObject({ id: 7 })
  })

  test('wrong-units leaves no quota that could be taken for units', async () => {
    const { relay, call, alice } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'wrong-units' })
    expect((await call('GET', SELF, { headers: alice })).data).toMatchObject({
      id: 7,
      quota: '1,000,000 units',
      used_quota: 250_000.678,
    })
  })

  test('reset drops the connection', async () => {
    const { relay, call } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'reset' })
    await expect(call('GET', '/api/status')).rejects.toThrow()
    expect(relay.counters.requests()[0]?.status).toBe(0)
  })

  test('hang never answers; the client gives up', async () => {
    const { relay, origin } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'hang' })
    const signal = AbortSignal.timeout(50)
    await expect(fetch(`${origin}/api/status`, { signal })).rejects.toThrow()
    expect(relay.counters.total()).toBe(1)
  })

  test('done-reset drops the connection after the request was carried out', async () => {
    const { relay, call, alice } = await startTestRelay('g1b', { checkinEnabled: true })
    relay.faults.set({ method: 'POST' }, { kind: 'done-reset' })
    await expect(call('POST', '/api/user/checkin', { headers: alice })).rejects.toThrow()
    expect(relay.books.checkIns).toMatchObject([{ userId: 7, day: '2026-08-09' }])
    expect(relay.counters.requests()).toMatchObject([{ method: 'POST', status: 0 }])
    expect((await call('GET', SELF, { headers: alice })).status).toBe(200)
  })

  test('done-hang carries it out and never answers', async () => {
    const { relay, origin, alice } = await startTestRelay('g1b', { checkinEnabled: true })
    relay.faults.set({ method: 'POST' }, { kind: 'done-hang' })
    const signal = AbortSignal.timeout(200)
    const init = { method: 'POST', headers: alice, signal }
    await expect(fetch(`${origin}/api/user/checkin`, init)).rejects.toThrow()
    expect(relay.books.checkIns).toHaveLength(1)
    expect(relay.counters.requests()).toMatchObject([{ method: 'POST', status: 0 }])
  })

  test('reset and hang carry nothing out', async () => {
    const { relay, origin, call, alice } = await startTestRelay('g1b', { checkinEnabled: true })
    relay.faults.set({}, { kind: 'reset' }, 1)
    relay.faults.set({}, { kind: 'hang' }, 1)
    await expect(call('POST', '/api/user/checkin', { headers: alice })).rejects.toThrow()
    const signal = AbortSignal.timeout(200)
    const init = { method: 'POST', headers: alice, signal }
    await expect(fetch(`${origin}/api/user/checkin`, init)).rejects.toThrow()
    expect([relay.counters.total(), relay.books.checkIns]).toEqual([2, []])
  })

  test('latency adds up and comes on top of another fault', async () => {
    const { relay, call } = await startTestRelay('g1b')
    relay.faults.set({}, { kind: 'latency', ms: 20 })
    relay.faults.set({}, { kind: 'latency', ms: 20 })
    relay.faults.set({}, { kind: 'status', status: 500 })
    const startedMs = performance.now()
    expect((await call('GET', '/api/status')).status).toBe(500)
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(38)
  })
})

describe('counters', () => {
  test('count by route and keep no secret', async () => {
    const { relay, call, alice, origin } = await startTestRelay('g1b')
    await call('GET', '/api/token/1', { headers: { ...alice, origin } })
    await call('GET', '/api/token/2', { headers: alice })
    await call('GET', '/api/token/search?keyword=a&token=sk-secretkey', {
      cookie: 'session=secretcookie',
    })
    await call('POST', '/api/user/login?turnstile=secretanswer', { body: { password: 'secretpw' } })
    expect(relay.counters.total()).toBe(4)
    expect(relay.counters.count('GET', '/api/token/:id')).toBe(2)
    expect(relay.counters.count('POST', '/api/token/:id')).toBe(0)
    const [first, , search] = relay.counters.requests()
    expect(first).toMatchObject({
      method: 'GET',
      path: '/api/token/1',
      route: '/api/token/:id',
      status: 200,
      userIdHeader: '7',
      hadCookie: false,
      hadAuthorization: true,
      origin,
    })
    expect(search).toMatchObject({
      query: { keyword: 'a', token: '***' },
      status: 401,
      hadCookie: true,
      hadAuthorization: false,
      origin: null,
    })
    expect(JSON.stringify(relay.counters.requests())).not.toMatch(/secret|pat-of/)
    relay.counters.reset()
    expect([relay.counters.total(), relay.counters.requests()]).toEqual([0, []])
  })
})
