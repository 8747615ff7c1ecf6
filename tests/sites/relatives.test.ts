import { describe, expect, test } from 'vitest'

import { RELATIVES, type RelayOptions } from '@/e2e/relays/new-api/relay'
import type { Access, PageStorage } from '@/src/sites/adapter'
import { adapterFor } from '@/src/sites/registry'
import { relativeAdapters } from '@/src/sites/relatives'

import { ALICE, BOB, day, failureIn, PAT, relaySite, tokenOf, valueOf } from './site-client'

type Type = keyof typeof relativeAdapters

const TYPES = Object.keys(relativeAdapters) as Type[]
const GENERATIONS = ['g0', 'g1a', 'g1b'] as const
const CASES = TYPES.flatMap((type) => GENERATIONS.map((generation) => [type, generation] as const))
const complete = (value: number) => ({ state: 'complete', value })

/** A relay of that type with alice and bob, and the adapter for it. */
async function relativeSite(
  type: Type,
  generation: (typeof GENERATIONS)[number],
  options: Partial<RelayOptions> = {},
) {
  const site = await relaySite(generation, { relative: RELATIVES[type], ...options })
  const adapter = adapterFor(type)
  return {
    ...site,
    adapter,
    /** Logs in and returns what the adapter may read of the page's storage. */
    pageOf: async (username: string): Promise<PageStorage> => {
      await site.logIn(username)
      const { localStorage } = site.relay.sessionFor(username)
      const values = adapter.pageStorageKeys.map((key) => [key, localStorage[key] ?? null])
      return { values: Object.fromEntries(values) as PageStorage['values'] }
    },
  }
}

