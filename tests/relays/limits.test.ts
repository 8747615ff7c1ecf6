// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { ALICE, GENERATIONS, startTestRelay, stopTestRelays, type TestRelay } from './relay-client'

afterEach(stopTestRelays)

const start = (generation: (typeof GENERATIONS)[number]) =>
  startTestRelay(generation, {
    rateLimits: 'contract',
    users: [{ ...ALICE, keys: [{ name: 'one' }] }],
  })

/** How many of `count` requests in a row are answered with something else than 429. */
async function passed(relay: TestRelay, method: string, path: string, count: number) {
  let passing = 0
  for (let i = 0; i < count; i += 1) {
    const answer = await relay.call(method, path, { headers: relay.alice })
    if (answer.status !== 429) passing += 1
  }
  return passing
}

describe.each(GENERATIONS)('%s: limits', (generation) => {
  const isOneApi = generation === 'one-api'

  test('the API limit is per IP and window, and its 429 is empty', async () => {
    const relay = await start(generation)
    const max = isOneApi ? 480 : 180
    expect(await passed(relay, 'GET', '/api/status', max + 2)).toBe(max)
    const refused = await relay.call('GET', '/api/nothing')
    expect([refused.status, refused.text, refused.headers.get('retry-after')]).toEqual([
      429,
      '',
      null,
    ])
    expect((await relay.call('GET', '/')).status).toBe(200)
    relay.clock.nowMs += 180_000
    expect((await relay.call('GET', '/api/status')).status).toBe(200)
  })

  test('pages have their own limit', async () => {
    const relay = await start(generation)
    const max = isOneApi ? 240 : 60
    expect(await passed(relay, 'GET', '/console', max + 1)).toBe(max)
    expect((await relay.call('GET', '/api/status')).status).toBe(200)
  })

  test('login takes from the critical bucket: 20 in 20 minutes', async () => {
    const relay = await start(generation)
    expect(await passed(relay, 'POST', '/api/user/login', 22)).toBe(20)
    relay.clock.nowMs += 1_199_999
    expect(await passed(relay, 'POST', '/api/user/login', 1)).toBe(0)
    relay.clock.nowMs += 1
    expect(await passed(relay, 'POST', '/api/user/login', 1)).toBe(1)
  })
})

test.each(['g2', 'g3'] as const)(
  '%s: login, refresh, logout, verify and key reveal share one bucket',
  async (generation) => {
    const relay = await start(generation)
    const paths = [
      '/api/user/login',
      '/api/user/auth/refresh',
      '/api/user/auth/logout',
      '/api/verify',
      '/api/token/1/key',
    ]
    for (const path of paths) expect(await passed(relay, 'POST', path, 4)).toBe(4)
    for (const path of [...paths, '/api/token/batch/keys']) {
      expect(await passed(relay, 'POST', path, 1)).toBe(0)
    }
    relay.relay.resetRateLimits()
    expect(await passed(relay, 'POST', '/api/token/1/key', 1)).toBe(1)
  },
)

test('the search limit is per user: 10 a minute', async () => {
  const relay = await start('g2')
  const path = '/api/token/search?keyword=one'
  expect(await passed(relay, 'GET', path, 12)).toBe(10)
  expect(await passed(relay, 'GET', '/api/log/self/search', 1)).toBe(0)
  relay.clock.nowMs += 60_000
  expect(await passed(relay, 'GET', path, 1)).toBe(1)
})

test('limits can be switched off', async () => {
  const relay = await startTestRelay('g1b', { rateLimits: 'off' })
  expect(await passed(relay, 'POST', '/api/user/login', 25)).toBe(25)
})
