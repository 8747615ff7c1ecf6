import { describe, expect, test } from 'vitest'

import { detectSite } from '@/src/sites/registry'
import { pageOf } from '@/src/domain/site-pages'

import {
  ALICE,
  ALICE_TOKEN,
  BOB_TOKEN,
  BY_COOKIE,
  BY_TOKEN,
  type HubSite,
  hubSite,
  NO_STORAGE,
  VARIANTS,
} from './done-hub-client'
import { day, failureIn, valueOf } from './site-client'

const TOKEN_PATH = '/api/user/token'
const complete = (value: number) => ({ state: 'complete', value })

const FIGURES = {
  userId: '7',
  username: 'alice',
  group: 'vip',
  balance: complete(1_234_567),
  usedTotal: complete(7_654),
  requestsTotal: complete(3),
}

describe.each(VARIANTS)('%s', (variant) => {
  test('is recognised by its behaviour, whatever its name', async () => {
    const site = await hubSite(variant, { systemName: 'New API', paymentUsdRate: 6.5 })
    const found = valueOf(await detectSite(site.ctx))
    expect(found).toMatchObject({
      siteType: variant,
      status: { quotaPerUnit: 500_000, rechargeRate: 6.5, systemName: 'New API' },
    })
    expect(found.evidence.map(({ sign }) => sign)).toEqual(
      variant === 'done-hub'
        ? ['status-fields', 'status-fields']
        : ['status-fields', 'status-lacks'],
    )
    expect(site.relay.counters.count('GET', '/api/status')).toBe(1)
    expect(site.relay.counters.count('GET', '/api/user_group_map')).toBe(0)
    for (const request of site.relay.counters.requests()) {
      expect(request).toMatchObject({ hadCookie: false, hadAuthorization: false })
    }
  })

  test('tells what it says about itself', async () => {
    const options = { quotaPerUnit: 1000, paymentUsdRate: 2.5, turnstile: true }
    const { adapter, ctx } = await hubSite(variant, options)
    expect(valueOf(await adapter.fetchStatus(ctx))).toEqual({
      systemName: 'Example Relay',
      quotaPerUnit: 1000,
      rechargeRate: 2.5,
      turnstile: true,
    })
  })

  test('shows which of the two it is', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    expect(valueOf(await adapter.probeGeneration(ctx, null))).toBe(variant)
    expect(valueOf(await adapter.probeGeneration(ctx, BY_TOKEN))).toBe(variant)
    expect(relay.counters.requests().every(({ hadAuthorization }) => !hadAuthorization)).toBe(true)
  })

  test('shows who is logged in to a page, and the token there is', async () => {
    const site = await hubSite(variant)
    await site.logIn('alice')
    expect(site.adapter.pageStorageKeys).toEqual([])
    expect(valueOf(await site.adapter.readSession(site.ctx, NO_STORAGE))).toEqual({
      access: BY_COOKIE,
      figures: FIGURES,
      generation: variant,
      existingToken: ALICE_TOKEN,
      tokenCreation: 'replaces',
    })
    expect(site.relay.counters.total()).toBe(1)
    expect(site.relay.counters.requests()[0]).toMatchObject({ userIdHeader: null, hadCookie: true })
  })

  test('a page without a login has no session', async () => {
    const { adapter, ctx } = await hubSite(variant)
    expect(failureIn(await adapter.readSession(ctx, NO_STORAGE))).toMatchObject({
      class: 'login',
      reason: 'not-logged-in',
    })
  })

  test('needs nothing to use the login of the browser', async () => {
    const { adapter, ctx, relay } = await hubSite(variant)
    expect(valueOf(await adapter.openSession(ctx, '7', variant))).toEqual(BY_COOKIE)
    expect(relay.counters.total()).toBe(0)
  })

  test('tells whose a token is', async () => {
    const site = await hubSite(variant)
    await site.logIn('bob')
    const { adapter, ctx, relay } = site
    const user = { userId: '7', username: 'alice' }
    expect(valueOf(await adapter.identify(ctx, ALICE_TOKEN))).toEqual(user)
    expect(relay.counters.requests()).toMatchObject([{ hadCookie: false, hadAuthorization: true }])
    expect(failureIn(await adapter.identify(ctx, '0'.repeat(32)))).toMatchObject({
      class: 'login',
      reason: 'invalid-token',
    })
  })

  describe.each(['token', 'cookie'] as const)('by %s', (how) => {
    const access = how === 'token' ? BY_TOKEN : BY_COOKIE

    /** The site with the browser logged in: as alice if it matters, as bob if it must not. */
    async function logged(): Promise<HubSite> {
      const site = await hubSite(variant)
      await site.logIn(how === 'token' ? 'bob' : 'alice')
      return site
    }

    test('figures, use, groups and keys are those of the user', async () => {
      const { adapter, ctx } = await logged()
      expect(valueOf(await adapter.fetchFigures(ctx, access))).toEqual(FIGURES)
      const today = valueOf(await adapter.fetchTodayUse(ctx, access, day))
      const unknown = { state: 'unavailable', reason: 'not-collected' }
      expect(today).toEqual({
        dayKey: day.dayKey,
        consumption: complete(120),
        requests: unknown,
        promptTokens: unknown,
        completionTokens: unknown,
      })
      expect(valueOf(await adapter.refresh(ctx, access, day))).toEqual({ figures: FIGURES, today })
      expect(valueOf(await adapter.fetchGroups(ctx, access))).toEqual([
        { name: 'default', ratio: 1, description: 'Default' },
        how === 'token'
          ? { name: 'vip', ratio: null, description: '' }
          : { name: 'vip', ratio: 0.8, description: 'VIP' },
      ])
      const { keys, complete: isComplete } = valueOf(
        await adapter.listApiKeys(ctx, access, variant),
      )
      expect(isComplete).toBe(true)
      expect(keys).toMatchObject([
        {
          name: 'second',
          remaining: null,
          key: { kind: 'full' },
          group: 'default',
          modelLimits: [],
        },
        { name: 'first', remaining: complete(10), modelLimits: ['gpt-4o', 'dall-e-3'] },
      ])
    })

    test('no credential travels but the one meant', async () => {
      const { adapter, ctx, relay } = await logged()
      valueOf(await adapter.refresh(ctx, access, day))
      valueOf(await adapter.listApiKeys(ctx, access, variant))
      for (const request of relay.counters.requests()) {
        expect(request).toMatchObject({
          hadCookie: how === 'cookie',
          hadAuthorization: how === 'token',
        })
      }
      relay.counters.reset()
      valueOf(await adapter.fetchGroups(ctx, access))
      const asked = relay.counters.requests().find(({ path }) => path === '/api/user_group_map')
      expect(asked).toMatchObject({ hadCookie: how === 'cookie', hadAuthorization: false })
    })

    test('a new token works and stops the one there was', async () => {
      const { adapter, ctx, relay } = await logged()
      const accessToken = valueOf(await adapter.createAccessToken(ctx, access))
      expect(relay.counters.count('GET', TOKEN_PATH)).toBe(1)
      expect(relay.state.users.get(7)?.accessToken).toBe(accessToken)
      expect(relay.state.users.get(8)?.accessToken).toBe(BOB_TOKEN)
      expect(valueOf(await adapter.identify(ctx, accessToken)).userId).toBe('7')
      expect(failureIn(await adapter.fetchFigures(ctx, BY_TOKEN))).toMatchObject({ class: 'login' })
    })

    test('nothing else makes a token', async () => {
      const { adapter, ctx, relay } = await logged()
      await adapter.readSession(ctx, NO_STORAGE)
      await adapter.refresh(ctx, access, day)
      await adapter.fetchGroups(ctx, access)
      await adapter.listApiKeys(ctx, access, variant)
      expect(relay.counters.count('GET', TOKEN_PATH)).toBe(0)
      expect(relay.state.users.get(7)?.accessToken).toBe(ALICE_TOKEN)
    })
  })

  test('never asks for what the family does not have', async () => {
    const { adapter } = await hubSite(variant)
    const { capabilities, routes, userId, authModes } = adapter.description
    expect(capabilities).not.toContain('check-in')
    expect(capabilities).not.toContain('api-key-reveal')
    expect(routes.checkIn).toBeUndefined()
    expect([userId, authModes]).toEqual(['from-token', ['token', 'cookie']])
    expect(pageOf(adapter.description, 'https://hub.test', 'usageLog')).toBe(
      'https://hub.test/panel/log',
    )
  })

  test.each([
    ['a lost connection', { kind: 'reset' }],
    ['half an answer', { kind: 'truncate' }],
    ['a gateway that gave up', { kind: 'status', status: 504 }],
  ] as const)('%s leaves open whether a token was made', async (_, fault) => {
    const { adapter, ctx, relay } = await hubSite(variant)
    relay.faults.set({ path: TOKEN_PATH }, fault)
    const made = await adapter.createAccessToken(ctx, BY_TOKEN)
    expect(failureIn(made)).toMatchObject({ class: 'interrupted', path: TOKEN_PATH })
    expect(relay.counters.count('GET', TOKEN_PATH)).toBe(1)
  })
})

test('a One Hub that became a DoneHub says so', async () => {
  const { ctx } = await hubSite('done-hub', { users: [ALICE] })
  const { adapter } = await hubSite('one-hub')
  expect(valueOf(await adapter.probeGeneration(ctx, null))).toBe('done-hub')
})

test.each(VARIANTS)('a status that is hidden leaves %s what it was taken for', async (variant) => {
  const { adapter, ctx, relay } = await hubSite(variant)
  relay.faults.set({ path: '/api/status' }, { kind: 'status', status: 404 }, 1)
  expect(valueOf(await adapter.probeGeneration(ctx, null))).toBe(variant)
  relay.faults.set({ path: '/api/status' }, { kind: 'status', status: 502 }, 1)
  expect(failureIn(await adapter.probeGeneration(ctx, null))).toMatchObject({ class: 'server' })
})
