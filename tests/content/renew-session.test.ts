// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { REFRESH_REQUEST } from '@/e2e/relays/sub2api/refresh-faults'
import { createSub2ApiRelay, type Sub2ApiRelay } from '@/e2e/relays/sub2api/relay'
import { answerQuestion } from '@/src/content/site-page'
import type { PageRenewal } from '@/src/domain/page-renewal'
import { failureOf } from '@/src/domain/failure'
import { renewInPage } from '@/src/net/tab-transport'

import { createLocks } from './locks'

const RENEWAL: PageRenewal = {
  lock: 'sub2api-auth-token-refresh',
  path: '/api/v1/auth/refresh',
  keys: {
    access: 'auth_token',
    refresh: 'refresh_token',
    expires: 'token_expires_at',
    user: 'auth_user',
  },
}

const ALICE = {
  id: 7,
  email: 'alice@mail.example',
  username: 'alice',
  password: 'horse',
  balance: 1,
}

let relay: Sub2ApiRelay
let close: () => Promise<void>
let locks: ReturnType<typeof createLocks>
let first: Record<string, string>

beforeEach(async () => {
  const site = await startSite(createSub2ApiRelay({ generation: 'new', users: [ALICE] }))
  relay = site.relay
  close = site.close
  locks = createLocks()
  vi.stubGlobal('location', { origin: site.origin })
  vi.stubGlobal('navigator', { locks })
  first = relay.sessionFor('alice').localStorage
  for (const [key, value] of Object.entries(first)) localStorage.setItem(key, value)
})

afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  localStorage.clear()
  await close()
})

const stored = () =>
  Object.fromEntries(Object.keys(localStorage).map((key) => [key, localStorage.getItem(key)!]))
const uses = () => [...relay.state.refreshUses.values()]

const ask = (seen: string | null = first['refresh_token']!, timeoutMs = 2_000) =>
  answerQuestion({
    ask: 'renew',
    origin: location.origin,
    renewal: RENEWAL,
    seenRefreshToken: seen,
    timeoutMs,
  })

/** Does something while the site has the token and has not answered yet. */
async function meanwhile(work: () => void) {
  relay.faults.set(REFRESH_REQUEST, { kind: 'latency', ms: 150 })
  const answer = ask()
  await vi.waitFor(() => expect(uses()).toEqual([1]))
  work()
  return answer
}

describe('a session is renewed', () => {
  test('and stored as the page would, the refresh token last', async () => {
    const set = vi.spyOn(Storage.prototype, 'setItem')
    const answer = await ask()
    expect(set.mock.calls.map(([key]) => key)).toEqual([
      'auth_token',
      'token_expires_at',
      'refresh_token',
    ])
    expect(answer).toEqual({ got: 'storage', values: stored() })
    const { auth_user: user, ...pair } = stored()
    expect(user).toBe(first['auth_user'])
    expect([...relay.state.refreshTokens.keys()]).toContain(pair['refresh_token'])
    expect(pair['refresh_token']).not.toBe(first['refresh_token'])
    expect(Math.abs(Number(pair['token_expires_at']) - Date.now() - 86_400_000)).toBeLessThan(5_000)
    expect(relay.counters.requests()).toMatchObject([
      { method: 'POST', path: RENEWAL.path, hadCookie: false, hadAuthorization: false },
    ])
    expect(locks.asked).toEqual([RENEWAL.lock])
  })

  test('once, however often it is asked for', async () => {
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(uses()).toEqual([1])
  })

  test('only after the page is done with its own renewal', async () => {
    const page = locks.hold(RENEWAL.lock)
    const answer = ask()
    localStorage.setItem('auth_token', 'of the page')
    localStorage.setItem('refresh_token', 'rt_of_the_page')
    page.release()
    expect(await answer).toMatchObject({
      got: 'storage',
      values: { auth_token: 'of the page', refresh_token: 'rt_of_the_page' },
    })
    expect(uses()).toEqual([])
  })
})

