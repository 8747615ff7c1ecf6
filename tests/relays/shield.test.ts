// @vitest-environment node
import { Script } from 'node:vm'

import { afterEach, describe, expect, test } from 'vitest'

import { createNewApiRelay } from '../../e2e/relays/new-api/relay'
import { createShield, type ShieldOptions } from '../../e2e/relays/shield/shield'
import { ALICE, NOON_MS, pair, startTestSite, stopTestRelays, type Caller } from './relay-client'

afterEach(stopTestRelays)

const SELF = '/api/user/self'
const VERIFY = '/cdn-cgi/challenge-platform/h/b/flow/ov1/verify'
const TAB = { accept: 'text/html,*/*;q=0.8', 'upgrade-insecure-requests': '1' }
const PAT = { authorization: String(ALICE.accessToken), 'new-api-user': '7' }

async function startShield(options: ShieldOptions = {}) {
  const clock = { nowMs: NOON_MS }
  const relay = createNewApiRelay({ generation: 'g1b', users: [ALICE], rateLimits: 'off' })
  const { site, call } = await startTestSite(
    createShield(relay, { now: () => clock.nowMs, ...options }),
  )
  return { shield: site, relay, call, clock }
}

async function nonceOf(call: Caller, userAgent = 'tab'): Promise<string> {
  const { text } = await call('GET', '/login', { headers: { ...TAB, 'user-agent': userAgent } })
  return /cNonce: '(\w*)'/.exec(text)?.[1] ?? ''
}

function verify(call: Caller, nonce: string, { isTrusted = true, userAgent = 'tab' } = {}) {
  return call('POST', VERIFY, { headers: { 'user-agent': userAgent }, body: { nonce, isTrusted } })
}

async function pass(call: Caller): Promise<string> {
  return pair((await verify(call, await nonceOf(call))).cookies.get('cf_clearance'))
}

