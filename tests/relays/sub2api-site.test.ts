// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { Sub2ApiGeneration, Sub2ApiOptions } from '../../e2e/relays/sub2api/relay'
import { ALICE, startTestSite, type TestSite } from '../../e2e/relays/sub2api/test-site'

const open: (() => Promise<void>)[] = []
afterEach(() => Promise.all(open.splice(0).map((close) => close())))

async function start(generation: Sub2ApiGeneration, options: Partial<Sub2ApiOptions> = {}) {
  const site = await startTestSite(generation, options)
  open.push(site.close)
  return site
}

describe.each(['old', 'new'] as const)('%s: site', (generation) => {
  const isNew = generation === 'new'

  test('unknown API paths are plain text, other paths the page', async () => {
    const { call } = await start(generation, { siteName: 'Relay <One>' })
    for (const path of ['/api/nothing', '/api/v1/keys/1/nothing', '/v1/nothing']) {
      const { status, text, headers } = await call('GET', path)
      expect([status, text]).toEqual([404, '404 page not found'])
      expect(headers.get('content-type')).toBe('text/plain')
    }
    expect((await call('POST', '/api/v1/auth/me')).status).toBe(404)
    const page = await call('GET', '/api-docs')
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
    expect(page.text).toContain('<title>Relay &lt;One&gt; - AI API Gateway</title>')
    expect(page.text.includes('window.__APP_CONFIG__=')).toBe(isNew)
  })

  test('preflights are refused', async () => {
    const { call } = await start(generation)
    const headers = { origin: 'https://other.example' }
    expect((await call('OPTIONS', '/api/v1/auth/me', { headers })).status).toBe(403)
    const get = await call('GET', '/api/v1/settings/public', { headers })
    expect([get.status, get.headers.get('access-control-allow-origin')]).toEqual([200, null])
  })

  test('the probes: me without a token, settings, setup, health', async () => {
    const { call } = await start(generation, { siteName: 'Relay One', apiBaseUrl: 'https://x/' })
    const me = await call('GET', '/api/v1/auth/me')
    expect([me.status, me.json]).toEqual([
      401,
      { code: 'UNAUTHORIZED', message: 'Authorization header is required' },
    ])
    const { json } = await call('GET', '/setup/status')
    expect(json).toEqual({ code: 0, data: { needs_setup: false, step: 'completed' } })
    expect((await call('GET', '/health')).json).toEqual({ status: 'ok' })
    const settings = (await call('GET', '/api/v1/settings/public')).data
    expect(settings).toMatchObject({
      site_name: 'Relay One',
      registration_enabled: true,
      turnstile_enabled: false,
      api_base_url: 'https://x/',
      version: isNew ? '0.1.177' : '0.1.1',
    })
    expect((settings as Record<string, unknown>)['server_utc_offset']).toBe(
      isNew ? '+08:00' : undefined,
    )
    expect('backend_mode_enabled' in (settings as object)).toBe(isNew)
  })

  test('me and profile differ by run_mode, the generations by their fields', async () => {
    const { api, relay } = await start(generation)
    const me = (await api('GET', '/auth/me')).data as Record<string, unknown>
    expect(me).toMatchObject({ id: 7, username: 'alice', role: 'user', balance: 12.5 })
    expect(me['run_mode']).toBe(isNew ? 'standard' : undefined)
    expect(['wechat' in me, 'frozen_balance' in me]).toEqual([!isNew, isNew])
    const profile = (await api('GET', '/user/profile')).data
    const { run_mode, ...rest } = me
    expect([profile, run_mode]).toEqual([rest, isNew ? 'standard' : undefined])
    const token = relay.loginPair('bob@mail.example').accessToken
    expect((await api('GET', '/auth/me', { token })).data).toMatchObject({ balance: -1 })
    const aff = await api('GET', '/user/aff')
    expect(aff.status).toBe(isNew ? 200 : 404)
  })

  test('faults: wrong user, and a user met by the token', async () => {
    const { api, relay } = await start(generation)
    relay.faults.set({ path: '/api/v1/auth/me', userId: 7 }, { kind: 'wrong-user', userId: 8 }, 1)
    expect((await api('GET', '/auth/me')).data).toMatchObject({ id: 8 })
    expect((await api('GET', '/auth/me')).data).toMatchObject({ id: 7 })
    relay.faults.set({ userId: 8 }, { kind: 'spa' })
    expect((await api('GET', '/auth/me')).status).toBe(200)
    expect(relay.counters.requests().at(-1)).toMatchObject({
      route: '/api/v1/auth/me',
      hadAuthorization: true,
      hadCookie: false,
    })
  })
})

/** How many of `count` requests in a row are answered with something else than 429. */
async function passed({ api }: TestSite, path: string, count: number, token?: string) {
  let passing = 0
  for (let i = 0; i < count; i += 1) {
    const { status } = await api('GET', path, token === undefined ? {} : { token })
    if (status !== 429) passing += 1
  }
  return passing
}

describe('limits', () => {
  test('new: 240 calls a minute per user, 60 of them heavy; administrators are exempt', async () => {
    const site = await start('new', { rateLimits: 'contract' })
    expect(await passed(site, '/usage/stats', 61)).toBe(60)
    const limited = await site.api('GET', '/usage')
    expect(limited.json).toMatchObject({ code: 'RATE_LIMITED' })
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await passed(site, '/auth/me', 179)).toBe(178)
    const root = site.relay.loginPair('root').accessToken
    expect(await passed(site, '/usage/stats', 65, root)).toBe(65)
    site.clock.nowMs += 60_000
    expect(await passed(site, '/usage', 1)).toBe(1)
  })

  test('new: 300 public calls a minute per IP', async () => {
    const site = await start('new', { rateLimits: 'contract' })
    expect(await passed(site, '/settings/public', 302)).toBe(300)
    site.relay.resetRateLimits()
    expect(await passed(site, '/settings/public', 1)).toBe(1)
  })

  test('old: only the auth endpoints are limited', async () => {
    const site = await start('old', { rateLimits: 'contract' })
    expect(await passed(site, '/usage/stats', 65)).toBe(65)
    const body = { email: ALICE.email, password: 'guess' }
    const statuses: number[] = []
    for (let i = 0; i < 21; i += 1) {
      statuses.push((await site.call('POST', '/api/v1/auth/login', { body })).status)
    }
    expect(statuses.filter((status) => status === 401).length).toBe(20)
    expect(statuses.at(-1)).toBe(429)
  })
})
