import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createOpenRouter, type OpenRouterOptions } from '@/e2e/relays/hosted/open-router'
import type { Access } from '@/src/sites/adapter'
import { openRouterAdapter } from '@/src/sites/open-router'
import { withLate } from '@/src/sites/late-registry'
import { sendJson, startLoopback } from '@/tests/net/loopback'

import { DAY_MS, draftOf, keysOf } from './key-drafts'
import { failureIn, siteAt, valueOf } from './site-client'

const KEY = 'sk-or-mgmt-0123456789abcdef0123456789abcdef'
const KEYS = '/api/v1/keys'
const access: Access = { kind: 'token', userId: 'user_1', accessToken: KEY }
const adapter = withLate(openRouterAdapter)
const ops = keysOf(adapter)

type SeedKey = NonNullable<OpenRouterOptions['users'][number]['keys']>[number]

const NEW = { generation: 'hosted', requestId: 'request-1', knownIds: new Set<string>() } as const

async function site(keys: SeedKey[] = [], options: Partial<OpenRouterOptions> = {}) {
  const users = [{ id: 1, managementKey: KEY, totalCredits: 1, keys }]
  const { relay, origin, close } = await startSite(createOpenRouter({ users, ...options }))
  onTestFinished(close)
  const { ctx } = siteAt(origin, 'open-router')
  const list = async () => valueOf(await adapter.listApiKeys(ctx, access, 'hosted')).keys
  return {
    relay,
    ctx,
    list,
    stored: () => relay.state.users.get(1)?.keys ?? [],
    idOf: async () => (await list())[0]?.id ?? '',
  }
}

test('a key is made, renamed, limited, switched off and on, and removed', async () => {
  const { relay, ctx, list, stored } = await site()
  const expiresAtMs = Date.now() + DAY_MS
  const draft = draftOf({ remaining: 2.5, expiresAtMs })
  const created = valueOf(await ops.create(ctx, access, draft, NEW))
  if (created.outcome !== 'identified') throw new Error('not identified')
  const { key, ...facts } = created.key
  expect(key).toEqual({
    kind: 'full',
    text: relay.state.users.get(1)?.secrets.get(created.key.id),
  })
  expect(facts).toMatchObject({
    name: 'laptop',
    remaining: { state: 'complete', value: 2.5 },
    expiresAtMs,
  })
  // From now on the key is never shown again.
  const listed = { ...facts, key: { kind: 'masked', text: stored()[0]?.label } }
  expect(await list()).toEqual([listed])
  valueOf(await ops.update(ctx, access, facts.id, { name: 'desk' }, 'hosted'))
  expect(await list()).toEqual([{ ...listed, name: 'desk' }])
  valueOf(await ops.update(ctx, access, facts.id, { remaining: null }, 'hosted'))
  expect(await list()).toEqual([{ ...listed, name: 'desk', remaining: null }])
  for (const [enabled, status] of [
    [false, 'disabled'],
    [true, 'enabled'],
  ] as const) {
    valueOf(await ops.setEnabled!(ctx, access, facts.id, enabled, 'hosted'))
    expect(await list()).toMatchObject([{ name: 'desk', status }])
  }
  valueOf(await ops.remove(ctx, access, facts.id, 'hosted'))
  expect(stored()).toEqual([])
  valueOf(await ops.remove(ctx, access, facts.id, 'hosted'))
  expect(relay.counters.requests().some(({ hadCookie }) => hadCookie)).toBe(false)
})

describe('what is left', () => {
  test.each<[string, SeedKey, number]>([
    ['comes on top of all that was spent', { name: 'x', limit: 10, usage: 2.5 }, 6.5],
    ['of a key without limit too', { name: 'x', limit: null, usage: 2.5 }, 6.5],
    [
      'counts what was spent since the last reset',
      { name: 'x', limit: 10, usage: 8, usage_daily: 1, limit_reset: 'daily' },
      5,
    ],
    [
      'of an overdrawn key too',
      { name: 'x', limit: 2, usage: 3, usage_weekly: 3, limit_reset: 'weekly' },
      7,
    ],
    [
      'counts keys of one’s own where they count',
      { name: 'x', limit: 1, usage: 1, byok_usage: 2, include_byok_in_limit: true },
      7,
    ],
  ])('%s', async (_, seed, limit) => {
    const { ctx, list, stored, idOf } = await site([seed])
    const reset = stored()[0]?.limit_reset
    valueOf(await ops.update(ctx, access, await idOf(), { remaining: 4 }, 'hosted'))
    expect(stored()[0]).toMatchObject({ limit, limit_reset: reset })
    expect((await list())[0]?.remaining).toEqual({ state: 'complete', value: 4 })
  })
})

test('an expiry is only for a new key', async () => {
  const { ctx, relay, idOf } = await site([{ name: 'x' }])
  const edit = { expiresAtMs: Date.now() + DAY_MS }
  const id = await idOf()
  expect(failureIn(await ops.update(ctx, access, id, edit, 'hosted'))).toEqual({
    class: 'input',
    field: 'expiresAtMs',
    reason: 'not-offered',
  })
  expect(relay.counters.count('PATCH', `${KEYS}/:hash`)).toBe(0)
})

