// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'

import type { Generation, SeedKey } from '../../e2e/relays/new-api/relay'
import {
  ALICE,
  BOB,
  GENERATIONS,
  NOON_MS,
  startTestRelay,
  stopTestRelays,
  type TestRelay,
} from './relay-client'

afterEach(stopTestRelays)

const BARE = ['one-api', 'g0'] as const
const PAGED = ['g1a', 'g1b', 'g2', 'g3'] as const
const FULL = ['one-api', 'g0', 'g1a'] as const
const MASKED = ['g1b', 'g2', 'g3'] as const
const KEY = 'abcdEFGH0123456789abcdEFGH0123456789abcdEFGHwxyz'

interface Row {
  id: number
  key: string
  name: string
  status: number
  [field: string]: unknown
}

function startWithKeys(generation: Generation, keys: SeedKey[]): Promise<TestRelay> {
  const users = [
    { ...ALICE, keys },
    { ...BOB, keys: [{ name: 'of bob' }] },
  ]
  return startTestRelay(generation, { users })
}

const many = (count: number): SeedKey[] =>
  Array.from({ length: count }, (_, index) => ({ name: `key ${index + 1}` }))

async function list(relay: TestRelay, query: string): Promise<unknown> {
  return (await relay.call('GET', `/api/token/?${query}`, { headers: relay.alice })).data
}

const ids = (rows: unknown): number[] => (rows as Row[]).map(({ id }) => id)

describe.each(PAGED)('%s: list', (generation) => {
  test.each([
    ['', 1, 10, 12],
    ['p=0&size=5', 1, 5, 12],
    ['p=-3', 1, 10, 12],
    ['p=2&page_size=5', 2, 5, 7],
    ['ps=4&size=7', 1, 4, 12],
    ['page_size=1000', 1, 100, 12],
    ['p=9', 9, 10, undefined],
  ])('query "%s" is page %i of %i', async (query, page, size, firstId) => {
    const relay = await startWithKeys(generation, many(12))
    const data = (await list(relay, query)) as { items: Row[] }
    expect(data).toMatchObject({ page, page_size: size, total: 12 })
    expect(data.items[0]?.id).toBe(firstId)
  })
})