describe('managed challenge', () => {
  test.each([
    ['GET', SELF],
    ['POST', '/api/user/checkin'],
    ['DELETE', '/api/token/1'],
    ['GET', '/'],
  ])('%s %s meets the page and never the site', async (method, path) => {
    const { shield, relay, call } = await startShield()
    const { status, headers, text } = await call(method, path, { headers: PAT })
    expect([status, headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8'])
    expect([headers.get('cf-mitigated'), headers.get('server')]).toEqual([
      'challenge',
      'cloudflare',
    ])
    expect(text).toContain('<title>Just a moment...</title>')
    expect(text).toContain('_cf_chl_opt')
    expect(text).toContain('src="/cdn-cgi/challenge-platform/')
    expect(relay.counters.total()).toBe(0)
    expect(shield.counters.challenged({ method, path, source: 'outside' })).toBe(1)
  })

  test('a press of a person earns a clearance that opens the site', async () => {
    const { shield, relay, call } = await startShield()
    const passed = await verify(call, await nonceOf(call))
    expect(passed.cookies.get('cf_clearance')?.replace(/^[^;]+/, '')).toBe(
      '; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax',
    )
    const cookie = pair(passed.cookies.get('cf_clearance'))
    const headers = { ...PAT, 'user-agent': 'tab' }
    const self = await call('GET', SELF, { headers, cookie })
    expect([self.status, self.headers.get('server')]).toEqual([200, 'cloudflare'])
    expect(self.data).toMatchObject({ id: 7 })
    const made = await call('POST', '/api/token/', { headers, cookie, body: { name: 'made' } })
    expect(made.json?.['success']).toBe(true)
    expect([relay.counters.total(), shield.counters.passes()]).toEqual([2, 1])
    expect(JSON.stringify(shield.counters.requests())).not.toContain(cookie.slice(-20))
  })

  test('a nonce is good once, for its browser, and needs a trusted press', async () => {
    const { shield, call } = await startShield()
    const nonce = await nonceOf(call)
    expect((await verify(call, nonce)).status).toBe(200)
    expect((await verify(call, nonce)).status).toBe(403)
    expect((await verify(call, await nonceOf(call), { userAgent: 'x' })).status).toBe(403)
    const pressed = await nonceOf(call)
    expect((await verify(call, pressed, { isTrusted: false })).status).toBe(403)
    expect((await verify(call, pressed)).status).toBe(200)
    expect((await verify(call, 'made-up')).cookies.size).toBe(0)
    expect([shield.counters.passes(), shield.counters.refusals()]).toEqual([2, 4])
  })

  test('what is no page load gets no nonce', async () => {
    const { call } = await startShield()
    expect((await call('GET', '/', { headers: { accept: 'text/html' } })).text).toContain(
      `cNonce: ''`,
    )
  })

  test('a clearance ends with its browser, its time and expireAll', async () => {
    const { shield, call, clock } = await startShield({ clearanceMs: 1000 })
    const statusOf = async (cookie: string, userAgent = 'tab') =>
      (await call('GET', '/api/status', { headers: { 'user-agent': userAgent }, cookie })).status
    const first = await pass(call)
    expect([await statusOf(first), await statusOf(first, 'other')]).toEqual([200, 403])
    clock.nowMs += 1000
    expect(await statusOf(first)).toBe(403)
    const second = await pass(call)
    expect(await statusOf(second)).toBe(200)
    shield.expireAll()
    expect(await statusOf(second)).toBe(403)
    expect(await statusOf('cf_clearance=forged')).toBe(403)
    shield.isUp = false
    expect(await statusOf('')).toBe(200)
  })

  test('the script offers a button, or goes on by itself', async () => {
    const path = '/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'
    const click = await startShield()
    const { text } = await click.call('GET', path)
    expect(() => new Script(text)).not.toThrow()
    expect(text).toContain(`'Verify you are human'`)
    expect(text).not.toContain('setTimeout')
    const automatic = await startShield({ interaction: 'automatic', delayMs: 70 })
    const script = (await automatic.call('GET', path)).text
    expect(() => new Script(script)).not.toThrow()
    expect(script).toContain('setTimeout(() => verify(false), 70)')
    const nonce = await nonceOf(automatic.call)
    expect((await verify(automatic.call, nonce, { isTrusted: false })).status).toBe(200)
  })

  test('requests are told apart by where they come from', async () => {
    const { shield, call } = await startShield()
    await call('GET', '/', { headers: TAB })
    await call('GET', SELF, { headers: { 'sec-fetch-site': 'same-origin' } })
    await call('GET', SELF, { headers: { 'sec-fetch-site': 'none' } })
    await call('POST', SELF, { headers: { origin: 'chrome-extension://abc' } })
    const sources = shield.counters.requests().map(({ source }) => source)
    expect(sources).toEqual(['navigation', 'page', 'outside', 'outside'])
    expect(shield.counters.challenged({ path: SELF })).toBe(3)
    shield.counters.reset()
    expect(shield.counters.challenged()).toBe(0)
  })

  test('on a plain-http host the referrer tells a page of the site', async () => {
    const { origin, site } = await startTestSite(createShield({ handle: () => undefined }))
    await fetch(`${origin}/api/status`, { headers: { referer: `${origin}/login` } })
    await fetch(`${origin}/api/status`, { headers: { referer: 'http://other.test/' } })
    expect(site.counters.requests().map(({ source }) => source)).toEqual(['page', 'outside'])
  })
})

test('blocked-403: a page without signs of a challenge, and no way past it', async () => {
  const { relay, call } = await startShield({ mode: 'blocked-403' })
  const { status, headers, text } = await call('GET', SELF, { headers: PAT })
  expect([status, headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8'])
  expect(headers.get('cf-mitigated')).toBeNull()
  expect(text).not.toMatch(/_cf_chl|cdn-cgi|Just a moment|acw_sc/)
  expect([(await verify(call, '')).status, relay.counters.total()]).toEqual([403, 0])
})

describe('alibaba', () => {
  const arg = (text: string) => /arg1='(\w+)'/.exec(text)?.[1] ?? ''
  const solved = (text: string) => `acw_sc__v2=${[...arg(text)].reverse().join('')}`

  test('answers 200 with a page whose script makes the cookie', async () => {
    const { shield, relay, call } = await startShield({ mode: 'alibaba' })
    const wall = await call('GET', SELF, { headers: PAT })
    expect([wall.status, wall.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
    expect(wall.text).toContain('acw_sc__v2')
    expect(() => new Script(/<script>([\s\S]*)<\/script>/.exec(wall.text)?.[1] ?? '')).not.toThrow()
    const session = pair(wall.cookies.get('acw_tc'))
    const cookie = `${session}; ${solved(wall.text)}`
    expect((await call('GET', SELF, { headers: PAT, cookie })).data).toMatchObject({ id: 7 })
    expect((await call('GET', SELF, { headers: PAT, cookie })).status).toBe(200)
    expect([shield.counters.passes(), relay.counters.total()]).toEqual([1, 2])
  })

  test('half of the cookies, made-up and stale ones meet the page again', async () => {
    const { shield, relay, call } = await startShield({ mode: 'alibaba' })
    const wall = await call('GET', SELF)
    const session = pair(wall.cookies.get('acw_tc'))
    const isWall = async (cookie: string) => {
      const { text, cookies } = await call('GET', SELF, { cookie })
      expect(cookies.has('acw_tc')).toBe(!cookie.includes('acw_tc'))
      return arg(text) !== ''
    }
    expect(await isWall(solved(wall.text))).toBe(true)
    expect(await isWall(`${session}; acw_sc__v2=ABC`)).toBe(true)
    shield.expireAll()
    expect(await isWall(`${session}; ${solved(wall.text)}`)).toBe(true)
    expect([relay.counters.total(), shield.counters.passes()]).toEqual([0, 0])
  })
})