describe('nothing is sent', () => {
  test.each<[string, () => unknown]>([
    ['another pair is stored', () => localStorage.setItem('refresh_token', 'rt_newer')],
    ['the page was logged out', () => localStorage.clear()],
    ['nobody is logged in', () => localStorage.setItem('auth_user', 'null')],
  ])('when %s', async (_, change) => {
    change()
    const before = stored()
    const { auth_token = null, refresh_token = null, token_expires_at = null } = before
    const { auth_user = null } = before
    expect(await ask()).toEqual({
      got: 'storage',
      values: { auth_token, refresh_token, token_expires_at, auth_user },
    })
    expect(stored()).toEqual(before)
    expect(uses()).toEqual([])
  })

  test('when there is no refresh token, as the worker saw', async () => {
    localStorage.removeItem('refresh_token')
    expect(await ask(null)).toMatchObject({ got: 'storage', values: { refresh_token: null } })
    expect(uses()).toEqual([])
  })

  test('without a lock', async () => {
    vi.stubGlobal('navigator', {})
    expect(await ask()).toEqual({ got: 'failure', reason: 'no-lock' })
    expect(uses()).toEqual([])
  })

  test('while somebody else keeps the lock', async () => {
    const page = locks.hold(RENEWAL.lock)
    expect(await ask(undefined, 50)).toEqual({ got: 'failure', reason: 'timeout' })
    page.release()
    expect(uses()).toEqual([])
  })

  test('from a page that has moved, nor to another origin', async () => {
    const question = {
      ask: 'renew',
      origin: location.origin,
      seenRefreshToken: first['refresh_token']!,
      timeoutMs: 500,
    } as const
    const elsewhere = 'https://elsewhere.example'
    const moved = { got: 'failure', reason: 'moved' }
    expect(await answerQuestion({ ...question, origin: elsewhere, renewal: RENEWAL })).toEqual(
      moved,
    )
    const renewal = { ...RENEWAL, path: '//elsewhere.example/x' }
    expect(await answerQuestion({ ...question, renewal })).toEqual(moved)
    expect(uses()).toEqual([])
  })
})

describe('nothing is written', () => {
  test.each<[string, () => void, string]>([
    [
      'over the session of another user',
      () => localStorage.setItem('auth_user', '{"id":8}'),
      'auth_user',
    ],
    [
      'over a pair that came meanwhile',
      () => localStorage.setItem('refresh_token', 'rt_newer'),
      'refresh_token',
    ],
    ['after a logout', () => localStorage.clear(), 'auth_token'],
  ])('%s', async (_, change, key) => {
    let after: Record<string, string> = {}
    const answer = await meanwhile(() => {
      change()
      after = stored()
    })
    expect(stored()).toEqual(after)
    expect(answer).toMatchObject({ got: 'storage', values: { [key]: after[key] ?? null } })
  })

  const OK = { code: 0, message: 'success' }
  const PAIR = { access_token: 'a', refresh_token: 'rt_b', expires_in: 60 }

  test.each<[string, Parameters<Sub2ApiRelay['faults']['set']>[1], string]>([
    ['dead', refusal(401, 'REFRESH_TOKEN_INVALID'), 'renewal-refused'],
    ['backend mode', refusal(403), 'renewal-refused'],
    ['a blocking page', { kind: 'challenge' }, 'renewal-failed'],
    ['a full store', refusal(503, 'SERVICE_UNAVAILABLE'), 'renewal-failed'],
    ['a limit', { kind: 'rate-limit' }, 'renewal-failed'],
    [
      'no access token',
      answering({ ...OK, data: { ...PAIR, access_token: '' } }),
      'renewal-failed',
    ],
    [
      'no refresh token',
      answering({ ...OK, data: { ...PAIR, refresh_token: 7 } }),
      'renewal-failed',
    ],
    ['no life', answering({ ...OK, data: { ...PAIR, expires_in: 0 } }), 'renewal-failed'],
    ['no data', answering(OK), 'renewal-failed'],
    ['another code', answering({ code: 1, data: PAIR }), 'renewal-failed'],
    ['a page', { kind: 'spa' }, 'renewal-failed'],
    ['a cut answer', { kind: 'truncate' }, 'renewal-failed'],
    ['a redirect', { kind: 'redirect', to: '/login' }, 'renewal-failed'],
    ['a lost connection', { kind: 'reset' }, 'unreachable'],
    ['silence', { kind: 'hang' }, 'timeout'],
  ])('after %s', async (_, fault, reason) => {
    relay.faults.set(REFRESH_REQUEST, fault)
    const before = stored()
    expect(await ask(undefined, 300)).toEqual({ got: 'failure', reason })
    expect(stored()).toEqual(before)
    expect(uses()).toEqual([1])
  })
})

describe('the worker', () => {
  const put = (question: unknown) =>
    answerQuestion(question as Parameters<typeof answerQuestion>[0])

  test('gets what is stored afterwards', async () => {
    const values = await renewInPage(location.origin, RENEWAL, first['refresh_token']!, put)
    expect(values).toEqual(stored())
    expect(uses()).toEqual([1])
  })

  test.each([
    ['renewal-refused', 'login'],
    ['renewal-failed', 'server'],
    ['no-lock', 'login'],
    ['timeout', 'network'],
    ['moved', 'needs-tab'],
  ])('learns why it did not work: %s', async (reason, kind) => {
    const answered = () => Promise.resolve({ got: 'failure', reason })
    const work = renewInPage(location.origin, RENEWAL, null, answered)
    expect(await work.catch(failureOf)).toEqual({ class: kind, reason })
  })
})

function refusal(status: number, reason?: string) {
  const body = { code: status, message: 'no', ...(reason ? { reason } : {}) }
  return { kind: 'status', status, body } as const
}

function answering(body: unknown) {
  return { kind: 'status', status: 200, body } as const
}
