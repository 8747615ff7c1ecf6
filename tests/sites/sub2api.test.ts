import { describe, expect, test } from 'vitest'

import { detectSite } from '@/src/sites/registry'

import { failureIn, valueOf } from './site-client'
import { BUILDS, day, sub2ApiSite } from './sub2api-client'

const done = (value: number) => ({ state: 'complete', value })

describe.each(BUILDS)('%s', (build) => {
  test('is recognised by its behaviour, whatever it is called', async () => {
    const { ctx, relay } = await sub2ApiSite(build, { siteName: ' New API ' })
    const found = valueOf(await detectSite(ctx))
    expect(found).toEqual({
      siteType: 'sub2api',
      evidence: [{ sign: 'probe', detail: '/api/v1/auth/me' }],
      status: { systemName: 'New API' },
    })
    for (const request of relay.counters.requests()) {
      expect(request).toMatchObject({ hadCookie: false, hadAuthorization: false })
    }
  })

  test('tells what it says about itself', async () => {
    const { adapter, ctx } = await sub2ApiSite(build, { siteName: 'Relay' })
    expect(valueOf(await adapter.fetchStatus(ctx))).toEqual({ systemName: 'Relay' })
  })

  test('shows its generation without a proof, and with one', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite(build)
    expect(valueOf(await adapter.probeGeneration(ctx, null))).toBe(`sub2api-${build}`)
    expect(valueOf(await adapter.probeGeneration(ctx, alice))).toBe(`sub2api-${build}`)
    expect(relay.counters.requests().some(({ hadAuthorization }) => hadAuthorization)).toBe(false)
  })

  test('shows who is logged in to a page', async () => {
    const { adapter, ctx, pageOf } = await sub2ApiSite(build)
    const page = pageOf('alice')
    expect(valueOf(await adapter.readSession(ctx, page))).toEqual({
      access: {
        kind: 'bearer',
        userId: '7',
        bearer: page.values['auth_token'],
        expiresAtMs: expect.any(Number) as number,
      },
      figures: {
        userId: '7',
        username: 'alice',
        unit: 'usd',
        balance: done(12.345678),
        usedTotal: { state: 'unavailable', reason: 'not-collected' },
        requestsTotal: { state: 'unavailable', reason: 'not-collected' },
      },
      generation: `sub2api-${build}`,
      existingToken: null,
      tokenCreation: 'none',
    })
  })

  test('figures and use are those of the user, in few calls', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite(build)
    const figures = valueOf(await adapter.fetchFigures(ctx, alice))
    expect(figures).toEqual({
      userId: '7',
      username: 'alice',
      unit: 'usd',
      balance: done(12.345678),
      usedTotal: { state: 'complete', value: expect.closeTo(9.42, 9) as number },
      requestsTotal: done(3),
      subscriptions: [],
    })
    const today = valueOf(await adapter.fetchTodayUse(ctx, alice, day))
    expect(today).toEqual({
      dayKey: day.dayKey,
      consumption: { state: 'complete', value: expect.closeTo(0.42, 9) as number },
      requests: done(2),
      promptTokens: done(6),
      completionTokens: done(8),
    })
    relay.counters.reset()
    expect(valueOf(await adapter.refresh(ctx, alice, day))).toEqual({ figures, today })
    const requests = relay.counters.requests()
    expect(requests).toHaveLength(4)
    expect(requests.filter(({ path }) => path.startsWith('/api/v1/usage'))).toHaveLength(2)
    for (const request of requests) {
      expect(request).toMatchObject({ hadCookie: false, hadAuthorization: true })
    }
  })

  test('groups and keys are those of the user', async () => {
    const { adapter, ctx, alice } = await sub2ApiSite(build)
    expect(valueOf(await adapter.fetchGroups(ctx, alice))).toEqual([
      { name: 'claude', ratio: 1.2, description: '' },
      { name: 'gpt', ratio: 1, description: '' },
    ])
    const list = valueOf(await adapter.listApiKeys(ctx, alice, `sub2api-${build}`))
    expect(list.complete).toBe(true)
    expect(list.keys.map(({ name, group }) => ({ name, group }))).toEqual([
      { name: 'a < b & "c"', group: 'claude' },
      { name: 'first', group: 'claude' },
    ])
  })

  test('a bearer tells whose it is', async () => {
    const { adapter, ctx, relay } = await sub2ApiSite(build)
    const { accessToken } = relay.loginPair('bob@mail.example')
    expect(valueOf(await adapter.identify(ctx, accessToken))).toEqual({
      userId: '8',
      // A user without a name is called by the e-mail.
      username: 'bob',
    })
  })

  test('has neither access tokens nor logins by cookie', async () => {
    const { adapter, ctx, alice, relay } = await sub2ApiSite(build)
    const cookie = { kind: 'cookie', userId: '7' } as const
    for (const result of [
      await adapter.createAccessToken(ctx, alice),
      await adapter.openSession(ctx, '7', `sub2api-${build}`),
      await adapter.refresh(ctx, cookie, day),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'unsupported' })
    }
    expect(relay.counters.total()).toBe(0)
  })
})
