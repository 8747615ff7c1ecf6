import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { type AihubmixOptions, createAihubmix } from '@/e2e/relays/hosted/aihubmix'
import type { Access, SiteContext } from '@/src/sites/adapter'
import { aihubmixAdapter as adapter } from '@/src/sites/aihubmix'
import { detectSite } from '@/src/sites/registry'
import { type Handler, sendHtml, sendJson, startLoopback, success } from '@/tests/net/loopback'

import { day, failureIn, siteAt, valueOf } from './site-client'

const TOKEN = 'fd0123456789abcdef0123456789abcdef'
const BOBS_TOKEN = 'fdfedcba9876543210fedcba9876543210'
const SELF = '/api/user/self'

const USERS: AihubmixOptions['users'] = [
  {
    id: 1,
    username: 'alice',
    displayName: 'Alice A.',
    accessToken: TOKEN,
    quota: 1_234_567,
    usedQuota: 7_654,
    requestCount: 3,
  },
  { id: 2, username: 'bob', accessToken: BOBS_TOKEN, quota: -20 },
  { id: 3, username: 'carol', quota: 5 },
]

const tokenOf = (userId: string, accessToken: string): Access => ({
  kind: 'token',
  userId,
  accessToken,
})
const access = tokenOf('alice', TOKEN)

const FIGURES = {
  userId: 'alice',
  username: 'Alice A.',
  unit: 'points',
  balance: { state: 'complete', value: 1_234_567 },
  usedTotal: { state: 'complete', value: 7_654 },
  requestsTotal: { state: 'complete', value: 3 },
}

async function aihubmix(options: Partial<AihubmixOptions> = {}) {
  const { relay, origin, close } = await startSite(createAihubmix({ users: USERS, ...options }))
  onTestFinished(close)
  const { ctx, jar } = siteAt(origin, 'aihubmix')
  return {
    relay,
    ctx,
    logIn: async (username: string) => {
      for (const { name, value, path } of relay.sessionFor(username).cookies) {
        await jar.setCookie(`${name}=${value}; Path=${path}`, `${origin}${path}`)
      }
    },
  }
}

async function answeredBy(handler: Handler): Promise<SiteContext> {
  const server = await startLoopback(handler)
  return siteAt(server.origin, 'aihubmix').ctx
}

/** A context at an origin that must not be asked for anything. */
const silentAt = (origin: string): SiteContext => ({
  origin,
  transport: () => Promise.reject(new RangeError('asked')),
  now: () => Date.now(),
})

const unsupported = { state: 'unavailable', reason: 'unsupported' }

describe.each<[string, AihubmixOptions['forms']]>([
  ['in an envelope', {}],
  ['bare', { body: 'bare' }],
  ['as text', { numbersAsText: true }],
])('figures %s', (_, forms = {}) => {
  test('are those of the user, in points', async () => {
    const { relay, ctx } = await aihubmix({ forms })
    expect(valueOf(await adapter.fetchFigures(ctx, access))).toEqual(FIGURES)
    const { figures, today } = valueOf(await adapter.refresh(ctx, access, day))
    expect(figures).toEqual(FIGURES)
    // Totals of a life-time must never pass for today's.
    expect(today).toEqual({
      dayKey: day.dayKey,
      consumption: unsupported,
      requests: unsupported,
      promptTokens: unsupported,
      completionTokens: unsupported,
    })
    expect(relay.counters.total()).toBe(2)
  })

  test('tell whose a token is', async () => {
    const { ctx } = await aihubmix({ forms })
    expect(valueOf(await adapter.identify(ctx, TOKEN))).toEqual({
      userId: 'alice',
      username: 'Alice A.',
    })
  })
})

test('a token travels without cookies and without a user id', async () => {
  const { relay, ctx, logIn } = await aihubmix()
  await logIn('bob')
  valueOf(await adapter.refresh(ctx, access, day))
  expect(relay.counters.requests()).toMatchObject([{ hadCookie: false, hadAuthorization: true }])
})

test('a debt is a negative balance', async () => {
  const { ctx } = await aihubmix()
  const figures = valueOf(await adapter.fetchFigures(ctx, tokenOf('bob', BOBS_TOKEN)))
  expect(figures.balance).toEqual({ state: 'complete', value: -20 })
})

