import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createOpenRouter, type OpenRouterOptions } from '@/e2e/relays/hosted/open-router'
import type { Access, SiteContext } from '@/src/sites/adapter'
import { openRouterAdapter as adapter } from '@/src/sites/open-router'
import { detectSite } from '@/src/sites/registry'
import { type Handler, sendHtml, sendJson, startLoopback } from '@/tests/net/loopback'

import { day, failureIn, siteAt, valueOf } from './site-client'

const KEY = 'sk-or-mgmt-0123456789abcdef0123456789abcdef'
const BOBS_KEY = 'sk-or-mgmt-fedcba9876543210fedcba9876543210'
const NAMELESS_KEY = 'sk-or-mgmt-00000000000000000000000000000000'
const INFERENCE_KEY = 'sk-or-v1-0123456789'

const USERS: OpenRouterOptions['users'] = [
  {
    id: 1,
    managementKey: KEY,
    totalCredits: 10.5,
    totalUsage: 2.25,
    keys: [{ name: 'laptop', secret: INFERENCE_KEY }],
  },
  { id: 2, managementKey: BOBS_KEY, totalCredits: 1, totalUsage: 3.5 },
  { id: 3, managementKey: NAMELESS_KEY, totalCredits: 1, creatorUserId: null },
]

const tokenOf = (userId: string, accessToken: string): Access => ({
  kind: 'token',
  userId,
  accessToken,
})
const access = tokenOf('user_1', KEY)

async function openRouter(options: Partial<OpenRouterOptions> = {}) {
  const { relay, origin, close } = await startSite(createOpenRouter({ users: USERS, ...options }))
  onTestFinished(close)
  return { relay, ctx: siteAt(origin, 'open-router').ctx }
}

async function answeredBy(handler: Handler) {
  const server = await startLoopback(handler)
  return { seen: server.seen, ctx: siteAt(server.origin, 'open-router').ctx }
}

/** A context at an origin that must not be asked for anything. */
const silentAt = (origin: string): SiteContext => ({
  origin,
  transport: () => Promise.reject(new RangeError('asked')),
  now: () => Date.now(),
})

const unsupported = { state: 'unavailable', reason: 'unsupported' }

describe('operations', () => {
  test('figures are those of the account, in dollars', async () => {
    const { relay, ctx } = await openRouter()
    const figures = valueOf(await adapter.fetchFigures(ctx, access))
    expect(figures).toEqual({
      userId: 'user_1',
      username: '',
      unit: 'usd',
      balance: { state: 'complete', value: 8.25 },
      usedTotal: { state: 'complete', value: 2.25 },
      requestsTotal: unsupported,
    })
    const { today, ...rest } = valueOf(await adapter.refresh(ctx, access, day))
    expect(rest).toEqual({ figures })
    expect(today).toEqual({
      dayKey: day.dayKey,
      consumption: unsupported,
      requests: unsupported,
      promptTokens: unsupported,
      completionTokens: unsupported,
    })
    for (const request of relay.counters.requests()) {
      expect(request).toMatchObject({ hadCookie: false, hadAuthorization: true })
    }
  })

  test('more used than bought is a negative balance', async () => {
    const { ctx } = await openRouter()
    const figures = valueOf(await adapter.fetchFigures(ctx, tokenOf('user_2', BOBS_KEY)))
    expect(figures.balance).toEqual({ state: 'complete', value: -2.5 })
  })

  test('what the service lacks is never asked for', async () => {
    const ctx = silentAt('https://openrouter.ai')
    expect(valueOf(await adapter.probeGeneration(ctx, access))).toBe('hosted')
    expect(valueOf(await adapter.fetchStatus(ctx))).toEqual({ systemName: 'OpenRouter' })
    expect(valueOf(await adapter.fetchTodayUse(ctx, access, day))).toMatchObject({
      dayKey: day.dayKey,
      consumption: unsupported,
    })
    for (const [result, reason] of [
      [await adapter.readSession(ctx, { values: {} }), 'no-page-login'],
      [await adapter.openSession(ctx, 'user_1', 'hosted'), 'no-page-login'],
      [await adapter.fetchGroups(ctx, access), 'no-groups'],
      [await adapter.createAccessToken(ctx, access), 'made-by-hand'],
    ] as const) {
      expect(failureIn(result)).toEqual({ class: 'unsupported', reason })
    }
  })

  test('nothing but a token proves a user', async () => {
    const ctx = silentAt('https://openrouter.ai')
    const cookie = { kind: 'cookie', userId: 'user_1' } as const
    for (const result of [
      await adapter.fetchFigures(ctx, cookie),
      await adapter.refresh(ctx, cookie, day),
      await adapter.listApiKeys(ctx, cookie, 'hosted'),
    ]) {
      expect(failureIn(result)).toEqual({ class: 'unsupported', reason: 'token-only' })
    }
  })

  test('whatever the transport does, a failure comes of it', async () => {
    const ctx = silentAt('https://openrouter.ai')
    for (const result of [
      await adapter.identify(ctx, KEY),
      await adapter.refresh(ctx, access, day),
      await adapter.listApiKeys(ctx, access, 'hosted'),
    ]) {
      expect(failureIn(result)).toMatchObject({ class: 'internal', reason: 'RangeError' })
    }
  })
})

