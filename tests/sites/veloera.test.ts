import { describe, expect, test } from 'vitest'

import { pageOf } from '@/src/domain/site-pages'
import type { Access } from '@/src/sites/adapter'
import { detectSite } from '@/src/sites/registry'
import { veloeraAdapter } from '@/src/sites/veloera'
import { sendJson, startLoopback, success } from '@/tests/net/loopback'

import { ALICE, BOB, day, failureIn, PAT, siteAt, tokenOf, valueOf } from './site-client'
import { BUILDS, veloeraSite, type VeloeraSite } from './veloera-client'

const SELF = '/api/user/self'
const STAT = '/api/log/self/stat'
const complete = (value: number) => ({ state: 'complete', value })

async function accessBy(site: VeloeraSite, how: string): Promise<Access> {
  if (how === 'token') return tokenOf(ALICE)
  await site.logIn('alice')
  return valueOf(await site.adapter.openSession(site.ctx, '7', 'veloera-v4'))
}

describe.each(BUILDS)('%s', (build) => {
  const generation = build === 'v3' ? 'veloera-v3' : 'veloera-v4'

  test.each([true, false])('is recognised by how it spells check-in (%s)', async (isOn) => {
    const { ctx } = await veloeraSite(build, {
      checkinEnabled: isOn,
      systemName: 'New API',
      price: 2.5,
      quotaPerUnit: 1000,
    })
    expect(valueOf(await detectSite(ctx))).toEqual({
      siteType: 'veloera',
      evidence: [{ sign: 'status-fields', detail: 'check_in_enabled' }],
      status: {
        systemName: 'New API',
        quotaPerUnit: 1000,
        rechargeRate: 2.5,
        checkInEnabled: isOn,
        turnstile: false,
      },
    })
  })

  test('tells what it says about itself', async () => {
    const { adapter, ctx, relay } = await veloeraSite(build, { checkinEnabled: true })
    const status = valueOf(await adapter.fetchStatus(ctx))
    expect(status).toMatchObject({ checkInEnabled: true, quotaPerUnit: 500_000, rechargeRate: 7.3 })
    expect(relay.counters.requests()).toMatchObject([
      { path: '/api/status', hadCookie: false, hadAuthorization: false },
    ])
  })

  test('shows its generation', async () => {
    const { adapter, ctx, relay } = await veloeraSite(build)
    expect(valueOf(await adapter.probeGeneration(ctx, null))).toBe(generation)
    expect(valueOf(await adapter.probeGeneration(ctx, tokenOf(ALICE)))).toBe(generation)
    relay.faults.set({ path: '/api/status' }, { kind: 'status', status: 502 })
    expect(failureIn(await adapter.probeGeneration(ctx, null)).class).toBe('server')
  })

  test('shows who is logged in to a page, and the token the site shows', async () => {
    const site = await veloeraSite(build)
    const page = await site.logIn('alice')
    expect(valueOf(await site.adapter.readSession(site.ctx, page))).toMatchObject({
      access: { kind: 'cookie', userId: '7' },
      figures: { userId: '7', username: 'alice', balance: complete(1_234_567) },
      generation,
      existingToken: PAT,
      tokenCreation: 'replaces',
    })
    expect(site.relay.counters.count('GET', '/api/user/token')).toBe(0)
  })

  describe.each(['token', 'session'])('by %s', (how) => {
    test('figures, use, groups and keys are those of the user', async () => {
      const site = await veloeraSite(build)
      const { adapter, ctx } = site
      const access = await accessBy(site, how)
      const figures = valueOf(await adapter.fetchFigures(ctx, access))
      expect(figures).toEqual({
        userId: '7',
        username: 'alice',
        group: 'vip',
        balance: complete(1_234_567),
        usedTotal: complete(7_654),
        requestsTotal: complete(3),
      })
      const today = valueOf(await adapter.fetchTodayUse(ctx, access, day))
      expect(today).toMatchObject({
        dayKey: day.dayKey,
        consumption: complete(120),
        requests: { state: 'unavailable', reason: 'not-collected' },
      })
      expect(valueOf(await adapter.refresh(ctx, access, day))).toEqual({ figures, today })
      const groups = valueOf(await adapter.fetchGroups(ctx, access))
      expect(groups).toContainEqual({ name: 'vip', ratio: 0.8, description: 'vip分组' })
      const { keys, complete: isAll } = valueOf(await adapter.listApiKeys(ctx, access, generation))
      expect(isAll).toBe(true)
      expect(keys.map(({ name, remaining, key }) => [name, remaining, key.kind])).toEqual([
        ['second', null, 'full'],
        ['first', complete(10), 'full'],
      ])
    })

    test('sends no credential but the one meant', async () => {
      const site = await veloeraSite(build)
      await site.logIn('bob')
      const access = await accessBy(site, how)
      valueOf(await site.adapter.refresh(site.ctx, access, day))
      for (const request of site.relay.counters.requests()) {
        expect(request).toMatchObject({
          hadCookie: how === 'session',
          hadAuthorization: how === 'token',
          userIdHeader: '7',
        })
      }
    })
  })

  test('a login that is over is a failure of class login', async () => {
    const site = await veloeraSite(build)
    const page = await site.logIn('alice')
    await site.jar.removeAllCookies()
    const { adapter, ctx } = site
    const cookie: Access = { kind: 'cookie', userId: '7' }
    const dead: Access = { kind: 'token', userId: '7', accessToken: 'no-longer-valid-token' }
    expect(failureIn(await adapter.refresh(ctx, cookie, day))).toMatchObject({ class: 'login' })
    expect(failureIn(await adapter.readSession(ctx, page))).toMatchObject({ class: 'login' })
    // A refused token comes with HTTP 200.
    expect(failureIn(await adapter.refresh(ctx, dead, day))).toMatchObject({
      class: 'login',
      reason: 'invalid-token',
      httpStatus: 200,
    })
  })

  test.each([99, 100, 101, 250])('%i keys are all listed', async (count) => {
    const keys = Array.from({ length: count }, (_, at) => ({ name: `key ${at}`, unlimited: true }))
    const { adapter, ctx, relay } = await veloeraSite(build, { users: [{ ...ALICE, keys }] })
    const list = valueOf(await adapter.listApiKeys(ctx, tokenOf(ALICE), generation))
    expect(list.complete).toBe(true)
    expect(new Set(list.keys.map(({ name }) => name)).size).toBe(count)
    expect(list.keys).toHaveLength(count)
    const asked = relay.counters.requests().map(({ query }) => [query['p'], query['size']])
    expect(asked.slice(0, Math.ceil((count + 1) / 100))).toEqual(
      Array.from({ length: Math.ceil((count + 1) / 100) }, (_, at) => [String(at), '100']),
    )
  })

  test('the day is counted row by row where the sum is not to be had', async () => {
    // More than 1024: the ids of the rows repeat.
    const logs = Array.from({ length: 1100 }, (_, at) => ({
      createdAtSec: day.fromSec + at,
      type: 2,
      quota: 2,
      promptTokens: 3,
      completionTokens: 1,
    }))
    const checkIn = { createdAtSec: day.fromSec, type: 5, quota: 1500 }
    const users = [{ ...ALICE, logs: [...logs, checkIn] }]
    const { adapter, ctx, relay } = await veloeraSite(build, { users })
    relay.faults.set({ path: STAT }, { kind: 'status', status: 500 })
    expect(valueOf(await adapter.refresh(ctx, tokenOf(ALICE), day)).today).toEqual({
      dayKey: day.dayKey,
      consumption: complete(2200),
      requests: complete(1100),
      promptTokens: complete(3300),
      completionTokens: complete(1100),
    })
    const pages = relay.counters.requests().filter(({ path }) => path === '/api/log/self')
    expect(pages.map(({ query }) => query['p'])).toEqual(
      Array.from({ length: 11 }, (_, at) => String(at + 1)),
    )
    expect(pages.every(({ query }) => query['page_size'] === '100')).toBe(true)
  })

  test('a new access token replaces the old one', async () => {
    const site = await veloeraSite(build)
    const { adapter, ctx } = site
    await site.logIn('alice')
    const accessToken = valueOf(
      await adapter.createAccessToken(ctx, { kind: 'cookie', userId: '7' }),
    )
    const access: Access = { kind: 'token', userId: '7', accessToken }
    expect(valueOf(await adapter.fetchFigures(ctx, access)).username).toBe('alice')
    expect(failureIn(await adapter.fetchFigures(ctx, tokenOf(ALICE))).class).toBe('login')
    expect(site.relay.counters.count('GET', '/api/user/token')).toBe(1)
  })

  test('nobody is known by a token alone', async () => {
    const { adapter, ctx } = await veloeraSite(build)
    expect(failureIn(await adapter.identify(ctx, PAT))).toEqual({
      class: 'input',
      reason: 'user-id-needed',
      field: 'userId',
    })
    expect(failureIn(await adapter.identify(ctx, 'no-such-token'))).toMatchObject({
      class: 'login',
      reason: 'invalid-token',
    })
  })
})

