import { describe, expect, test } from 'vitest'

import type { Result } from '@/src/domain/failure'
import type { Access, SiteContext } from '@/src/sites/adapter'

import {
  ALICE,
  ALICE_TOKEN,
  BOB,
  BOB_TOKEN,
  BY_COOKIE,
  BY_TOKEN,
  hubSite,
  type HubSite,
  leaking,
  switching,
  VARIANTS,
} from './done-hub-client'
import { day, failureIn, valueOf } from './site-client'

const SELF = '/api/user/self'
const STAT = '/api/log/self/stat'
const LOG = '/api/log/self'
const KEYS = '/api/token/'
const MISMATCH = { class: 'identity', reason: 'user-mismatch' }

type Operation = (site: HubSite, ctx: SiteContext, access: Access) => Promise<Result<unknown>>

const RUN = {
  figures: ({ adapter }, ctx, access) => adapter.fetchFigures(ctx, access),
  use: ({ adapter }, ctx, access) => adapter.fetchTodayUse(ctx, access, day),
  refresh: ({ adapter }, ctx, access) => adapter.refresh(ctx, access, day),
  groups: ({ adapter }, ctx, access) => adapter.fetchGroups(ctx, access),
  keys: ({ adapter }, ctx, access) => adapter.listApiKeys(ctx, access, 'done-hub'),
  token: ({ adapter }, ctx, access) => adapter.createAccessToken(ctx, access),
} satisfies Record<string, Operation>

const OPERATIONS = Object.entries(RUN)
const READS = OPERATIONS.filter(([name]) => name !== 'token')