describe('detection', () => {
  test('the host is enough', async () => {
    expect(valueOf(await detectSite(silentAt('https://openrouter.ai')))).toEqual({
      siteType: 'open-router',
      evidence: [{ sign: 'host' }],
      status: { systemName: 'OpenRouter' },
    })
  })

  test.each([
    'http://openrouter.ai',
    'https://openrouter.ai:8443',
    'https://openrouter.ai.example',
    'https://api.openrouter.ai',
    'http://127.0.0.1:1',
  ])('%s is not it', async (origin) => {
    expect(valueOf(await adapter.detect(silentAt(origin)))).toBeNull()
  })
})

describe('whose a key is', () => {
  test('its creator', async () => {
    const { ctx } = await openRouter()
    expect(valueOf(await adapter.identify(ctx, KEY))).toEqual({
      userId: 'user_1',
      username: 'OpenRouter',
    })
  })

  test('a stand-in where nobody says, always the same and not the key', async () => {
    const { relay, ctx } = await openRouter()
    const { userId } = valueOf(await adapter.identify(ctx, NAMELESS_KEY))
    expect(userId).toMatch(/^key-[0-9a-f]{16}$/)
    expect(valueOf(await adapter.identify(ctx, NAMELESS_KEY)).userId).toBe(userId)
    const figures = valueOf(await adapter.fetchFigures(ctx, tokenOf(userId, NAMELESS_KEY)))
    expect(figures.userId).toBe(userId)
    // Told later, the creator changes nothing: the key is still the same.
    relay.state.users.get(3)!.creatorUserId = 'user_3'
    expect(valueOf(await adapter.fetchFigures(ctx, tokenOf(userId, NAMELESS_KEY)))).toEqual(figures)
  })

  test.each([
    ['an inference key', INFERENCE_KEY, 1],
    ['a token of another site', 'tKn+0123456789abcdefghijklmnop/=', 0],
    ['a key with a line break', `${KEY}\n`, 0],
    ['a key without end', `sk-or-${'a'.repeat(300)}`, 0],
  ])('%s is no management key', async (_, key, requests) => {
    const { relay, ctx } = await openRouter()
    expect(failureIn(await adapter.identify(ctx, key))).toEqual({
      class: 'input',
      field: 'token',
      reason: 'not-a-management-key',
    })
    expect(relay.counters.total()).toBe(requests)
  })
})

describe('identity guard', () => {
  const mismatch = { class: 'identity', reason: 'user-mismatch', path: '/api/v1/key' }

  test.each([
    ["another user's key", tokenOf('user_1', BOBS_KEY)],
    ['a key nobody claims any more', tokenOf('user_1', NAMELESS_KEY)],
    ['another key than the one that stands for the user', tokenOf('key-0123456789abcdef', KEY)],
    ['no user', tokenOf('', NAMELESS_KEY)],
  ])('%s', async (_, stranger) => {
    const { relay, ctx } = await openRouter()
    for (const result of [
      await adapter.fetchFigures(ctx, stranger),
      await adapter.refresh(ctx, stranger, day),
      await adapter.listApiKeys(ctx, stranger, 'hosted'),
    ]) {
      expect(failureIn(result)).toEqual(mismatch)
    }
    expect(relay.counters.count('GET', '/api/v1/credits')).toBe(0)
    expect(relay.counters.count('GET', '/api/v1/keys')).toBe(0)
  })

  test('an answer about another user', async () => {
    const { relay, ctx } = await openRouter()
    relay.faults.set({ path: '/api/v1/key' }, { kind: 'wrong-user', userId: 2 })
    expect(failureIn(await adapter.refresh(ctx, access, day))).toEqual(mismatch)
  })
})