describe.each(BARE)('%s: list', (generation) => {
  test('is a bare array from page 0, newest first', async () => {
    const relay = await startWithKeys(generation, many(12))
    expect(ids(await list(relay, 'p=0'))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    expect(ids(await list(relay, 'p=1'))).toEqual([2, 1])
    expect(await list(relay, 'p=2')).toEqual([])
    const sized = ids(await list(relay, 'p=0&size=100'))
    expect(sized.length).toBe(generation === 'g0' ? 12 : 10)
  })
})

describe.each(FULL)('%s: keys are shown in full', (generation) => {
  test('in list and single read, and there is no endpoint to reveal them', async () => {
    const relay = await startWithKeys(generation, [{ name: 'a', key: KEY }])
    const one = await relay.call('GET', '/api/token/1', { headers: relay.alice })
    expect((one.data as Row).key).toBe(KEY)
    const reveal = await relay.call('POST', '/api/token/1/key', { headers: relay.alice })
    expect(reveal.status).toBe(404)
  })
})

describe.each(MASKED)('%s: keys are masked', (generation) => {
  test('everywhere but in the reveal endpoints', async () => {
    const relay = await startWithKeys(generation, [
      { name: 'a', key: KEY },
      { name: 'b', key: 'short' },
    ])
    const { items } = (await list(relay, '')) as { items: Row[] }
    expect(items.map(({ key }) => key)).toEqual(['sh****rt', 'abcd**********wxyz'])
    const headers = relay.alice
    const one = await relay.call('POST', '/api/token/1/key', { headers })
    expect([one.data, one.headers.get('cache-control')]).toEqual([{ key: KEY }, 'no-store'])
    const body = { ids: [1, 2, 3, 99] }
    const batch = await relay.call('POST', '/api/token/batch/keys', { headers, body })
    expect(batch.data).toEqual({ keys: { 1: KEY, 2: 'short' } })
  })

  test('more than 100 at once, none, or the key of another user are refused', async () => {
    const relay = await startWithKeys(generation, [])
    const headers = relay.alice
    for (const list of [[], Array.from({ length: 101 }, (_, id) => id), ['1']]) {
      const answer = await relay.call('POST', '/api/token/batch/keys', {
        headers,
        body: { ids: list },
      })
      expect([answer.status, answer.json?.['success']]).toEqual([200, false])
    }
    const foreign = await relay.call('POST', '/api/token/1/key', { headers })
    expect([foreign.status, foreign.json?.['success']]).toEqual([200, false])
  })
})

const FIELDS = {
  name: 'new key',
  remain_quota: 500_000,
  unlimited_quota: false,
  expired_time: -1,
  model_limits_enabled: true,
  model_limits: 'gpt-4o',
  allow_ips: '',
  group: 'vip',
  cross_group_retry: false,
}

describe.each(GENERATIONS)('%s: writing', (generation) => {
  test('create answers no data, only One API the whole key', async () => {
    const relay = await startWithKeys(generation, [])
    const { json } = await relay.call('POST', '/api/token/', { headers: relay.alice, body: FIELDS })
    expect(json?.['success']).toBe(true)
    expect('data' in (json ?? {})).toBe(generation === 'one-api')
    const token = [...relay.relay.state.tokens.values()].at(-1)
    expect(token?.key).toMatch(/^[0-9A-Za-z]{48}$/)
    expect(token).toMatchObject({ userId: 7, name: 'new key', remainQuota: 500_000, status: 1 })
    if (generation === 'one-api') expect((json?.['data'] as Row).key).toBe(token?.key)
  })

  test.each([
    ['a name that is too long', { name: '密'.repeat(17) }],
    ['a negative quota', { remain_quota: -1 }],
    ['a quota above the limit', { remain_quota: 1e9 * 500_000 + 1 }],
    ['a quota as text', { remain_quota: '500000' }],
  ])('%s is refused', async (_name, change) => {
    const relay = await startWithKeys(generation, [])
    const body = { ...FIELDS, ...change }
    const { status, json } = await relay.call('POST', '/api/token/', { headers: relay.alice, body })
    expect([status, json?.['success']]).toEqual([200, false])
  })

  test('a full update replaces every field, also those left out', async () => {
    const relay = await startWithKeys(generation, [{ name: 'old', remainQuota: 9, group: 'vip' }])
    const body = { id: 1, name: 'renamed', expired_time: -1 }
    const answer = await relay.call('PUT', '/api/token/', { headers: relay.alice, body })
    expect(answer.data).toMatchObject({ id: 1, name: 'renamed', remain_quota: 0, status: 1 })
    expect(relay.relay.state.tokens.get(1)).toMatchObject({ remainQuota: 0, group: '' })
  })

  test('status_only changes nothing but the status', async () => {
    const relay = await startWithKeys(generation, [{ name: 'old', remainQuota: 9 }])
    const put = (status: number) =>
      relay.call('PUT', '/api/token/?status_only=true', {
        headers: relay.alice,
        body: { id: 1, status, name: 'ignored' },
      })
    expect((await put(2)).data).toMatchObject({ status: 2, name: 'old', remain_quota: 9 })
    expect((await put(1)).data).toMatchObject({ status: 1 })
  })

  test.each<[string, SeedKey]>([
    ['expired', { name: 'a', status: 3, unlimited: true, expiredTime: NOON_MS / 1000 }],
    ['exhausted', { name: 'a', status: 4, remainQuota: 0 }],
  ])('an %s key cannot be enabled', async (_name, key) => {
    const relay = await startWithKeys(generation, [key])
    const body = { id: 1, status: 1 }
    const path = '/api/token/?status_only=true'
    const { json } = await relay.call('PUT', path, { headers: relay.alice, body })
    expect(json?.['success']).toBe(false)
    expect(relay.relay.state.tokens.get(1)?.status).toBe(key.status)
  })

  test('delete has no data; the key of another user stays', async () => {
    const relay = await startWithKeys(generation, many(1))
    const headers = relay.alice
    expect((await relay.call('DELETE', '/api/token/1', { headers })).json).toEqual({
      success: true,
      message: '',
    })
    expect((await relay.call('DELETE', '/api/token/2', { headers })).json?.['success']).toBe(false)
    expect([...relay.relay.state.tokens.keys()]).toEqual([2])
  })

  test('batch delete counts the own keys, and is absent before G1', async () => {
    const relay = await startWithKeys(generation, many(3))
    const body = { ids: [1, 1, 2, 4] }
    const answer = await relay.call('POST', '/api/token/batch', { headers: relay.alice, body })
    const isOld = generation === 'one-api' || generation === 'g0'
    expect([answer.status, answer.data]).toEqual(isOld ? [404, undefined] : [200, 2])
  })
})

test('One API has its own field names', async () => {
  const relay = await startWithKeys('one-api', [{ name: 'a', modelLimits: ['gpt-4o', 'o1'] }])
  const [row] = (await list(relay, 'p=0')) as Row[]
  expect(row).toMatchObject({ models: 'gpt-4o,o1', subnet: '' })
  expect(row).not.toHaveProperty('group')
  expect(row).not.toHaveProperty('model_limits')
})

test('the number of keys of a user is limited', async () => {
  const relay = await startWithKeys('g2', many(2))
  relay.relay.state.maxTokensPerUser = 2
  const { json } = await relay.call('POST', '/api/token/', { headers: relay.alice, body: FIELDS })
  expect(json?.['message']).toContain('已达到最大令牌数量限制')
})

describe('search', () => {
  const keys = [{ name: 'work', key: KEY }, { name: 'work two' }, { name: 'home' }]
  const search = async (relay: TestRelay, query: string) =>
    relay.call('GET', `/api/token/search?${query}`, { headers: relay.alice })

  test('newer builds match exactly unless % is given, and answer a page', async () => {
    const relay = await startWithKeys('g2', keys)
    expect((await search(relay, 'keyword=work')).data).toMatchObject({ total: 1, page: 1 })
    expect((await search(relay, 'keyword=work%25')).data).toMatchObject({ total: 2 })
    expect((await search(relay, `token=sk-${KEY}`)).data).toMatchObject({ total: 1 })
    expect((await search(relay, 'keyword=%25w%25o%25')).json?.['success']).toBe(false)
  })

  test('older builds match the beginning and answer a bare array', async () => {
    const relay = await startWithKeys('g0', keys)
    expect(ids((await search(relay, 'keyword=work')).data)).toEqual([2, 1])
  })
})