describe.each(VARIANTS)('%s', (variant) => {
  describe("a cookie of bob's that comes along with alice's token is noticed by", () => {
    test.each(OPERATIONS)('%s', async (_, run) => {
      const site = await hubSite(variant)
      await site.logIn('bob')
      expect(failureIn(await run(site, leaking(site), BY_TOKEN))).toMatchObject(MISMATCH)
      expect(site.relay.counters.count('GET', '/api/user/token')).toBe(0)
      expect(site.relay.state.users.get(8)?.accessToken).toBe(BOB_TOKEN)
    })

    test('whoever asks whose the token is', async () => {
      const site = await hubSite(variant)
      await site.logIn('bob')
      const asked = await site.adapter.identify(leaking(site), ALICE_TOKEN)
      expect(failureIn(asked)).toMatchObject({ ...MISMATCH, path: SELF })
      await site.logIn('alice')
      expect(valueOf(await site.adapter.identify(leaking(site), ALICE_TOKEN)).userId).toBe('7')
    })
  })

  describe('the browser logged in as bob is noticed by', () => {
    test.each(OPERATIONS)('%s', async (_, run) => {
      const site = await hubSite(variant)
      await site.logIn('bob')
      expect(failureIn(await run(site, site.ctx, BY_COOKIE))).toMatchObject(MISMATCH)
      expect(site.relay.state.users.get(8)?.accessToken).toBe(BOB_TOKEN)
    })
  })

  describe("bob's token under alice's account is noticed by", () => {
    test.each(OPERATIONS)('%s', async (_, run) => {
      const site = await hubSite(variant)
      const access: Access = { ...BY_TOKEN, accessToken: BOB_TOKEN } as Access
      expect(failureIn(await run(site, site.ctx, access))).toMatchObject(MISMATCH)
      expect(site.relay.state.users.get(8)?.accessToken).toBe(BOB_TOKEN)
    })
  })

  describe("an answer for bob's eyes is noticed by", () => {
    test.each(READS)('%s', async (_, run) => {
      const site = await hubSite(variant, { users: [{ ...ALICE, keys: [] }, BOB] })
      site.relay.faults.set({ path: SELF }, { kind: 'wrong-user', userId: 8 })
      expect(failureIn(await run(site, site.ctx, BY_TOKEN))).toMatchObject(MISMATCH)
    })

    test('the list of keys that are his', async () => {
      const bob = { ...BOB, keys: [{ name: 'his' }] }
      const { adapter, ctx, relay } = await hubSite(variant, { users: [ALICE, bob] })
      relay.faults.set({ path: KEYS }, { kind: 'wrong-user', userId: 8 })
      const listed = await adapter.listApiKeys(ctx, BY_TOKEN, variant)
      expect(failureIn(listed)).toMatchObject({ ...MISMATCH, path: KEYS })
    })

    test('the sum of log rows that are his', async () => {
      const bob = { ...BOB, logs: ALICE.logs ?? [] }
      const { adapter, ctx, relay } = await hubSite(variant, { users: [ALICE, bob] })
      relay.faults.set({ path: STAT }, { kind: 'status', status: 404 })
      relay.faults.set({ path: LOG }, { kind: 'wrong-user', userId: 8 })
      for (const result of [
        await adapter.fetchTodayUse(ctx, BY_TOKEN, day),
        await adapter.refresh(ctx, BY_TOKEN, day),
      ]) {
        expect(failureIn(result)).toMatchObject({ ...MISMATCH, path: LOG })
      }
    })
  })

  describe('the browser becomes bob', () => {
    test.each<[string, string, number, Operation]>([
      ['before the use', SELF, 1, RUN.use],
      ['while the use is read', STAT, 1, RUN.use],
      ['after the use was read', SELF, 2, RUN.use],
      ['before a refresh', SELF, 1, RUN.refresh],
      ['amid a refresh', STAT, 1, RUN.refresh],
      ['at the end of a refresh', SELF, 2, RUN.refresh],
      ['before the groups', '/api/user_group_map', 1, RUN.groups],
      ['after the groups', SELF, 2, RUN.groups],
      ['before the keys', KEYS, 1, RUN.keys],
      ['after the keys', SELF, 1, RUN.keys],
      ['before a token is made', SELF, 1, RUN.token],
    ])('%s', async (_, path, at, run) => {
      const site = await hubSite(variant)
      await site.logIn('alice')
      const result = await run(site, switching(site, 'bob', path, at), BY_COOKIE)
      expect(failureIn(result)).toMatchObject(MISMATCH)
      expect(site.relay.state.users.get(8)?.accessToken).toBe(BOB_TOKEN)
    })

    test('between two pages of keys, of which he has none', async () => {
      const keys = Array.from({ length: 101 }, (_, at) => ({ name: `k${String(at)}` }))
      const site = await hubSite(variant, { users: [{ ...ALICE, keys }, BOB] })
      await site.logIn('alice')
      const listed = await site.adapter.listApiKeys(
        switching(site, 'bob', KEYS, 2),
        BY_COOKIE,
        variant,
      )
      expect(failureIn(listed)).toMatchObject(MISMATCH)
    })

    test('just as the token is made: his is lost, but never kept as hers', async () => {
      const site = await hubSite(variant)
      await site.logIn('alice')
      const ctx = switching(site, 'bob', '/api/user/token', 1)
      const made = await site.adapter.createAccessToken(ctx, BY_COOKIE)
      expect(failureIn(made)).toMatchObject(MISMATCH)
    })
  })

  test.each([STAT, SELF])('a refresh by cookie whose %s fails shows no use', async (path) => {
    const site = await hubSite(variant)
    await site.logIn('alice')
    let asked = 0
    const ctx: SiteContext = {
      ...site.ctx,
      transport: (request, options) => {
        const at = path === SELF ? 2 : 1
        if (request.path === path && ++asked === at) {
          site.relay.faults.set({ path }, { kind: 'status', status: 502 })
          if (path === STAT) site.relay.faults.set({ path: LOG }, { kind: 'status', status: 502 })
        }
        return site.ctx.transport(request, options)
      },
    }
    const { figures, today } = valueOf(await site.adapter.refresh(ctx, BY_COOKIE, day))
    expect(figures.userId).toBe('7')
    expect(today.consumption).toEqual({ state: 'unavailable', reason: 'request-failed' })
  })
})