describe('refusals', () => {
  test.each<[number, string]>([
    [400, 'refused/client-error'],
    [401, 'login/invalid-token'],
    [402, 'refused/client-error'],
    [403, 'refused/forbidden'],
    [404, 'unsupported/no-such-route'],
    [429, 'limit/site-asked'],
    [500, 'server/server-error'],
    [502, 'server/server-error'],
  ])('%i is %s', async (status, expected) => {
    const { ctx } = await answeredBy((_, response) => {
      sendJson(response, { error: { code: status, message: 'No.' } }, status)
    })
    const failure = failureIn(await adapter.fetchFigures(ctx, access))
    expect(`${failure.class}/${failure.reason ?? ''}`).toBe(expected)
    expect(failure).toMatchObject({ httpStatus: status, path: '/api/v1/key' })
  })

  test.each([
    [401, 'login'],
    ['no number', 'refused'],
  ])('an error %s under a good status is an error', async (code, kind) => {
    const { ctx } = await answeredBy((_, response) => {
      sendJson(response, { error: { code, message: 'User not found.' } })
    })
    expect(failureIn(await adapter.identify(ctx, KEY))).toMatchObject({
      class: kind,
      httpStatus: 200,
      detail: 'User not found.',
    })
  })

  test('a page is no answer', async () => {
    const page = await answeredBy((_, response) => sendHtml(response, '<!doctype html>'))
    expect(failureIn(await adapter.identify(page.ctx, KEY))).toMatchObject({
      class: 'changed-api',
      reason: 'not-json',
    })
    const { relay, ctx } = await openRouter()
    relay.faults.set({ path: '*' }, { kind: 'challenge' })
    expect(failureIn(await adapter.identify(ctx, KEY))).toMatchObject({ class: 'challenge' })
  })

  test('no failure quotes the key', async () => {
    const { relay, ctx } = await openRouter({ echoesCredential: true })
    const unknown = 'sk-or-mgmt-nobodys'
    const failures = [
      failureIn(await adapter.identify(ctx, unknown)),
      failureIn(await adapter.refresh(ctx, tokenOf('user_1', unknown), day)),
      failureIn(await adapter.fetchFigures(ctx, tokenOf('user_1', INFERENCE_KEY))),
    ]
    relay.faults.set(
      { path: '/api/v1/credits' },
      { kind: 'status', status: 403, body: { error: { code: 403, message: `no ${KEY}` } } },
    )
    failures.push(failureIn(await adapter.fetchFigures(ctx, access)))
    expect(failures.map(({ class: kind }) => kind)).toEqual(['login', 'login', 'input', 'refused'])
    expect(failures[0]?.detail).toContain('User not found.')
    expect(JSON.stringify(failures)).not.toMatch(/nobodys|0123456789/)
  })
})

describe('odd shapes', () => {
  test.each<[string, unknown, string]>([
    ['a text', 'ok', 'data'],
    ['a list', [], 'data'],
    ['an envelope of another API', { success: true, data: null }, 'data'],
    ['no data', {}, 'data'],
    ['no word on its kind', { data: { creator_user_id: 'user_1' } }, 'data.is_management_key'],
    ['a kind as text', { data: { is_management_key: 'true' } }, 'data.is_management_key'],
    [
      'a creator as number',
      { data: { is_management_key: true, creator_user_id: 1 } },
      'data.creator_user_id',
    ],
    [
      'a creator nobody can store',
      { data: { is_management_key: true, creator_user_id: 'u'.repeat(65) } },
      'data.creator_user_id',
    ],
  ])('%s instead of the owner', async (_, body, field) => {
    const { ctx } = await answeredBy((_request, response) => sendJson(response, body))
    expect(failureIn(await adapter.identify(ctx, KEY))).toEqual({
      class: 'changed-api',
      reason: 'unexpected-shape',
      field,
      path: '/api/v1/key',
      httpStatus: 200,
    })
  })

  test.each<[string, unknown, string]>([
    ['credits as text', { total_credits: '10', total_usage: 1 }, 'data.total_credits'],
    ['no usage', { total_credits: 10 }, 'data.total_usage'],
  ])('%s', async (_, data, field) => {
    const { relay, ctx } = await openRouter()
    const body = { data }
    relay.faults.set({ path: '/api/v1/credits' }, { kind: 'status', status: 200, body })
    expect(failureIn(await adapter.fetchFigures(ctx, access))).toMatchObject({
      class: 'changed-api',
      field,
    })
  })
})
