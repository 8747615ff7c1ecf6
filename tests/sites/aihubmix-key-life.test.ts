import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { type AihubmixOptions, createAihubmix } from '@/e2e/relays/hosted/aihubmix'
import type { Access } from '@/src/sites/adapter'
import { aihubmixAdapter } from '@/src/sites/aihubmix'
import { withLate } from '@/src/sites/late-registry'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { DAY_MS, draftOf, keysOf } from './key-drafts'
import { failureIn, siteAt, valueOf } from './site-client'

const TOKEN = 'fd0123456789abcdef0123456789abcdef'
const BOBS = 'b0b123456789abcdef0123456789abcdef'
const KEYS = '/api/token/'
const access: Access = { kind: 'token', userId: 'alice', accessToken: TOKEN }
const adapter = withLate(aihubmixAdapter)
const ops = keysOf(adapter)

const NEW = { generation: 'hosted', requestId: 'request-1', knownIds: new Set<string>() } as const

async function site(forms: AihubmixOptions['forms'] = {}, names: string[] = []) {
  const keys = names.map((name) => ({ name }))
  const users = [
    { id: 1, username: 'alice', accessToken: TOKEN, quota: 1, keys },
    { id: 2, username: 'bob', accessToken: BOBS, quota: 1, keys: [{ name: 'bobs' }] },
  ]
  const { relay, origin, close } = await startSite(createAihubmix({ users, forms }))
  onTestFinished(close)
  const { ctx } = siteAt(origin, 'aihubmix')
  return {
    relay,
    ctx,
    stored: () => [...relay.state.keys.values()].filter(({ userId }) => userId === 1),
    list: async () => valueOf(await adapter.listApiKeys(ctx, access, 'hosted')).keys,
  }
}

describe.each(['envelope', 'bare'] as const)('in a body as %s', (body) => {
  test('a key is made, changed and removed', async () => {
    const { ctx, list, stored, relay } = await site({ body })
    const expiresAtMs = Math.floor(Date.now() / 1000) * 1000 + DAY_MS
    const limits = { modelLimits: ['gpt-4o', 'o3'], ipLimits: ['10.0.0.0/8', '::1'] }
    const draft = draftOf({ remaining: 5000, expiresAtMs, ...limits })
    const created = valueOf(await ops.create(ctx, access, draft, NEW))
    if (created.outcome !== 'identified') throw new Error('not identified')
    const { key, ...facts } = created.key
    expect(key).toEqual({ kind: 'full', text: stored()[0]?.secret })
    expect(facts).toMatchObject({
      name: 'laptop',
      remaining: { state: 'complete', value: 5000 },
      expiresAtMs,
      ...limits,
    })
    const [listed] = await list()
    expect(listed).toMatchObject({ ...facts, key: { kind: 'masked' } })
    valueOf(await ops.update(ctx, access, facts.id, { name: 'desk' }, 'hosted'))
    expect(await list()).toEqual([{ ...listed, name: 'desk' }])
    const lifted = { remaining: null, expiresAtMs: null, modelLimits: [], ipLimits: [] }
    valueOf(await ops.update(ctx, access, facts.id, lifted, 'hosted'))
    expect(await list()).toEqual([{ ...listed, name: 'desk', ...lifted }])
    expect(stored()[0]).toMatchObject({ unlimitedQuota: true, remainQuota: -1, expiredTime: -1 })
    // What is unlimited stays so.
    valueOf(await ops.update(ctx, access, facts.id, { name: 'd2' }, 'hosted'))
    expect(await list()).toEqual([{ ...listed, name: 'd2', ...lifted }])
    valueOf(await ops.remove(ctx, access, facts.id, 'hosted'))
    expect(stored()).toEqual([])
    valueOf(await ops.remove(ctx, access, facts.id, 'hosted'))
    expect(relay.counters.requests().some(({ hadCookie }) => hadCookie)).toBe(false)
  })
})

test('keys cannot be switched off, moved or renamed beyond 30 bytes', async () => {
  const { ctx, relay, list } = await site({}, ['x'])
  expect(ops.setEnabled).toBeUndefined()
  const id = (await list())[0]?.id ?? ''
  for (const edit of [{ group: 'vip' }, { name: '密'.repeat(11) }]) {
    const edited = await ops.update(ctx, access, id, edit, 'hosted')
    expect(failureIn(edited)).toMatchObject({ class: 'input', field: Object.keys(edit)[0] })
  }
  expect(relay.counters.count('PUT', KEYS)).toBe(0)
})

test('a key of somebody else stays, whoever asks for its removal', async () => {
  const { ctx, relay } = await site()
  const bobs = [...relay.state.keys.values()].find(({ userId }) => userId === 2)
  const id = String(bobs?.id)
  // It is in no list of Alice's: to her it is gone.
  valueOf(await ops.remove(ctx, access, id, 'hosted'))
  expect(relay.state.keys.has(Number(id))).toBe(true)
  expect(failureIn(await ops.update(ctx, access, id, { name: 'y' }, 'hosted')).class).toBe(
    'refused',
  )
  for (const wrong of ['..', 'a/b', '../user/self', '']) {
    const before = relay.counters.total()
    expect(failureIn(await ops.remove(ctx, access, wrong, 'hosted')).class).toBe('not-found')
    expect(relay.counters.total()).toBe(before)
  }
})

