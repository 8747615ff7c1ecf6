import { describe, expect, test } from 'vitest'

import { type Seen, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE, failureIn, GENERATIONS, relaySite, siteAt, tokenOf, valueOf } from './site-client'

const access = tokenOf(ALICE)
const nowSec = Math.floor(Date.now() / 1000)

function key(id: number, other: Record<string, unknown> = {}) {
  return {
    id,
    user_id: 7,
    name: `key ${String(id)}`,
    key: 'k'.repeat(48),
    status: 1,
    created_time: 1_700_000_000,
    accessed_time: 0,
    expired_time: -1,
    remain_quota: 5,
    used_quota: 6,
    unlimited_quota: false,
    ...other,
  }
}

/** Keys with ids from `from` downwards, as servers order them. */
const keys = (from: number, count: number) =>
  Array.from({ length: Math.max(count, 0) }, (_, at) => key(from - at))

async function keySite(answerList: (query: Seen['query']) => unknown) {
  const server = await startLoopback((request, response) => {
    sendJson(response, success(answerList(request.query)))
  })
  const { adapter, ctx } = siteAt(server.origin, 'new-api')
  return { ...server, list: () => adapter.listApiKeys(ctx, access, 'g1') }
}

const slice = (total: number, start: number, size: number) =>
  keys(total - start, Math.min(size, total - start))

describe.each<[string, (total: number, query: Seen['query']) => unknown]>([
  [
    'pages from 1',
    (total, { p, size }) => {
      const page = Math.max(Number(p), 1)
      const items = slice(total, (page - 1) * Number(size), Number(size))
      return { page, page_size: Number(size), total, items }
    },
  ],
  [
    'pages from 0',
    (total, { p, size }) => {
      const items = slice(total, Number(p) * Number(size), Number(size))
      return { page: Number(p), page_size: Number(size), total, items }
    },
  ],
  [
    'pages smaller than asked',
    (total, { p }) => {
      const page = Math.max(Number(p), 1)
      return { page, page_size: 20, total, items: slice(total, (page - 1) * 20, 20) }
    },
  ],
  ['bare arrays', (total, { p, size }) => slice(total, Number(p) * Number(size), Number(size))],
  ['bare arrays of 10', (total, { p }) => slice(total, Number(p) * 10, 10)],
  [
    "One Hub's shape",
    (total, { page, size }) => {
      const at = Number(page ?? 1)
      const data = slice(total, (at - 1) * Number(size), Number(size))
      return { data, page: at, size: Number(size), total_count: total }
    },
  ],
])('%s', (_, answerList) => {
  test.each([0, 1, 9, 10, 11, 100, 101, 250])('%i keys', async (total) => {
    const site = await keySite((query) => answerList(total, query))
    const list = valueOf(await site.list())
    expect(list.complete).toBe(true)
    expect(list.keys.map(({ id }) => Number(id))).toEqual(keys(total, total).map(({ id }) => id))
    expect(site.seen.length).toBeLessThanOrEqual(Math.floor(total / 10) + 2)
  })
})

