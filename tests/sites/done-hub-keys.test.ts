import { describe, expect, test } from 'vitest'

import type { HubSeedKey } from '@/e2e/relays/done-hub/relay'
import { type Seen, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE, BY_COOKIE, BY_TOKEN, hubSite, VARIANTS } from './done-hub-client'
import { failureIn, siteAt, valueOf } from './site-client'

const KEYS = '/api/token/'
const nowSec = Math.floor(Date.now() / 1000)

const keysNamed = (count: number): HubSeedKey[] =>
  Array.from({ length: count }, (_, at) => ({ name: `k${String(at)}`, unlimited: true }))

describe.each(VARIANTS)('%s', (variant) => {
  test.each([0, 1, 99, 100, 101, 250])('all of %i keys', async (count) => {
    const users = [{ ...ALICE, keys: keysNamed(count) }]
    const site = await hubSite(variant, { users })
    await site.logIn('alice')
    for (const access of [BY_TOKEN, BY_COOKIE]) {
      site.relay.counters.reset()
      const list = valueOf(await site.adapter.listApiKeys(site.ctx, access, variant))
      expect(list.complete).toBe(true)
      expect(new Set(list.keys.map(({ name }) => name)).size).toBe(count)
      const asked = site.relay.counters.requests().filter(({ path }) => path === KEYS)
      expect(asked).toHaveLength(Math.max(1, Math.ceil(count / 100)))
      expect(asked.slice(1).map(({ query }) => [query['page'], query['size']])).toEqual(
        asked.slice(1).map((_, at) => [String(at + 2), '100']),
      )
    }
  })

  test('keys as they are', async () => {
    const text = 'AbCdEfGhIjKlMnO_x-Yz0123456789abcdefghijklmnopqrstuvwxyzABC'
    const keys: HubSeedKey[] = [
      { name: 'old', setting: {}, unlimited: true, key: text },
      { name: 'off', status: 2, unlimited: true },
      { name: 'ended', expiredTime: nowSec - 1, unlimited: true },
      { name: 'spent', remainQuota: 0, usedQuota: 5 },
      {
        name: 'limits switched off',
        unlimited: true,
        setting: { limits: { limit_model_setting: { enabled: false, models: ['gpt-4o'] } } },
      },
      {
        name: 'limited to nothing known',
        unlimited: true,
        setting: { limits: { limit_model_setting: { enabled: true, models: null } } },
      },
    ]
    const { adapter, ctx } = await hubSite(variant, { users: [{ ...ALICE, keys }] })
    const list = valueOf(await adapter.listApiKeys(ctx, BY_TOKEN, variant))
    expect(list.keys.toReversed()).toMatchObject([
      {
        key: { kind: 'full', text: `sk-${text}` },
        status: 'enabled',
        modelLimits: [],
        expiresAtMs: null,
      },
      { status: 'disabled', remaining: null },
      { status: 'expired' },
      { status: 'exhausted', used: { state: 'complete', value: 5 } },
      { modelLimits: [] },
      { modelLimits: [] },
    ])
  })

  test('groups that only old keys still use are not offered', async () => {
    const groups = {
      default: { name: 'Default', ratio: 1 },
      vip: { ratio: 0.8, public: false },
      secret: { ratio: 0.1, public: false },
      closed: { ratio: 2, enable: false },
    }
    const users = [{ ...ALICE, keys: [{ name: 'old', group: 'secret' }] }]
    const site = await hubSite(variant, { users, groups })
    await site.logIn('alice')
    const offered = valueOf(await site.adapter.fetchGroups(site.ctx, BY_COOKIE))
    expect(offered.map(({ name }) => name)).toEqual(['default', 'vip'])
  })

  test('an own group that everybody may choose is there once, with its ratio', async () => {
    const users = [{ ...ALICE, group: 'default' }]
    const site = await hubSite(variant, { users })
    await site.logIn('alice')
    for (const access of [BY_TOKEN, BY_COOKIE]) {
      expect(valueOf(await site.adapter.fetchGroups(site.ctx, access))).toEqual([
        { name: 'default', ratio: 1, description: 'Default' },
      ])
    }
  })

  test('an own group that is switched off is not offered to a cookie, which shows it', async () => {
    const groups = { default: { ratio: 1 }, vip: { ratio: 0.8, enable: false } }
    const site = await hubSite(variant, { groups })
    await site.logIn('alice')
    const offered = valueOf(await site.adapter.fetchGroups(site.ctx, BY_COOKIE))
    expect(offered.map(({ name }) => name)).toEqual(['default'])
  })

  test('a version without the group map has no groups', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    relay.faults.set({ path: '/api/user_group_map' }, { kind: 'status', status: 404 })
    expect(failureIn(await adapter.fetchGroups(ctx, BY_TOKEN))).toMatchObject({
      class: 'unsupported',
    })
  })
})

/** A site of alice's whose key list is as told. */
async function keySite(answerList: (query: Seen['query']) => unknown) {
  const self = { id: 7, username: 'alice', quota: 1, used_quota: 1, request_count: 1 }
  const server = await startLoopback((request, response) => {
    sendJson(response, success(request.path === KEYS ? answerList(request.query) : self))
  })
  const { adapter, ctx } = siteAt(server.origin, 'done-hub')
  return { ...server, list: () => adapter.listApiKeys(ctx, BY_TOKEN, 'done-hub') }
}

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
    remain_quota: 0,
    used_quota: 6,
    unlimited_quota: true,
    group: '',
    ...other,
  }
}

const hundred = Array.from({ length: 100 }, (_, at) => key(200 - at))

describe('odd lists', () => {
  test.each<[string, (query: Seen['query']) => unknown, number, boolean]>([
    ['null for none', () => ({ data: null, page: 1, size: 100, total_count: 0 }), 0, true],
    [
      'null behind the last page',
      ({ page }) => ({
        data: page === undefined ? hundred : null,
        // One was deleted while the first page was read.
        total_count: page === undefined ? 101 : 100,
      }),
      100,
      true,
    ],
    ['null for some', () => ({ data: null, total_count: 3 }), 0, false],
    [
      'an end before the total',
      ({ page }) => ({
        data: page === undefined ? hundred : [],
        total_count: 150,
      }),
      100,
      false,
    ],
    ['one page for ever', () => ({ data: hundred, total_count: 300 }), 100, false],
  ])('%s', async (_, answerList, count, complete) => {
    const site = await keySite(answerList)
    const list = valueOf(await site.list())
    expect([list.keys.length, list.complete]).toEqual([count, complete])
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['null', { limits: null }],
    ['null', { limits: { limit_model_setting: null } }],
    ['missing', { heartbeat: { enabled: false } }],
  ])('limits that are %s limit nothing', async (_, setting) => {
    const site = await keySite(() => ({ data: [key(1, { setting })], total_count: 1 }))
    expect(valueOf(await site.list()).keys).toMatchObject([{ modelLimits: [] }])
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['limits as text', { setting: '{}' }, 'data.data.0.setting'],
    ['a quota as text', { used_quota: '6' }, 'data.data.0.used_quota'],
  ])('%s are another API', async (_, part, field) => {
    const site = await keySite(() => ({ data: [key(1, part)], total_count: 1 }))
    expect(failureIn(await site.list())).toMatchObject({ class: 'changed-api', field })
  })

  test.each([null, 'none', { total_count: 3 }])('%j is no list', async (data) => {
    const site = await keySite(() => data)
    expect(failureIn(await site.list())).toMatchObject({ class: 'changed-api' })
  })
})
