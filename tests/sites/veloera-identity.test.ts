import { describe, expect, test } from 'vitest'

import type { Access } from '@/src/sites/adapter'

import { ALICE, BOB, day, failureIn, tokenOf, valueOf } from './site-client'
import { BUILDS, switching, veloeraSite } from './veloera-client'

const SELF = '/api/user/self'
const STAT = '/api/log/self/stat'
const COOKIE: Access = { kind: 'cookie', userId: '7' }

describe.each(BUILDS)('identity guard on %s', (build) => {
  test("a token that is another user's", async () => {
    const { adapter, ctx } = await veloeraSite(build)
    const access: Access = { kind: 'token', userId: '7', accessToken: BOB.accessToken ?? '' }
    for (const result of [
      await adapter.fetchFigures(ctx, access),
      await adapter.fetchTodayUse(ctx, access, day),
      await adapter.refresh(ctx, access, day),
      await adapter.fetchGroups(ctx, access),
      await adapter.listApiKeys(ctx, access, 'veloera-v4'),
      await adapter.createAccessToken(ctx, access),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
    }
  })

  test('the browser is logged in as somebody else', async () => {
    const site = await veloeraSite(build)
    const { adapter, ctx, relay } = site
    const page = await site.logIn('alice')
    await site.logIn('bob')
    for (const result of [
      await adapter.fetchFigures(ctx, COOKIE),
      await adapter.fetchTodayUse(ctx, COOKIE, day),
      await adapter.refresh(ctx, COOKIE, day),
      await adapter.fetchGroups(ctx, COOKIE),
      await adapter.listApiKeys(ctx, COOKIE, 'veloera-v4'),
      await adapter.createAccessToken(ctx, COOKIE),
      await adapter.readSession(ctx, page),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
    }
    // Nobody's token was replaced on the way.
    expect(relay.state.users.get(8)?.accessToken).toBe(BOB.accessToken)
  })

  test('an answer about another user', async () => {
    const site = await veloeraSite(build)
    const { adapter, ctx, relay } = site
    const page = await site.logIn('alice')
    relay.faults.set({ path: SELF }, { kind: 'wrong-user', userId: 8 })
    for (const result of [
      await adapter.fetchFigures(ctx, tokenOf(ALICE)),
      await adapter.refresh(ctx, tokenOf(ALICE), day),
      await adapter.refresh(ctx, COOKIE, day),
      await adapter.readSession(ctx, page),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'identity', path: SELF })
    }
  })

  test("keys of another user's", async () => {
    const users = [ALICE, { ...BOB, keys: [{ name: 'his' }] }]
    const { adapter, ctx, relay } = await veloeraSite(build, { users })
    relay.faults.set({ path: '/api/token/' }, { kind: 'wrong-user', userId: 8 })
    const listed = await adapter.listApiKeys(ctx, tokenOf(ALICE), 'veloera-v4')
    expect(failureIn(listed)).toMatchObject({ class: 'identity', path: '/api/token/' })
  })

  test('log rows of another user', async () => {
    const users = [ALICE, { ...BOB, logs: ALICE.logs ?? [] }]
    const { adapter, ctx, relay } = await veloeraSite(build, { users })
    relay.faults.set({ path: STAT }, { kind: 'status', status: 404 })
    relay.faults.set({ path: '/api/log/self' }, { kind: 'wrong-user', userId: 8 })
    expect(failureIn(await adapter.refresh(ctx, tokenOf(ALICE), day))).toMatchObject({
      class: 'identity',
      path: '/api/log/self',
    })
  })

  test.each([
    ['before', SELF, 1],
    ['between', STAT, 1],
    ['after', SELF, 2],
  ])('a login that changes %s the use was read gives nothing', async (_, path, at) => {
    const site = await veloeraSite(build)
    await site.logIn('alice')
    const refreshed = await site.adapter.refresh(switching(site, path, at), COOKIE, day)
    expect(failureIn(refreshed)).toMatchObject({ class: 'identity' })
  })

  test('the cookie of another user beside a token changes nothing', async () => {
    const site = await veloeraSite(build)
    await site.logIn('bob')
    const { figures } = valueOf(await site.adapter.refresh(site.ctx, tokenOf(ALICE), day))
    expect(figures).toMatchObject({ userId: '7', username: 'alice' })
  })
})
