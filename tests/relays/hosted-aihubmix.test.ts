// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import { createAihubmix, type AihubmixOptions } from '../../e2e/relays/hosted/aihubmix'
import { NOON_MS, startTestSite, stopTestRelays } from './relay-client'

afterEach(stopTestRelays)

const TOKEN = '0123456789abcdef0123456789abcdef'
const SELF = '/api/user/self'
const UNLIMITED = {
  name: 'laptop',
  expired_time: -1,
  unlimited_quota: true,
  remain_quota: -1,
  models: '',
  subnet: '',
}

async function start(options: Partial<AihubmixOptions> = {}) {
  const double = createAihubmix({
    users: [
      {
        id: 1,
        username: 'alice',
        displayName: 'Alice',
        accessToken: TOKEN,
        quota: 1_000_000,
        usedQuota: 5,
        affCode: 'AbC',
        keys: [{ name: 'first' }, { name: 'second', remainQuota: 7 }],
      },
      { id: 2, username: 'bob', quota: 1 },
    ],
    now: () => NOON_MS,
    ...options,
  })
  const { call } = await startTestSite(double)
  const alice = (method: string, path: string, body?: unknown) =>
    call(method, path, { headers: { authorization: TOKEN }, body })
  const cookieOf = (username: string) => `session=${double.sessionFor(username).cookies[0]?.value}`
  return { double, call, alice, cookieOf }
}

describe('credentials', () => {
  test('/api wants the raw token: no Bearer, no cookie', async () => {
    const { call, alice, cookieOf } = await start()
    expect((await alice('GET', SELF)).json).toEqual({
      success: true,
      message: '',
      data: {
        username: 'alice',
        display_name: 'Alice',
        aff_code: 'AbC',
        access_token: TOKEN,
        quota: 1_000_000,
        used_quota: 5,
        request_count: 0,
      },
    })
    for (const authorization of [`Bearer ${TOKEN}`, 'nobody']) {
      const { status, json } = await call('GET', SELF, { headers: { authorization } })
      expect([status, json?.['success']]).toEqual([401, false])
    }
    expect((await call('GET', SELF, { cookie: cookieOf('alice') })).status).toBe(401)
  })

  test('/call/usr wants the browser session and makes a token', async () => {
    const { call, alice, cookieOf } = await start()
    const cookie = cookieOf('bob')
    expect((await alice('GET', '/call/usr/self')).status).toBe(401)
    const self = await call('GET', '/call/usr/self', { cookie })
    expect(self.data).toMatchObject({ username: 'bob', access_token: '' })
    const token = String((await call('GET', '/call/usr/tkn?_t=1', { cookie })).data)
    const again = await call('GET', SELF, { headers: { authorization: token } })
    expect(again.data).toMatchObject({ username: 'bob', access_token: token })
    const newer = String((await call('GET', '/call/usr/tkn?_t=2', { cookie })).data)
    expect((await call('GET', SELF, { headers: { authorization: token } })).status).toBe(401)
    expect((await call('GET', SELF, { headers: { authorization: newer } })).status).toBe(200)
    expect(() => cookieOf('nobody')).toThrow('no such user')
  })

  test('the console host has no /api', async () => {
    const { call, alice, cookieOf } = await start({ webHost: '127.0.0.1' })
    expect((await alice('GET', SELF)).status).toBe(404)
    const self = await call('GET', '/call/usr/self', { cookie: cookieOf('alice') })
    expect(self.status).toBe(200)
    expect((await call('GET', '/statistics')).text).toContain('<title>AIHubMix</title>')
  })

  test('a fault may answer for another user', async () => {
    const { double, alice } = await start()
    double.faults.set({ userId: 1 }, { kind: 'wrong-user', userId: 2 })
    expect((await alice('GET', SELF)).data).toMatchObject({ username: 'bob' })
    expect(double.counters.count('GET', SELF)).toBe(1)
  })
})

describe('keys', () => {
  test('show the full text at creation and never again', async () => {
    const { alice } = await start()
    const made = (await alice('POST', '/api/token/', UNLIMITED)).data as Record<string, unknown>
    const full = String(made['full_key'])
    expect(made).toMatchObject({ id: 3, name: 'laptop', remain_quota: -1, unlimited_quota: true })
    const list = await alice('GET', '/api/token/')
    expect(list.data).toMatchObject([{ name: 'laptop' }, { name: 'second' }, { name: 'first' }])
    for (const { text } of [list, await alice('GET', '/api/token/3')]) {
      expect(text).toContain('****')
      expect(text).not.toContain(full)
    }
    const found = await alice('GET', '/api/token/search?keyword=sec')
    expect(found.data).toMatchObject([{ name: 'second', remain_quota: 7 }])
    expect((await alice('POST', '/api/token/3/key')).status).toBe(404)
  })

  test('are replaced as a whole and deleted, and only by their owner', async () => {
    const { double, call, alice, cookieOf } = await start()
    const body = { ...UNLIMITED, id: 2, name: 'renamed', subnet: '10.0.0.0/8' }
    expect((await alice('PUT', '/api/token/', body)).data).toMatchObject({
      id: 2,
      name: 'renamed',
      remain_quota: -1,
      subnet: '10.0.0.0/8',
    })
    const cookie = cookieOf('bob')
    const token = String((await call('GET', '/call/usr/tkn', { cookie })).data)
    const theft = await call('DELETE', '/api/token/2', { headers: { authorization: token } })
    expect(theft.json?.['success']).toBe(false)
    expect((await alice('DELETE', '/api/token/2')).json).toEqual({ success: true, message: '' })
    expect([...double.state.keys.keys()]).toEqual([1])
  })

  test.each([
    [{ name: 'laptop' }],
    [{ ...UNLIMITED, name: '' }],
    [{ ...UNLIMITED, remain_quota: 0 }],
    [{ ...UNLIMITED, unlimited_quota: false }],
    [{ ...UNLIMITED, expired_time: '-1' }],
    [{ ...UNLIMITED, group: 'default' }],
    [{ ...UNLIMITED, allow_ips: '' }],
  ])('refuse the body %j', async (body) => {
    const { double, alice } = await start()
    const { status, json } = await alice('POST', '/api/token/', body)
    expect([status, json?.['success'], double.state.keys.size]).toEqual([200, false, 2])
  })
})

test('models: the own list, and the public catalogue with prices per million', async () => {
  const { call, alice, cookieOf } = await start()
  expect((await alice('GET', '/api/user/available_models')).data).toContain('gpt-4o')
  const own = await call('GET', '/call/usr/avail_mdls', { cookie: cookieOf('alice') })
  expect(own.data).toContain('gpt-4o')
  expect((await call('GET', '/api/v1/models')).data).toMatchObject([
    { model_id: 'gpt-4o', pricing: { input: 2.5, output: 10, cache_read: 1.25 } },
    {},
  ])
})

test('answers come in other forms on demand', async () => {
  const bare = await start({ forms: { body: 'bare', list: 'items', numbersAsText: true } })
  expect((await bare.alice('GET', SELF)).json).toMatchObject({
    username: 'alice',
    quota: '1000000',
  })
  expect((await bare.alice('GET', '/api/token/')).json?.['items']).toHaveLength(2)
  const nested = await start({ forms: { list: 'data' } })
  expect((await nested.alice('GET', '/api/token/')).data).toMatchObject({ data: [{}, {}] })
})