test('what the service lacks is never asked for', async () => {
  const ctx = silentAt('https://aihubmix.com')
  expect(valueOf(await adapter.probeGeneration(ctx, null))).toBe('hosted')
  expect(valueOf(await adapter.fetchStatus(ctx))).toEqual({
    systemName: 'AIHubMix',
    quotaPerUnit: 500_000,
  })
  expect(valueOf(await adapter.fetchTodayUse(ctx, access, day)).requests).toEqual(unsupported)
  for (const [result, reason] of [
    [await adapter.openSession(ctx, 'alice', 'hosted'), 'no-page-login'],
    [await adapter.fetchGroups(ctx, access), 'no-groups'],
    [await adapter.createAccessToken(ctx, access), 'made-by-hand'],
    [await adapter.refresh(ctx, { kind: 'cookie', userId: 'alice' }, day), 'token-only'],
  ] as const) {
    expect(failureIn(result)).toEqual({ class: 'unsupported', reason })
  }
})

test('whatever the transport does, a failure comes of it', async () => {
  const ctx = silentAt('https://aihubmix.com')
  for (const result of [
    await adapter.identify(ctx, TOKEN),
    await adapter.readSession(ctx, { values: {} }),
    await adapter.refresh(ctx, access, day),
    await adapter.listApiKeys(ctx, access, 'hosted'),
  ]) {
    expect(failureIn(result)).toMatchObject({ class: 'internal', reason: 'RangeError' })
  }
})

describe('detection', () => {
  test.each(['aihubmix.com', 'www.aihubmix.com', 'console.aihubmix.com'])(
    '%s is enough',
    async (host) => {
      const { siteType, evidence } = valueOf(await detectSite(silentAt(`https://${host}`)))
      expect([siteType, evidence]).toEqual(['aihubmix', [{ sign: 'host' }]])
    },
  )

  test.each(['http://aihubmix.com', 'https://api.aihubmix.com', 'https://aihubmix.com.example'])(
    '%s is not it',
    async (origin) => {
      expect(valueOf(await adapter.detect(silentAt(origin)))).toBeNull()
    },
  )
})

describe('a page', () => {
  const page = { values: {} }

  test('of the API shows the user and the token there is', async () => {
    const { ctx, logIn } = await aihubmix()
    await logIn('alice')
    expect(valueOf(await adapter.readSession(ctx, page))).toEqual({
      access,
      figures: FIGURES,
      generation: 'hosted',
      existingToken: TOKEN,
      tokenCreation: 'by-hand',
    })
  })

  test('of a user without a token gets none made', async () => {
    const { relay, ctx, logIn } = await aihubmix()
    await logIn('carol')
    expect(valueOf(await adapter.readSession(ctx, page))).toMatchObject({
      access: { kind: 'cookie', userId: 'carol' },
      figures: { balance: { state: 'complete', value: 5 } },
      existingToken: null,
      tokenCreation: 'by-hand',
    })
    expect(relay.counters.count('GET', '/call/usr/tkn')).toBe(0)
  })

  test('that masks the token does not show it', async () => {
    const { relay, ctx, logIn } = await aihubmix()
    await logIn('alice')
    const body = success({ username: 'alice', quota: 1, access_token: 'fd0123********cdef' })
    relay.faults.set({ path: '/call/usr/self' }, { kind: 'status', status: 200, body })
    expect(valueOf(await adapter.readSession(ctx, page)).existingToken).toBeNull()
  })

  test("that shows another user's token is not believed", async () => {
    const { relay, ctx, logIn } = await aihubmix()
    await logIn('alice')
    const body = success({ username: 'alice', quota: 1, access_token: BOBS_TOKEN })
    relay.faults.set({ path: '/call/usr/self' }, { kind: 'status', status: 200, body })
    expect(failureIn(await adapter.readSession(ctx, page))).toMatchObject({ class: 'identity' })
  })

  test('where nobody is logged in says so', async () => {
    const { ctx } = await aihubmix()
    expect(failureIn(await adapter.readSession(ctx, page))).toMatchObject({ class: 'login' })
  })

  test.each(['https://console.aihubmix.com', 'https://www.aihubmix.com'])(
    'of %s cannot ask the API',
    async (origin) => {
      expect(failureIn(await adapter.readSession(silentAt(origin), page))).toEqual({
        class: 'unsupported',
        reason: 'no-page-login',
      })
    },
  )
})

