import { describe, expect, test } from 'vitest'

import type { SeedKey } from '@/e2e/relays/sub2api/options-user'
import type { Sub2ApiOptions } from '@/e2e/relays/sub2api/relay'
import type { KeyDraft } from '@/src/domain/api-key'
import type { CreatedKey } from '@/src/sites/adapter'

import { DAY_MS, draftOf, keysOf } from './key-drafts'
import { failureIn, valueOf } from './site-client'
import { ALICE, BOB, BUILDS, sub2ApiSite } from './sub2api-client'

const KEYS = '/api/v1/keys'

async function site(
  build: 'old' | 'new' = 'new',
  keys: SeedKey[] = [],
  options: Partial<Sub2ApiOptions> = {},
) {
  const one = await sub2ApiSite(build, { users: [{ ...ALICE, keys }, BOB], ...options })
  const { adapter, ctx, alice, relay } = one
  const ops = keysOf(adapter)
  const generation = `sub2api-${build}` as const
  return {
    ...one,
    ops,
    generation,
    /** The keys of the site, oldest first. */
    stored: () => [...relay.state.keys.values()].filter(({ userId }) => userId === ALICE.id),
    list: async () => valueOf(await adapter.listApiKeys(ctx, alice, generation)).keys,
    create: (draft: Partial<KeyDraft> = {}, requestId: string = crypto.randomUUID()) =>
      ops.create(ctx, alice, draftOf({ group: 'claude', ...draft }), {
        generation,
        requestId,
        knownIds: new Set(),
      }),
  }
}

function keyIn(created: CreatedKey) {
  if (created.outcome !== 'identified') throw new Error('not identified')
  return created.key
}

describe.each(BUILDS)('a key of a server that is %s', (build) => {
  test('is made, renamed, moved, switched off and on, and removed', async () => {
    const { adapter, ctx, alice, ops, generation, ...one } = await site(build)
    const key = keyIn(valueOf(await one.create({ name: 'a < b & "c"' })))
    expect(key).toMatchObject({
      name: 'a < b & "c"',
      key: { kind: 'full', text: one.stored()[0]?.key },
      group: 'claude',
      status: 'enabled',
      remaining: null,
    })
    expect(await one.list()).toEqual([key])
    const edit = { name: `x > 'y'`, group: 'gpt' }
    expect(valueOf(await ops.update(ctx, alice, key.id, edit, generation))).toBeNull()
    const [changed] = await one.list()
    expect(changed).toEqual({ ...key, name: `x > 'y'`, group: 'gpt' })
    for (const [enabled, status] of [
      [false, 'disabled'],
      [true, 'enabled'],
    ] as const) {
      valueOf(await ops.setEnabled!(ctx, alice, key.id, enabled, generation))
      expect(await one.list()).toEqual([{ ...changed, status }])
    }
    valueOf(await ops.remove(ctx, alice, key.id, generation))
    expect(await one.list()).toEqual([])
    expect(one.stored()).toEqual([])
    // Whoever removed it before has done the same.
    valueOf(await ops.remove(ctx, alice, key.id, generation))
  })

  test('needs a group the user may bind', async () => {
    const { relay, create } = await site(build)
    expect(failureIn(await create({ group: '' }))).toEqual({
      class: 'input',
      field: 'group',
      reason: 'required',
    })
    expect(failureIn(await create({ group: 'nowhere' }))).toMatchObject({
      class: 'input',
      field: 'group',
      reason: 'not-offered',
    })
    expect(relay.counters.count('POST', KEYS)).toBe(0)
  })

  test('of another user cannot be reached', async () => {
    const { ctx, alice, ops, generation, relay } = await site(build, [{ name: 'own' }])
    const bobs = [...relay.state.keys.values()].find(({ userId }) => userId === BOB.id)
    const id = String(bobs?.id)
    const edited = await ops.update(ctx, alice, id, { name: 'mine' }, generation)
    expect(failureIn(edited).class).toBe('not-found')
    expect(failureIn(await ops.remove(ctx, alice, id, generation))).toMatchObject({
      class: 'refused',
      reason: 'insufficient-permissions',
    })
    expect(relay.state.keys.get(Number(id))?.name).toBe(bobs?.name)
  })

  test('whose id is no number is not even asked for', async () => {
    const { ctx, alice, ops, generation, relay } = await site(build)
    const before = relay.counters.total()
    for (const id of ['..', '../auth/me', '1/usage', '']) {
      expect(failureIn(await ops.remove(ctx, alice, id, generation)).class).toBe('not-found')
    }
    expect(relay.counters.total()).toBe(before)
  })
})

