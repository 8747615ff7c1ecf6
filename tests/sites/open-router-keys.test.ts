import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createOpenRouter, type OpenRouterOptions } from '@/e2e/relays/hosted/open-router'
import type { Access } from '@/src/sites/adapter'
import { openRouterAdapter as adapter } from '@/src/sites/open-router'
import { type Seen, sendJson, startLoopback } from '@/tests/net/loopback'

import { failureIn, siteAt, valueOf } from './site-client'

const KEY = 'sk-or-mgmt-0123456789abcdef0123456789abcdef'
const access: Access = { kind: 'token', userId: 'user_1', accessToken: KEY }

type SeedKey = NonNullable<OpenRouterOptions['users'][number]['keys']>[number]

async function withKeys(keys: SeedKey[], options: Partial<OpenRouterOptions> = {}) {
  const users = [{ id: 1, managementKey: KEY, totalCredits: 1, keys }]
  const { relay, origin, close } = await startSite(createOpenRouter({ users, ...options }))
  onTestFinished(close)
  const { ctx } = siteAt(origin, 'open-router')
  return { relay, ctx, list: () => adapter.listApiKeys(ctx, access, 'hosted') }
}

/** A service whose lists are `answer`'s; everything else is as it should be. */
async function keySite(answer: (path: string, query: Seen['query']) => unknown) {
  const server = await startLoopback(({ path, query }, response) => {
    const owner = { is_management_key: true, creator_user_id: 'user_1' }
    const data = path === '/api/v1/key' ? owner : answer(path, query)
    if (data === undefined) sendJson(response, { error: { code: 404, message: 'x' } }, 404)
    else sendJson(response, { data })
  })
  const { ctx } = siteAt(server.origin, 'open-router')
  return { seen: server.seen, list: () => adapter.listApiKeys(ctx, access, 'hosted') }
}

const row = (hash: string, more: Record<string, unknown> = {}) => ({
  hash,
  name: `key ${hash}`,
  label: 'sk-or-v1-abc...xyz',
  disabled: false,
  limit: 10,
  limit_remaining: 7.5,
  usage: 2.5,
  created_at: '2026-01-02T03:04:05Z',
  expires_at: null,
  ...more,
})

describe('the list', () => {
  test.each([0, 1, 3, 4, 7, 30])('has all of %i keys', async (count) => {
    const keys = Array.from({ length: count }, (_, at) => ({ name: `k${at}`, disabled: at === 0 }))
    const { relay, list } = await withKeys(keys, { keyPageSize: 3 })
    const found = valueOf(await list())
    expect(found.complete).toBe(true)
    expect(found.keys.map(({ name }) => name).sort()).toEqual(keys.map(({ name }) => name).sort())
    expect(relay.counters.count('GET', '/api/v1/keys')).toBe(Math.ceil(count / 3) + 1)
  })

  test('has the keys of every workspace', async () => {
    const { relay, list } = await withKeys([
      { name: 'a' },
      { name: 'b', workspace_id: 'ws_2' },
      { name: 'c', workspace_id: 'ws_2' },
    ])
    relay.state.workspaces.push({ id: 'ws_2', name: 'Two', slug: 'two' })
    const { keys, complete } = valueOf(await list())
    expect(keys.map(({ name }) => name)).toEqual(['a', 'c', 'b'])
    expect(complete).toBe(true)
  })

  test.each([403, 404])('may not be whole where workspaces answer %i', async (status) => {
    const { relay, list } = await withKeys([{ name: 'a' }])
    const body = { error: { code: status, message: 'no' } }
    relay.faults.set({ path: '/api/v1/workspaces' }, { kind: 'status', status, body })
    const { keys, complete } = valueOf(await list())
    expect(keys).toHaveLength(1)
    expect(complete).toBe(false)
  })

  test('fails with the failures that are not about workspaces', async () => {
    const { relay, list } = await withKeys([{ name: 'a' }])
    relay.faults.set({ path: '/api/v1/workspaces' }, { kind: 'status', status: 500 })
    expect(failureIn(await list())).toMatchObject({ class: 'server', path: '/api/v1/workspaces' })
  })

  test('ends at a page that repeats itself', async () => {
    const site = await keySite((path) => (path.endsWith('/keys') ? [row('a'), row('b')] : []))
    const { keys, complete } = valueOf(await site.list())
    expect([keys.length, complete]).toEqual([2, true])
    const pages = site.seen.filter(({ path }) => path.endsWith('/keys'))
    expect(pages.map(({ query }) => query)).toEqual([
      { include_disabled: 'true', offset: '0' },
      { include_disabled: 'true', offset: '2' },
    ])
  })

  test('without end is cut and says so', async () => {
    const site = await keySite((path, { offset }) =>
      path.endsWith('/keys') ? [row(String(offset))] : [],
    )
    const { keys, complete } = valueOf(await site.list())
    expect([keys.length, complete]).toEqual([100, false])
  })

  test.each<[string, unknown, string]>([
    ['null', null, 'data'],
    ['an object', {}, 'data'],
    ['a row without hash', [row('')], 'data.0.hash'],
    ['a limit as text', [row('a', { limit: '10' })], 'data.0.limit'],
    ['no word on the limit', [row('a', { limit: undefined })], 'data.0.limit'],
    ['no usage', [row('a', { usage: null })], 'data.0.usage'],
    ['an end that is no time', [row('a', { expires_at: 'soon' })], 'data.0.expires_at'],
  ])('is not made of %s', async (_, data, field) => {
    const site = await keySite((path) => (path.endsWith('/keys') ? data : []))
    expect(failureIn(await site.list())).toMatchObject({ class: 'changed-api', field })
  })
})

describe('one key', () => {
  test('amounts are dollars, and its text is no key', async () => {
    const site = await keySite((path) => (path.endsWith('/keys') ? [row('a')] : []))
    expect(valueOf(await site.list()).keys).toEqual([
      {
        id: 'a',
        name: 'key a',
        key: { kind: 'masked', text: 'sk-or-v1-abc...xyz' },
        status: 'enabled',
        remaining: { state: 'complete', value: 7.5 },
        used: { state: 'complete', value: 2.5 },
        createdAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
        lastUsedAtMs: null,
        expiresAtMs: null,
        group: '',
        modelLimits: [],
        ipLimits: [],
      },
    ])
  })

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['unlimited', { limit: null, limit_remaining: null }, { status: 'enabled', remaining: null }],
    ['disabled', { disabled: true }, { status: 'disabled' }],
    ['exhausted', { limit_remaining: 0 }, { status: 'exhausted' }],
    ['overdrawn', { limit_remaining: -0.5 }, { status: 'exhausted' }],
    ['not allowed to spend', { limit: 0, limit_remaining: 0 }, { status: 'exhausted' }],
    [
      'limited without saying what is left',
      { limit_remaining: null },
      { status: 'enabled', remaining: { state: 'unavailable', reason: 'invalid-answer' } },
    ],
    [
      'expired',
      { expires_at: '2026-01-02T00:00:00Z' },
      { status: 'expired', expiresAtMs: Date.UTC(2026, 0, 2) },
    ],
    ['still valid', { expires_at: '2999-01-01T00:00:00Z' }, { status: 'enabled' }],
    ['of an unknown age', { created_at: 'once' }, { createdAtMs: null }],
  ])('%s', async (_, part, expected) => {
    const site = await keySite((path) => (path.endsWith('/keys') ? [row('a', part)] : []))
    expect(valueOf(await site.list()).keys).toMatchObject([expected])
  })
})