test('a refused removal is a failure while the key is there', async () => {
  const { ctx, relay, list } = await site({}, ['x'])
  const id = (await list())[0]?.id ?? ''
  const body = { success: false, message: 'not now' }
  relay.faults.set({ method: 'DELETE' }, { kind: 'status', status: 200, body })
  expect(failureIn(await ops.remove(ctx, access, id, 'hosted'))).toMatchObject({
    class: 'refused',
    detail: 'not now',
  })
})

describe('a change', () => {
  test.each([
    [{ kind: 'truncate' }],
    [{ kind: 'reset' }],
    [{ kind: 'status', status: 502 }],
  ] as const)('whose answer is lost by %j may have happened', async (fault) => {
    const { ctx, relay, list } = await site({}, ['x'])
    const id = (await list())[0]?.id ?? ''
    for (const method of ['POST', 'PUT', 'DELETE']) relay.faults.set({ method }, fault)
    const results = [
      await ops.create(ctx, access, draftOf(), NEW),
      await ops.update(ctx, access, id, { name: 'y' }, 'hosted'),
      await ops.remove(ctx, access, id, 'hosted'),
    ]
    for (const result of results) {
      expect(failureIn(result)).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
    }
    const sent = relay.counters.requests().filter(({ method }) => method !== 'GET')
    expect(sent).toHaveLength(3)
  })

  test('under the name of another user is not sent', async () => {
    const { ctx, relay, list } = await site({}, ['x'])
    const id = (await list())[0]?.id ?? ''
    const stranger: Access = { ...access, accessToken: BOBS }
    const results = [
      await ops.create(ctx, stranger, draftOf(), NEW),
      await ops.update(ctx, stranger, id, { name: 'y' }, 'hosted'),
      await ops.remove(ctx, stranger, id, 'hosted'),
      await ops.fetchModels(ctx, stranger),
    ]
    for (const result of results) expect(failureIn(result).class).toBe('identity')
    expect(relay.counters.requests().filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

const row = (id: number, name: string, key = 'sk-abcd****wxyz') => ({
  id,
  name,
  key,
  expired_time: -1,
  unlimited_quota: true,
  remain_quota: -1,
})

describe('the answer of a creation', () => {
  const whole = `sk-${'k'.repeat(48)}`

  /** A service that answers a creation in this way and then lists these keys. */
  async function making(answer: unknown, listed: object[], known: string[] = ['1']) {
    const server = await startLoopback(({ method, path }, response) => {
      if (path === '/api/user/self') sendJson(response, success({ username: 'alice', quota: 1 }))
      else sendJson(response, method === 'POST' ? answer : success(listed))
    })
    const { ctx } = siteAt(server.origin, 'aihubmix')
    const options = { ...NEW, knownIds: new Set(known) }
    return valueOf(await ops.create(ctx, access, draftOf(), options))
  }

  test.each<[string, unknown, string]>([
    ['the key alone', success(whole), 'full'],
    ['the key and no more', success({ full_key: whole }), 'full'],
    ['nothing', { success: true, message: '' }, 'masked'],
  ])('may be %s: the list tells which it is', async (_, answer, kind) => {
    const created = await making(answer, [row(1, 'old'), row(2, 'laptop')])
    expect(created).toMatchObject({ outcome: 'identified', key: { id: '2', key: { kind } } })
  })

  test.each<[string, object[]]>([
    ['two new keys', [row(2, 'laptop'), row(3, 'laptop')]],
    ['a new key by another name', [row(2, 'other')]],
    ['no new key', [row(1, 'laptop')]],
  ])('that names no key leaves it open with %s', async (_, listed) => {
    expect(await making(success(null), listed)).toEqual({ outcome: 'unidentified' })
  })

  test('about a key that was there before leaves it open', async () => {
    expect(await making(success(row(1, 'laptop', whole)), [])).toEqual({ outcome: 'unidentified' })
  })
})

test('limits that cannot be read are not written over', async () => {
  const server = await startLoopback(({ path }, response) => {
    const isSelf = path === '/api/user/self'
    const self = { username: 'alice', quota: 1 }
    sendJson(response, success(isSelf ? self : { ...row(1, 'x'), models: { only: 'gpt-4o' } }))
  })
  const { ctx } = siteAt(server.origin, 'aihubmix')
  const edited = await ops.update(ctx, access, '1', { name: 'y' }, 'hosted')
  expect(failureIn(edited)).toMatchObject({ class: 'changed-api', field: 'data.models' })
  expect(server.seen.every(({ method }) => method === 'GET')).toBe(true)
})

describe('models', () => {
  const unknown = { kind: 'status', status: 404, body: { success: false } } as const

  test('are the user’s own', async () => {
    const { ctx, relay } = await site()
    relay.state.availableModels = ['gpt-4o', { model: 'o3' }, 'gpt-4o']
    expect(valueOf(await ops.fetchModels(ctx, access))).toEqual(['gpt-4o', 'o3'])
  })

  test('are those of the catalogue where nothing else answers, without cookies', async () => {
    const { ctx, relay } = await site()
    relay.faults.set({ path: '/api/user/available_models' }, unknown)
    relay.state.availableModels = ['of-the-session']
    expect(valueOf(await ops.fetchModels(ctx, access))).toEqual(['gpt-4o', 'claude-sonnet-4'])
    expect(relay.counters.requests().some(({ hadCookie }) => hadCookie)).toBe(false)
  })

  test('are told nowhere', async () => {
    const { ctx, relay } = await site()
    relay.faults.set({ path: '/api/user/available_models' }, unknown)
    relay.state.catalogue = []
    expect(failureIn(await ops.fetchModels(ctx, access))).toEqual({
      class: 'unsupported',
      reason: 'no-model-list',
    })
  })
})
