import { ALL_GENERATIONS, type Generation } from '../../e2e/relays/new-api/generation'
import { startRelay, startSite } from '../../e2e/relays/farm'
import type { RequestHandler } from '../../e2e/relays/kit/site-double'
import type { NewApiRelay, RelayOptions, SeedUser } from '../../e2e/relays/new-api/relay'

/** An answer, read to its end. `json` is `undefined` when the body is not JSON. */
export interface Answer {
  status: number
  text: string
  // Test code reads many shapes; `unknown` inside keeps every use explicit.
  json: Record<string, unknown> | undefined
  data: unknown
  headers: Headers
  /** `name` → full `Set-Cookie` text. */
  cookies: Map<string, string>
}

interface Call {
  headers?: Record<string, string>
  body?: unknown
  cookie?: string
}

export type Caller = (method: string, path: string, call?: Call) => Promise<Answer>

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

function callerOf(origin: string): Caller {
  return async (method, path, { headers = {}, body, cookie } = {}) => {
    const response = await fetch(origin + path, {
      method,
      redirect: 'manual',
      headers: cookie === undefined ? headers : { ...headers, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = parse(text)
    const cookies = new Map(
      response.headers.getSetCookie().map((line) => [line.slice(0, line.indexOf('=')), line]),
    )
    return {
      status: response.status,
      text,
      json,
      data: json?.['data'],
      headers: response.headers,
      cookies,
    }
  }
}

/** `name=value` of a `Set-Cookie` text, as a browser would send it back. */
export function pair(setCookie: string | undefined): string {
  return (setCookie ?? '').split(';', 1)[0] ?? ''
}

export const ALICE: SeedUser = {
  id: 7,
  username: 'alice',
  displayName: 'Alice',
  password: 'correct horse',
  quota: 1_000_000,
  usedQuota: 250_000,
  requestCount: 12,
  accessToken: 'pat-of-alice-0123456789abcdefghi',
  email: 'alice@mail.example',
}

export const BOB: SeedUser = {
  id: 8,
  username: 'bob',
  password: 'battery staple',
  quota: 500,
  accessToken: 'pat-of-bob-0123456789abcdefghijk',
}

/** 2026-08-09 12:00:00 UTC */
export const NOON_MS = Date.UTC(2026, 7, 9, 12)

export interface TestRelay {
  relay: NewApiRelay
  origin: string
  call: Caller
  clock: { nowMs: number }
  /** Headers that prove Alice by her PAT on every generation. */
  alice: Record<string, string>
}

const open: (() => Promise<void>)[] = []

/** Starts a relay with Alice and Bob, no limits and a clock that the test moves. */
export async function startTestRelay(
  generation: Generation,
  options: Partial<RelayOptions> = {},
): Promise<TestRelay> {
  const clock = { nowMs: NOON_MS }
  const { relay, origin, close } = await startRelay({
    generation,
    users: [ALICE, BOB],
    rateLimits: 'off',
    now: () => clock.nowMs,
    ...options,
  })
  open.push(close)
  const alice = { authorization: `Bearer ${ALICE.accessToken}`, 'new-api-user': '7' }
  return { relay, origin, call: callerOf(origin), clock, alice }
}

/** Starts a double of any kind. */
export async function startTestSite<Site extends RequestHandler>(
  site: Site,
): Promise<{ site: Site; origin: string; call: Caller }> {
  const { origin, close } = await startSite(site)
  open.push(close)
  return { site, origin, call: callerOf(origin) }
}

/** Ends what `startTestRelay` and `startTestSite` started; for `afterEach`. */
export async function stopTestRelays(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()))
}

/** Logs Alice in by password and returns the answer. */
export function logIn(call: Caller): Promise<Answer> {
  return call('POST', '/api/user/login', {
    body: { username: ALICE.username, password: ALICE.password },
  })
}

export const GENERATIONS = ALL_GENERATIONS
export const COOKIE_GENERATIONS = ['one-api', 'g0', 'g1a', 'g1b'] as const
export const HEADER_GENERATIONS = ['g0', 'g1a', 'g1b'] as const
export const JWT_GENERATIONS = ['g2', 'g3'] as const