test('what a subscription still has belongs to the balance', async () => {
  const site = await veloeraSite('v4', { subscriptionQuota: 500_000 })
  const balance = complete(1_734_567)
  const { adapter, ctx } = site
  expect(valueOf(await adapter.fetchFigures(ctx, tokenOf(ALICE)))).toMatchObject({ balance })
  const page = await site.logIn('alice')
  const { access, figures } = valueOf(await adapter.readSession(ctx, page))
  expect(figures).toMatchObject({ balance })
  for (const one of [access, tokenOf(ALICE)]) {
    expect(valueOf(await adapter.refresh(ctx, one, day)).figures).toMatchObject({ balance })
  }
})

/** A site whose user object is told by the test. */
async function siteWithSelf(self: Record<string, unknown>) {
  const whole = { id: 7, username: 'alice', quota: 1, used_quota: 0, request_count: 0, ...self }
  const server = await startLoopback(({ path }, response) => {
    sendJson(response, success(path === SELF ? whole : { check_in_enabled: true }))
  })
  return siteAt(server.origin, 'veloera')
}

test.each<[string, unknown, string | null]>([
  ['with blanks around it', ` ${PAT}   `, PAT],
  ['never made', null, null],
  ['empty', '', null],
])('an access token %s', async (_, accessToken, existingToken) => {
  const { adapter, ctx } = await siteWithSelf({ access_token: accessToken })
  const session = await adapter.readSession(ctx, { values: { user: '{"id":7}' } })
  expect(valueOf(session)).toMatchObject({ existingToken })
})