describe('limits', () => {
  test('are dollars, whole days and addresses', async () => {
    const { create, stored, ctx } = await site()
    const ipLimits = ['10.0.0.0/8', '2001:db8::1']
    const expiresAtMs = ctx.now() + 1.5 * DAY_MS
    const key = keyIn(valueOf(await create({ remaining: 0.25, expiresAtMs, ipLimits })))
    expect(key).toMatchObject({ remaining: { state: 'complete', value: 0.25 }, ipLimits })
    expect(stored()[0]).toMatchObject({ quota: 0.25, ipWhitelist: ipLimits, ipBlacklist: null })
    // Never earlier than asked for, and less than a day later.
    expect(key.expiresAtMs).toBeGreaterThanOrEqual(expiresAtMs)
    expect(key.expiresAtMs).toBeLessThan(expiresAtMs + DAY_MS)
  })

  const SPENT: SeedKey = {
    name: 'a & b',
    quota: 10,
    quotaUsed: 2.5,
    expiresAtMs: Date.UTC(2999, 0, 1),
    ipWhitelist: ['10.0.0.1'],
    ipBlacklist: ['192.0.2.0/24'],
    limits: { '5h': { limit: 2 } },
  }

  test('stay where they are not named, also at servers that clear what is left out', async () => {
    const { ctx, alice, ops, generation, list, stored } = await site('new', [SPENT], {
      clearsOmittedIpLists: true,
    })
    const [before] = await list()
    const id = before?.id ?? ''
    valueOf(await ops.update(ctx, alice, id, { name: 'c & d' }, generation))
    valueOf(await ops.setEnabled!(ctx, alice, id, false, generation))
    valueOf(await ops.setEnabled!(ctx, alice, id, true, generation))
    expect(await list()).toEqual([{ ...before, name: 'c & d' }])
    expect(stored()[0]).toMatchObject({
      ipBlacklist: ['192.0.2.0/24'],
      limits: { '5h': { limit: 2 } },
    })
  })

  test('can all be changed and lifted', async () => {
    const { ctx, alice, ops, generation, list, stored } = await site('new', [SPENT])
    const id = (await list())[0]?.id ?? ''
    const expiresAtMs = Date.UTC(2998, 5, 1)
    const edit = { remaining: 4, expiresAtMs, ipLimits: ['10.0.0.2'] }
    valueOf(await ops.update(ctx, alice, id, edit, generation))
    expect((await list())[0]).toMatchObject({
      ...edit,
      remaining: { state: 'complete', value: 4 },
      used: { state: 'complete', value: 2.5 },
    })
    const lifted = { remaining: null, expiresAtMs: null, ipLimits: [] }
    valueOf(await ops.update(ctx, alice, id, lifted, generation))
    expect((await list())[0]).toMatchObject(lifted)
    expect(stored()[0]).toMatchObject({ quota: 0, ipBlacklist: ['192.0.2.0/24'] })
  })

  test('of nothing are refused: the server would take them for none', async () => {
    const { ctx, alice, ops, generation, create, list, relay } = await site('new', [{ name: 'x' }])
    const expected = { class: 'input', field: 'remaining', reason: 'not-positive' }
    expect(failureIn(await create({ remaining: 0 }))).toEqual(expected)
    const id = (await list())[0]?.id ?? ''
    const edited = await ops.update(ctx, alice, id, { remaining: 0 }, generation)
    expect(failureIn(edited)).toEqual(expected)
    expect(relay.counters.count('PUT', `${KEYS}/${id}`)).toBe(0)
  })

  test.each([
    { remaining: 5 },
    { expiresAtMs: Date.now() + DAY_MS },
    { ipLimits: ['10.0.0.1'] },
    { modelLimits: ['claude-opus-4'] },
  ])('an old server has none, so %j is refused', async (part) => {
    const { ctx, alice, ops, generation, create, list, relay } = await site('old', [{ name: 'x' }])
    const [field] = Object.keys(part)
    const expected = { class: 'input', field, reason: 'not-offered' }
    expect(failureIn(await create(part))).toEqual(expected)
    const id = (await list())[0]?.id ?? ''
    expect(failureIn(await ops.update(ctx, alice, id, part, generation))).toEqual(expected)
    expect(relay.counters.requests().filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

describe('a creation', () => {
  test('that is repeated makes one key', async () => {
    const { create, stored, relay } = await site()
    relay.faults.set({ method: 'POST', path: KEYS }, { kind: 'truncate' }, 1)
    const draft = { remaining: 5, expiresAtMs: Date.now() + 30 * DAY_MS }
    const first = await create(draft, 'request-1')
    expect(failureIn(first)).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
    expect(stored()).toHaveLength(1)
    const second = keyIn(valueOf(await create(draft, 'request-1')))
    const third = keyIn(valueOf(await create(draft, 'request-1')))
    expect(second.key.text).toBe(stored()[0]?.key)
    expect(third).toEqual(second)
    expect(stored()).toHaveLength(1)
    await create(draft, 'request-2')
    expect(stored()).toHaveLength(2)
  })

  test('whose first try still runs is not known to fail', async () => {
    const { create, relay } = await site()
    const body = { code: 409, message: 'no', reason: 'IDEMPOTENCY_IN_PROGRESS' }
    relay.faults.set({ method: 'POST', path: KEYS }, { kind: 'status', status: 409, body })
    expect(failureIn(await create())).toMatchObject({ class: 'interrupted', reason: 'uncertain' })
  })

  test('answered with a key of somebody else is refused', async () => {
    const { create, relay } = await site()
    relay.faults.set({ method: 'POST', path: KEYS }, { kind: 'wrong-user', userId: BOB.id })
    expect(failureIn(await create())).toMatchObject({ class: 'identity' })
  })
})

describe('a change whose fate is unknown', () => {
  test.each([
    [{ kind: 'truncate' }],
    [{ kind: 'hang' }],
    [{ kind: 'reset' }],
    [{ kind: 'status', status: 502 }],
  ] as const)('after %j says so', async (fault) => {
    const { ctx, alice, ops, generation, list, relay } = await site('new', [{ name: 'x' }])
    const id = (await list())[0]?.id ?? ''
    for (const method of ['PUT', 'DELETE']) relay.faults.set({ method }, fault)
    const uncertain = { class: 'interrupted', reason: 'uncertain' }
    const renamed = await ops.update(ctx, alice, id, { name: 'y' }, generation)
    expect(failureIn(renamed)).toMatchObject(uncertain)
    expect(failureIn(await ops.remove(ctx, alice, id, generation))).toMatchObject(uncertain)
    expect(relay.counters.requests().filter(({ method }) => method === 'PUT')).toHaveLength(1)
    expect(relay.counters.requests().filter(({ method }) => method === 'DELETE')).toHaveLength(1)
  })
})

describe('models', () => {
  test('are those of the channels', async () => {
    const { ops, ctx, alice } = await site()
    const names = valueOf(await ops.fetchModels(ctx, alice))
    expect(names).toEqual(['claude-sonnet-4', 'claude-opus-4', 'gpt-4o'])
  })

  test('are those of the plaza where channels are not shown', async () => {
    const options = { availableChannels: false, modelPlaza: true }
    const { ops, ctx, alice } = await site('new', [], options)
    expect(valueOf(await ops.fetchModels(ctx, alice))).toContain('gpt-4o')
  })

  test.each(BUILDS)('are told nowhere: %s', async (build) => {
    const { ops, ctx, alice } = await site(build, [], { availableChannels: false })
    expect(failureIn(await ops.fetchModels(ctx, alice))).toEqual({
      class: 'unsupported',
      reason: 'no-model-list',
    })
  })
})