describe('identity guard', () => {
  const mismatch = { class: 'identity', reason: 'user-mismatch', path: SELF }

  test.each([
    ["another user's token", tokenOf('alice', BOBS_TOKEN)],
    ['another spelling of the name', tokenOf('Alice', TOKEN)],
    ['the shown name', tokenOf('Alice A.', TOKEN)],
    ['no user', tokenOf('', TOKEN)],
  ])('%s', async (_, stranger) => {
    const { relay, ctx } = await aihubmix()
    for (const result of [
      await adapter.fetchFigures(ctx, stranger),
      await adapter.refresh(ctx, stranger, day),
      await adapter.listApiKeys(ctx, stranger, 'hosted'),
    ]) {
      expect(failureIn(result)).toEqual(mismatch)
    }
    expect(relay.counters.count('GET', '/api/token/')).toBe(0)
  })

  test('an answer about another user', async () => {
    const { relay, ctx } = await aihubmix()
    relay.faults.set({ path: SELF }, { kind: 'wrong-user', userId: 2 })
    expect(failureIn(await adapter.refresh(ctx, access, day))).toEqual(mismatch)
  })
})

describe('refusals', () => {
  test('an unknown token, never quoted', async () => {
    const ctx = await answeredBy(({ headers }, response) => {
      const message = `access token 无效: ${headers.authorization ?? ''}`
      sendJson(response, { success: false, message }, 401)
    })
    for (const failure of [
      failureIn(await adapter.identify(ctx, 'short-secret')),
      failureIn(await adapter.refresh(ctx, tokenOf('alice', 'short-secret'), day)),
    ]) {
      expect(failure).toMatchObject({ class: 'login', reason: 'invalid-token', httpStatus: 401 })
      expect(failure.detail).toContain('access token')
      expect(JSON.stringify(failure)).not.toContain('short-secret')
    }
  })

  test.each(['two\nlines-here', 'short', 'ключ-от-всего'])(
    '%j is no token and is not sent',
    async (token) => {
      expect(failureIn(await adapter.identify(silentAt('https://aihubmix.com'), token))).toEqual({
        class: 'input',
        field: 'token',
        reason: 'malformed-token',
      })
    },
  )

  test.each<[string, Handler, string]>([
    ['a business error', (_, r) => sendJson(r, { success: false, message: 'no' }), 'refused'],
    ['an odd success', (_, r) => sendJson(r, { success: 'yes', data: {} }), 'changed-api'],
    ['403', (_, r) => sendJson(r, { success: false }, 403), 'refused'],
    ['404', (_, r) => sendJson(r, { success: false }, 404), 'unsupported'],
    ['429', (_, r) => sendJson(r, { success: false }, 429), 'limit'],
    ['500', (_, r) => sendJson(r, { success: true, data: {} }, 500), 'server'],
    ['a page', (_, r) => sendHtml(r, '<!doctype html>'), 'changed-api'],
    ['a challenge', (_, r) => sendHtml(r, '<script>_cf_chl_opt={}</script>', 403), 'challenge'],
  ])('%s', async (_, handler, kind) => {
    const ctx = await answeredBy(handler)
    expect(failureIn(await adapter.refresh(ctx, access, day)).class).toBe(kind)
  })
})

describe('odd shapes', () => {
  const self = { username: 'alice', display_name: '', quota: '12.5' }

  test('totals may be missing, and so may the shown name', async () => {
    const ctx = await answeredBy((_, response) => sendJson(response, self))
    const unknown = { state: 'unavailable', reason: 'invalid-answer' }
    expect(valueOf(await adapter.fetchFigures(ctx, access))).toEqual({
      ...FIGURES,
      username: 'alice',
      balance: { state: 'complete', value: 12.5 },
      usedTotal: unknown,
      requestsTotal: unknown,
    })
  })

  test.each<[string, unknown, string]>([
    ['no balance', success({ ...self, quota: undefined }), 'data.quota'],
    ['a balance in words', success({ ...self, quota: '12,345 units' }), 'data.quota'],
    ['an empty balance', success({ ...self, quota: '' }), 'data.quota'],
    ['no name', success({ ...self, username: '' }), 'data.username'],
    ['a name nobody can store', success({ ...self, username: 'a'.repeat(65) }), 'data.username'],
    ['data that is null', success(null), 'data'],
    ['a list', [self], 'data'],
    ['nothing', { success: true, message: '' }, 'data.username'],
  ])('%s', async (_, body, field) => {
    const ctx = await answeredBy((_request, response) => sendJson(response, body))
    expect(failureIn(await adapter.fetchFigures(ctx, access))).toEqual({
      class: 'changed-api',
      reason: 'unexpected-shape',
      field,
      path: SELF,
      httpStatus: 200,
    })
  })
})