describe('odd lists', () => {
  test('a server that repeats one page for ever is read once', async () => {
    const site = await keySite(() => keys(100, 100))
    expect(valueOf(await site.list())).toMatchObject({ complete: true })
    expect(site.seen).toHaveLength(2)
  })

  test('a key that moved to the next page is there once', async () => {
    const site = await keySite(({ p }) =>
      p === '0'
        ? { page: 1, page_size: 100, total: 101, items: keys(101, 100) }
        : { page: 2, page_size: 100, total: 102, items: keys(2, 2) },
    )
    const { keys: found, complete } = valueOf(await site.list())
    const ids = found.map(({ id }) => id)
    // The one that pushed it there was not seen.
    expect(complete).toBe(false)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(101)
  })

  test('a list without end is cut and says so', async () => {
    const site = await keySite(({ p }) => keys(1_000_000 - Number(p) * 100, 100))
    const list = valueOf(await site.list())
    expect(list.complete).toBe(false)
    expect(list.keys).toHaveLength(10_000)
    expect(site.seen).toHaveLength(100)
  })

  test.each([
    ['another user', { user_id: 8 }, 'identity', undefined],
    ['no name', { name: undefined }, 'changed-api', 'data.0.name'],
    ['quota as text', { remain_quota: '5' }, 'changed-api', 'data.0.remain_quota'],
    ['used quota with a fraction', { used_quota: 0.5 }, 'changed-api', 'data.0.used_quota'],
  ])('a row with %s is refused', async (_, part, kind, field) => {
    const site = await keySite(() => [key(1, part)])
    const failure = failureIn(await site.list())
    expect([failure.class, failure.field]).toEqual([kind, field])
  })

  test.each([
    ['null', null],
    ['a text', 'none'],
    ['an object without rows', { total: 3 }],
    ['null rows of a list that has some', { items: null, total: 3 }],
  ])('%s is not an empty list', async (_, data) => {
    const site = await keySite(() => data)
    expect(failureIn(await site.list())).toMatchObject({ class: 'changed-api' })
  })
})

describe('one key', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['enabled', {}, { status: 'enabled', remaining: { state: 'complete', value: 5 } }],
    ['disabled', { status: 2 }, { status: 'disabled' }],
    ['expired, as told', { status: 3 }, { status: 'expired' }],
    ['exhausted, as told', { status: 4 }, { status: 'exhausted' }],
    ['of an unknown status', { status: 9 }, { status: 'unknown' }],
    ['expired, not yet noticed', { expired_time: nowSec - 1 }, { status: 'expired' }],
    [
      'still valid',
      { expired_time: nowSec + 60 },
      { status: 'enabled', expiresAtMs: (nowSec + 60) * 1000 },
    ],
    ['exhausted, not yet noticed', { remain_quota: 0 }, { status: 'exhausted' }],
    [
      'unlimited',
      { remain_quota: -300, unlimited_quota: true },
      { status: 'enabled', remaining: null },
    ],
    [
      'masked',
      { key: 'abcd**********wxyz' },
      { key: { kind: 'masked', text: 'sk-abcd**********wxyz' } },
    ],
    ['masked with dots', { key: 'ab••••yz' }, { key: { kind: 'masked', text: 'sk-ab••••yz' } }],
    ['not shown at all', { key: '' }, { key: { kind: 'masked', text: '' } }],
    ['with prefix', { key: 'sk-abcdef' }, { key: { kind: 'full', text: 'sk-abcdef' } }],
    [
      'never used',
      {},
      { createdAtMs: 1_700_000_000_000, lastUsedAtMs: null, expiresAtMs: null, group: '' },
    ],
    [
      'limited to models',
      { model_limits_enabled: true, model_limits: 'a, b,' },
      { modelLimits: ['a', 'b'] },
    ],
    [
      'with limits switched off',
      { model_limits_enabled: false, model_limits: 'a' },
      { modelLimits: [] },
    ],
    ["limited by One API's field", { models: 'a,b' }, { modelLimits: ['a', 'b'] }],
    ["free by One API's field", { models: null }, { modelLimits: [] }],
  ])('%s', async (_, part, expected) => {
    const site = await keySite(() => [key(1, part)])
    expect(valueOf(await site.list()).keys).toMatchObject([expected])
  })
})

test.each(GENERATIONS)('all of 37 keys of %s', async (generation) => {
  const users = [
    { ...ALICE, keys: Array.from({ length: 37 }, (_, at) => ({ name: `k${String(at)}` })) },
  ]
  const { adapter, ctx } = await relaySite(generation, { users })
  const list = valueOf(await adapter.listApiKeys(ctx, access, generation))
  expect(list.complete).toBe(true)
  expect(new Set(list.keys.map(({ name }) => name)).size).toBe(37)
})