test('a key that is not there is not found, and what is no hash is not asked for', async () => {
  const { ctx, relay } = await site()
  const gone = 'f'.repeat(64)
  for (const edit of [{ name: 'y' }, { remaining: 1 }]) {
    const edited = await ops.update(ctx, access, gone, edit, 'hosted')
    expect(failureIn(edited)).toMatchObject({ class: 'not-found' })
  }
  const before = relay.counters.total()
  for (const id of ['..', '../credits', 'a/b', '']) {
    expect(failureIn(await ops.remove(ctx, access, id, 'hosted')).class).toBe('not-found')
  }
  expect(relay.counters.total()).toBe(before)
})

describe('a change', () => {
  test.each([
    [{ kind: 'truncate' }],
    [{ kind: 'reset' }],
    [{ kind: 'status', status: 504 }],
  ] as const)('whose answer is lost by %j may have happened', async (fault) => {
    const { ctx, relay, idOf } = await site([{ name: 'x' }])
    const id = await idOf()
    for (const method of ['POST', 'PATCH', 'DELETE']) relay.faults.set({ method }, fault)
    const uncertain = { class: 'interrupted', reason: 'uncertain' }
    const results = [
      await ops.create(ctx, access, draftOf(), NEW),
      await ops.update(ctx, access, id, { name: 'y' }, 'hosted'),
      await ops.setEnabled!(ctx, access, id, false, 'hosted'),
      await ops.remove(ctx, access, id, 'hosted'),
    ]
    for (const result of results) expect(failureIn(result)).toMatchObject(uncertain)
    const sent = relay.counters.requests().filter(({ method }) => method !== 'GET')
    expect(sent).toHaveLength(4)
  })

  test('by a key of another user is not sent', async () => {
    const { ctx, relay, idOf } = await site([{ name: 'x' }])
    const id = await idOf()
    const stranger: Access = { ...access, userId: 'user_2' }
    const results = [
      await ops.create(ctx, stranger, draftOf(), NEW),
      await ops.update(ctx, stranger, id, { name: 'y' }, 'hosted'),
      await ops.setEnabled!(ctx, stranger, id, false, 'hosted'),
      await ops.remove(ctx, stranger, id, 'hosted'),
      await ops.fetchModels(ctx, stranger),
    ]
    for (const result of results) expect(failureIn(result).class).toBe('identity')
    expect(relay.counters.requests().filter(({ method }) => method !== 'GET')).toEqual([])
  })

  const row = (hash: string) => ({
    hash,
    name: 'x',
    label: 'sk-or-v1-abc...xyz',
    disabled: false,
    limit: null,
    usage: 0,
  })

  test('answered with another key is not taken for done', async () => {
    const server = await startLoopback(({ path, method }, response) => {
      const owner = { is_management_key: true, creator_user_id: 'user_1' }
      const key = method === 'POST' ? { key: 'sk-or-v1-whole' } : {}
      sendJson(response, { data: path === '/api/v1/key' ? owner : row('bbb'), ...key })
    })
    const { ctx } = siteAt(server.origin, 'open-router')
    const known = { ...NEW, knownIds: new Set(['bbb']) }
    const uncertain = { class: 'interrupted', reason: 'uncertain' }
    expect(failureIn(await ops.create(ctx, access, draftOf(), known))).toMatchObject(uncertain)
    const renamed = await ops.update(ctx, access, 'aaa', { name: 'y' }, 'hosted')
    expect(failureIn(renamed)).toMatchObject(uncertain)
    const limited = await ops.update(ctx, access, 'aaa', { remaining: 1 }, 'hosted')
    expect(failureIn(limited)).toMatchObject({ class: 'changed-api', field: 'data.hash' })
  })
})

describe('models', () => {
  test('are read page after page', async () => {
    const { ctx, relay } = await site([], { modelPageSize: 1 })
    const names = valueOf(await ops.fetchModels(ctx, access))
    expect(names).toEqual([
      'openai/gpt-4o',
      'anthropic/claude-sonnet-4',
      'google/gemini-2.5-flash-image',
    ])
    expect(relay.counters.count('GET', '/api/v1/models/user')).toBe(3)
  })

  test.each([
    ['another origin', 'https://evil.example/api/v1/models/user?offset=1'],
    ['another path', '/api/v1/keys'],
    ['itself', '/api/v1/models/user'],
    ['nothing', 'http://'],
  ])('end where the next page is %s', async (_, next) => {
    const server = await startLoopback(({ path }, response) => {
      const owner = { is_management_key: true, creator_user_id: 'user_1' }
      const models = { data: [{ id: 'a/b' }], links: { next } }
      sendJson(response, path === '/api/v1/key' ? { data: owner } : models)
    })
    const { ctx } = siteAt(server.origin, 'open-router')
    expect(valueOf(await ops.fetchModels(ctx, access))).toEqual(['a/b'])
    expect(server.seen.length).toBeLessThanOrEqual(3)
    expect(server.seen.some(({ path }) => path === KEYS)).toBe(false)
  })
})
