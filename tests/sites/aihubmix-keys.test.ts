import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { type AihubmixOptions, createAihubmix } from '@/e2e/relays/hosted/aihubmix'
import type { Access } from '@/src/sites/adapter'
import { aihubmixAdapter as adapter } from '@/src/sites/aihubmix'
import { type Seen, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { failureIn, siteAt, valueOf } from './site-client'

const TOKEN = 'fd0123456789abcdef0123456789abcdef'
const access: Access = { kind: 'token', userId: 'alice', accessToken: TOKEN }
const nowSec = Math.floor(Date.now() / 1000)

/** A service whose key lists are `answer`'s. */
async function keySite(answer: (query: Seen['query']) => unknown) {
  const server = await startLoopback(({ path, query }, response) => {
    const isSelf = path === '/api/user/self'
    sendJson(response, success(isSelf ? { id: 7, username: 'alice', quota: 1 } : answer(query)))
  })
  const { ctx } = siteAt(server.origin, 'aihubmix')
  return {
    list: () => adapter.listApiKeys(ctx, access, 'hosted'),
    pages: () => server.seen.filter(({ path }) => path === '/api/token/').map(({ query }) => query),
  }
}

const row = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  user_id: 7,
  name: `key ${String(id)}`,
  key: 'sk-abcd****wxyz',
  status: 1,
  created_time: 1_700_000_000,
  accessed_time: 0,
  expired_time: -1,
  unlimited_quota: false,
  remain_quota: 5,
  used_quota: 6,
  models: '',
  subnet: '',
  ...more,
})

const rows = (from: number, to: number) =>
  Array.from({ length: Math.max(to - from, 0) }, (_, at) => row(from + at))

describe.each(['array', 'items', 'data'] as const)('a list as %s', (list) => {
  test.each(['envelope', 'bare'] as const)('in a body as %s', async (body) => {
    const secret = `sk-${'k'.repeat(48)}`
    const keys = [
      { name: 'limited', remainQuota: 10 },
      { name: 'free', secret },
    ]
    const users: AihubmixOptions['users'] = [
      { id: 1, username: 'alice', accessToken: TOKEN, quota: 1, keys },
    ]
    const { origin, close } = await startSite(createAihubmix({ users, forms: { list, body } }))
    onTestFinished(close)
    const { ctx } = siteAt(origin, 'aihubmix')
    const found = valueOf(await adapter.listApiKeys(ctx, access, 'hosted'))
    expect(found.complete).toBe(true)
    expect(found.keys).toMatchObject([
      { name: 'free', remaining: null, key: { kind: 'masked' } },
      { name: 'limited', remaining: { state: 'complete', value: 10 }, key: { kind: 'masked' } },
    ])
    expect(JSON.stringify(found)).not.toContain(secret.slice(10))
  })
})

describe('the list', () => {
  test.each([0, 1, 9])('of %i keys takes one request', async (count) => {
    const site = await keySite(() => rows(0, count))
    expect(valueOf(await site.list())).toMatchObject({ complete: true })
    expect(site.pages()).toEqual([{ num: '100' }])
  })

  test.each<[string, (query: Seen['query']) => unknown]>([
    ['a service that sends all', () => rows(0, 37)],
    [
      'pages of 10 from 0',
      ({ p }) => rows(Number(p ?? 0) * 10, Math.min(Number(p ?? 0) * 10 + 10, 37)),
    ],
    [
      'pages of 10 from 1',
      ({ p }) => {
        const at = Math.max(Number(p ?? 1), 1) * 10
        return rows(at - 10, Math.min(at, 37))
      },
    ],
    [
      'pages with a total',
      ({ p }) => {
        const at = Number(p ?? 0) * 20
        return { items: rows(at, Math.min(at + 20, 37)), total: '37' }
      },
    ],
  ])('of %s is whole', async (_, answer) => {
    const site = await keySite(answer)
    const { keys, complete } = valueOf(await site.list())
    expect(complete).toBe(true)
    expect(keys.map(({ id }) => Number(id))).toEqual(rows(0, 37).map(({ id }) => id))
    expect(site.pages().length).toBeLessThanOrEqual(5)
  })

  test('that ends before its total is not whole', async () => {
    const site = await keySite(({ p }) => ({ data: p ? [] : rows(0, 3), total_count: 5 }))
    const { keys, complete } = valueOf(await site.list())
    expect([keys.length, complete]).toEqual([3, false])
  })

  test('without end is cut and says so', async () => {
    const site = await keySite(({ p }) => rows(Number(p ?? 0) * 10, Number(p ?? 0) * 10 + 10))
    const { keys, complete } = valueOf(await site.list())
    expect([keys.length, complete]).toEqual([1000, false])
  })

  test('of another user is refused', async () => {
    const site = await keySite(() => [row(1), row(2, { user_id: 8 })])
    expect(failureIn(await site.list())).toEqual({
      class: 'identity',
      reason: 'user-mismatch',
      path: '/api/token/',
    })
  })

  test.each<[string, unknown, string]>([
    ['null', null, 'data'],
    ['a text', 'none', 'data'],
    ['an object without rows', { total: 3 }, 'data.data'],
    ['null rows', { items: null }, 'data.items'],
    ['a row without id', [row(1, { id: undefined })], 'data.0.id'],
    ['a row without name', [row(1, { name: null })], 'data.0.name'],
    ['a row without end', [row(1, { expired_time: undefined })], 'data.0.expired_time'],
    ['quota in words', { items: [row(1, { remain_quota: '5 $' })] }, 'data.items.0.remain_quota'],
  ])('is not made of %s', async (_, data, field) => {
    const site = await keySite(() => data)
    expect(failureIn(await site.list())).toMatchObject({ class: 'changed-api', field })
  })
})