test('a subscription that is no number is not taken for nothing', async () => {
  const { adapter, ctx } = await siteWithSelf({ subscription_quota: '500000' })
  expect(failureIn(await adapter.fetchFigures(ctx, tokenOf(ALICE)))).toMatchObject({
    class: 'changed-api',
    field: 'data.subscription_quota',
  })
})

test.each([
  ['nothing', null],
  ['no JSON', '{"id":'],
  ['no id', '{"username":"alice"}'],
  ['the id of nobody', '{"id":-1}'],
])('storage with %s names no user', async (_, user) => {
  const site = await veloeraSite('v4')
  await site.logIn('alice')
  const session = await site.adapter.readSession(site.ctx, { values: { user } })
  expect(failureIn(session)).toMatchObject({ class: 'login', reason: 'no-session-in-page' })
  expect(site.relay.counters.total()).toBe(0)
})

test('pages are where the generation has them', () => {
  const { description } = veloeraAdapter
  const origin = 'https://relay.example'
  const paths = (generation?: 'veloera-v3' | 'veloera-v4') =>
    (['profile', 'keys', 'usageLog', 'topUp', 'login'] as const).map((page) =>
      pageOf(
        description,
        origin,
        page,
        generation && { generation: { value: generation } },
      )?.replace(origin, ''),
    )
  const moved = ['/app/me', '/app/tokens', '/app/logs/api-usage', '/app/wallet', '/login']
  expect(paths('veloera-v3')).toEqual(['/personal', '/token', '/log', '/topup', '/login'])
  expect(paths('veloera-v4')).toEqual(moved)
  expect(paths()).toEqual(moved)
})

test('it has a check-in and shows every key in full', () => {
  const { capabilities, userId } = veloeraAdapter.description
  expect(capabilities).toContain('check-in')
  expect(capabilities).not.toContain('api-key-reveal')
  expect(userId).toBe('needed')
})

test("bob's token and balance are bob's", async () => {
  const { adapter, ctx } = await veloeraSite('v4')
  expect(valueOf(await adapter.fetchFigures(ctx, tokenOf(BOB)))).toMatchObject({
    username: 'bob',
    balance: complete(99),
  })
})