describe.each(CASES)('%s on %s', (type, generation) => {
  test('shows who is logged in to a page', async () => {
    const { adapter, ctx, pageOf } = await relativeSite(type, generation)
    const session = await adapter.readSession(ctx, await pageOf('alice'))
    expect(valueOf(session)).toMatchObject({
      access: { kind: 'cookie', userId: '7' },
      figures: { userId: '7', username: 'alice', balance: complete(1_234_567) },
      generation,
      existingToken: generation === 'g0' ? PAT : null,
      tokenCreation: 'replaces',
    })
  })

  test.each(['token', 'cookie'])(
    'gives the figures, use and keys of the user by %s',
    async (how) => {
      const { adapter, ctx, relay, pageOf } = await relativeSite(type, generation)
      await pageOf('alice')
      const access: Access = how === 'token' ? tokenOf(ALICE) : { kind: 'cookie', userId: '7' }
      relay.counters.reset()
      const { figures, today } = valueOf(await adapter.refresh(ctx, access, day))
      expect(figures).toMatchObject({ userId: '7', group: 'vip', balance: complete(1_234_567) })
      expect(today.consumption).toEqual(complete(120))
      const groups = valueOf(await adapter.fetchGroups(ctx, access))
      expect(groups).toContainEqual({ name: 'vip', ratio: 0.8, description: 'VIP group' })
      const list = valueOf(await adapter.listApiKeys(ctx, access, generation))
      expect(list).toMatchObject({ complete: true, keys: [{ name: 'second' }, { name: 'first' }] })
      for (const request of relay.counters.requests()) {
        expect(request).toMatchObject({
          userIdHeader: '7',
          hadCookie: how === 'cookie',
          hadAuthorization: how === 'token',
        })
      }
    },
  )

  test('takes no answer about another user', async () => {
    const { adapter, ctx, relay, pageOf } = await relativeSite(type, generation)
    const access: Access = { kind: 'token', userId: '7', accessToken: BOB.accessToken ?? '' }
    const page = await pageOf('alice')
    await pageOf('bob')
    for (const result of [
      await adapter.refresh(ctx, access, day),
      await adapter.refresh(ctx, { kind: 'cookie', userId: '7' }, day),
      await adapter.readSession(ctx, page),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
    }
    relay.faults.set({ path: '/api/user/self' }, { kind: 'wrong-user', userId: 8 })
    const wrong = await adapter.refresh(ctx, tokenOf(ALICE), day)
    expect(failureIn(wrong)).toMatchObject({ class: 'identity' })
  })

  test('wants the user id beside a token', async () => {
    const { adapter, ctx } = await relativeSite(type, generation)
    expect(failureIn(await adapter.identify(ctx, PAT))).toMatchObject({
      class: 'input',
      reason: 'user-id-needed',
    })
  })
})

describe('a page of V-API keeps its user in a place of its own', () => {
  const state = (user: unknown) => JSON.stringify({ state: { user }, version: 0 })
  const read = async (values: PageStorage['values']) => {
    const { adapter, ctx, pageOf } = await relativeSite('v-api', 'g1b')
    await pageOf('alice')
    return adapter.readSession(ctx, { values })
  }

  test('which is among what may be read', () => {
    expect(adapterFor('v-api').pageStorageKeys).toContain('user-storage')
    expect(adapterFor('voapi').pageStorageKeys).not.toContain('user-storage')
  })

  test.each<[string, PageStorage['values']]>([
    ['alone', { 'user-storage': state({ id: 7 }) }],
    ['and a stale user elsewhere', { 'user-storage': state({ id: 7 }), user: '{"id":8}' }],
    ['empty, and the common one', { 'user-storage': state(null), user: '{"id":7}' }],
    ['broken, and the common one', { 'user-storage': '{"state":', user: '{"id":7}' }],
    ['of another shape, and the common one', { 'user-storage': '[]', user: '{"id":7}' }],
    ['with a text as id, and the common one', { 'user-storage': state({ id: '8' }), uid: '7' }],
  ])('%s', async (_, values) => {
    expect(valueOf(await read(values))).toMatchObject({ access: { userId: '7' } })
  })

  test.each<[string, PageStorage['values']]>([
    ['nowhere', {}],
    ['without an id', { 'user-storage': state({ username: 'alice' }), user: null }],
  ])('%s', async (_, values) => {
    expect(failureIn(await read(values))).toMatchObject({ reason: 'no-session-in-page' })
  })
})

test('V-API writes the ratio of a group behind its text', async () => {
  const { adapter, ctx } = await relativeSite('v-api', 'g1b', {
    groups: {
      default: { ratio: 1.5, desc: '普通分组' },
      vip: { ratio: 1, desc: 'a=b' },
      auto: { ratio: '自动', desc: 'Automatic' },
    },
  })
  expect(valueOf(await adapter.fetchGroups(ctx, tokenOf(ALICE)))).toEqual([
    { name: 'default', ratio: 1.5, description: '普通分组' },
    { name: 'vip', ratio: 1, description: 'a=b' },
    { name: 'auto', ratio: null, description: 'Automatic' },
  ])
})

describe('the descriptions', () => {
  const of = (type: Type) => adapterFor(type).description

  test.each(TYPES)('%s names itself and what it has', (type) => {
    const { label, capabilities, routes, userId } = of(type)
    expect(of(type).type).toBe(type)
    expect(label).not.toBe('New API')
    expect(capabilities).toEqual(expect.arrayContaining(['today-use', 'access-token', 'api-keys']))
    expect(routes.login).toBe('/login')
    expect(userId).toBe('needed')
  })

  test('say which have a check-in of their own', () => {
    const checking = TYPES.filter((type) => of(type).capabilities.includes('check-in'))
    expect(checking.sort()).toEqual(['any-router', 'model-flare', 'wong'])
  })

  test('say whose accounts are by cookie first', () => {
    const byCookie = TYPES.filter((type) => of(type).authModes[0] === 'cookie')
    expect(byCookie.sort()).toEqual(['any-router', 'model-flare'])
  })

  test('say where the pages are', () => {
    expect(of('v-api').routes).toMatchObject({ usageLog: '/panel/log', redeem: '/panel/topup' })
    expect(of('rix-api').routes).toMatchObject({ usageLog: '/log', checkIn: '/panel' })
    expect(of('voapi').routes).toMatchObject({ usageLog: '/console/log', redeem: '/wallet' })
    expect(of('wong').routes.checkIn).toBe('/console/topup')
    expect(of('agent-router').routes).not.toHaveProperty('checkIn')
    expect(of('v-api').routes).not.toHaveProperty('keys')
  })
})