describe('one key', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'enabled',
      {},
      {
        id: '1',
        status: 'enabled',
        remaining: { state: 'complete', value: 5 },
        used: { state: 'complete', value: 6 },
        createdAtMs: 1_700_000_000_000,
        lastUsedAtMs: null,
        expiresAtMs: null,
        group: '',
        modelLimits: [],
        ipLimits: [],
      },
    ],
    [
      'with numbers as text',
      { remain_quota: '5', expired_time: String(nowSec + 60), used_quota: '6', status: '1' },
      {
        status: 'enabled',
        remaining: { state: 'complete', value: 5 },
        expiresAtMs: (nowSec + 60) * 1000,
      },
    ],
    ['by its other id', { id: undefined, token_id: 'k9' }, { id: 'k9' }],
    ['disabled', { status: 2 }, { status: 'disabled' }],
    ['not enabled', { status: 0 }, { status: 'disabled' }],
    ['expired, as told', { status: 3 }, { status: 'expired' }],
    ['of an unknown status', { status: 'on' }, { status: 'unknown' }],
    ['expired, not yet noticed', { expired_time: nowSec - 1 }, { status: 'expired' }],
    ['exhausted, not yet noticed', { remain_quota: 0 }, { status: 'exhausted' }],
    ['unlimited', { unlimited_quota: true, remain_quota: 0 }, { remaining: null }],
    ['unlimited by its rest', { remain_quota: -1 }, { status: 'enabled', remaining: null }],
    [
      'of unknown use',
      { used_quota: undefined },
      { used: { state: 'unavailable', reason: 'invalid-answer' } },
    ],
    ['limited to models', { models: 'a, b,' }, { modelLimits: ['a', 'b'] }],
    ['masked', {}, { key: { kind: 'masked', text: 'sk-abcd****wxyz' } }],
    ['cut', { key: 'sk-abcdef' }, { key: { kind: 'masked', text: 'sk-abcdef' } }],
    ['not shown at all', { key: undefined }, { key: { kind: 'masked', text: '' } }],
    [
      'shown whole, by another name',
      { full_key: `sk-${'k'.repeat(48)}` },
      { key: { kind: 'full', text: `sk-${'k'.repeat(48)}` } },
    ],
    [
      'shown whole, without the prefix clients send',
      { full_key: 'k'.repeat(48) },
      { key: { kind: 'full', text: `sk-${'k'.repeat(48)}` } },
    ],
    ['limited to addresses', { subnet: '10.0.0.0/8, ::1' }, { ipLimits: ['10.0.0.0/8', '::1'] }],
    ['limited by another name', { subnet: '', allow_ips: ['::1'] }, { ipLimits: ['::1'] }],
    ['by the last of its names', { key: null, value: 'ab...yz' }, { key: { text: 'ab...yz' } }],
  ])('%s', async (_, part, expected) => {
    const site = await keySite(() => [row(1, part)])
    expect(valueOf(await site.list()).keys).toMatchObject([expected])
  })
})
