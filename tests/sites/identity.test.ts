import { describe, expect, test } from 'vitest'

import type { Access } from '@/src/sites/adapter'

import { ALICE, BOB, day, failureIn, GENERATIONS, relaySite, tokenOf, valueOf } from './site-client'

describe.each(GENERATIONS)('identity guard on %s', (generation) => {
  test("a token that is another user's", async () => {
    const { adapter, ctx } = await relaySite(generation)
    const access: Access = { kind: 'token', userId: '7', accessToken: BOB.accessToken ?? '' }
    for (const result of [
      await adapter.fetchFigures(ctx, access),
      await adapter.refresh(ctx, access, day),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'identity' })
    }
  })

  test('an answer about another user', async () => {
    const { adapter, ctx, relay } = await relaySite(generation)
    relay.faults.set({ path: '/api/user/self' }, { kind: 'wrong-user', userId: 8 })
    const access = tokenOf(ALICE)
    expect(failureIn(await adapter.fetchFigures(ctx, access))).toEqual({
      class: 'identity',
      reason: 'user-mismatch',
      path: '/api/user/self',
    })
    expect(failureIn(await adapter.refresh(ctx, access, day))).toMatchObject({ class: 'identity' })
  })

  test("keys of another user's", async () => {
    const bob = { ...BOB, keys: [{ name: 'his' }] }
    const { adapter, ctx, relay } = await relaySite(generation, { users: [ALICE, bob] })
    relay.faults.set({ path: '/api/token/' }, { kind: 'wrong-user', userId: 8 })
    const listed = await adapter.listApiKeys(ctx, tokenOf(ALICE), generation)
    expect(failureIn(listed)).toMatchObject({ class: 'identity', path: '/api/token/' })
  })

  test('log rows of another user', async () => {
    const bob = { ...BOB, logs: ALICE.logs ?? [] }
    const users = [ALICE, bob]
    const { adapter, ctx, relay } = await relaySite(generation, { users, logStat: false })
    relay.faults.set({ path: '/api/log/self' }, { kind: 'wrong-user', userId: 8 })
    expect(failureIn(await adapter.refresh(ctx, tokenOf(ALICE), day))).toMatchObject({
      class: 'identity',
      path: '/api/log/self',
    })
  })

  test('the browser is logged in as somebody else', async () => {
    const site = await relaySite(generation)
    await site.logIn('bob')
    const opened = await site.adapter.openSession(site.ctx, '7', generation)
    const failure = opened.ok
      ? failureIn(await site.adapter.refresh(site.ctx, opened.value, day))
      : opened.failure
    expect(failure).toMatchObject({ class: 'identity', reason: 'user-mismatch' })
  })
})

describe.each(['one-api', 'g0', 'g1b'] as const)('a login that changes on %s', (generation) => {
  test.each([
    ['before', '/api/user/self', 1],
    ['between', '/api/log/self/stat', 1],
    ['after', '/api/user/self', 2],
  ])('%s the use was read gives nothing', async (_, path, at) => {
    const site = await relaySite(generation)
    await site.logIn('alice')
    let calls = 0
    const ctx = {
      ...site.ctx,
      transport: async (...args: Parameters<typeof site.ctx.transport>) => {
        if (args[0].path === path && ++calls === at) await site.logIn('bob')
        return site.ctx.transport(...args)
      },
    }
    const access = valueOf(await site.adapter.openSession(ctx, '7', generation))
    const refreshed = await site.adapter.refresh(ctx, access, day)
    expect(failureIn(refreshed)).toMatchObject({ class: 'identity' })
  })
})

test("storage that names another user than the cookie's is not believed", async () => {
  for (const generation of ['one-api', 'g0', 'g1b'] as const) {
    const site = await relaySite(generation)
    const page = await site.logIn('alice')
    await site.logIn('bob')
    const session = await site.adapter.readSession(site.ctx, page)
    expect(failureIn(session)).toMatchObject({ class: 'identity' })
  }
})
