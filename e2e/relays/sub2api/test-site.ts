import { startSite } from '../farm'
import type { SeedUser } from './options-user'
import {
  createSub2ApiRelay,
  type Sub2ApiGeneration,
  type Sub2ApiOptions,
  type Sub2ApiRelay,
} from './relay'

/** An answer, read to its end. `json` is `undefined` when the body is not JSON. */
export interface SiteAnswer {
  status: number
  text: string
  json: Record<string, unknown> | undefined
  data: unknown
  /** Status, `code` and `reason`: what tells the error forms apart. */
  problem: [status: number, code: unknown, reason: unknown]
  headers: Headers
}

interface SiteCall {
  headers?: Record<string, string>
  body?: unknown
  /** Access token or API key. */
  token?: string
}

export type SiteCaller = (method: string, path: string, call?: SiteCall) => Promise<SiteAnswer>

export const ALICE: SeedUser = {
  id: 7,
  email: 'alice@mail.example',
  username: 'alice',
  password: 'correct horse',
  balance: 12.5,
}

export const BOB: SeedUser = {
  id: 8,
  email: 'bob@mail.example',
  password: 'battery staple',
  balance: -1,
}

export const ROOT: SeedUser = {
  id: 1,
  email: 'root@mail.example',
  username: 'root',
  password: 'horse battery',
  balance: 0,
  role: 'admin',
}

/** 2026-08-09 12:00:00 UTC, 20:00 in Shanghai. */
export const NOON_MS = Date.UTC(2026, 7, 9, 12)

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

function callerOf(origin: string): SiteCaller {
  return async (method, path, { headers = {}, body, token } = {}) => {
    const response = await fetch(origin + path, {
      method,
      headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = parse(text)
    return {
      status: response.status,
      text,
      json,
      data: json?.['data'],
      problem: [response.status, json?.['code'], json?.['reason']],
      headers: response.headers,
    }
  }
}

/** A site with Alice, Bob and an administrator, a clock that the test moves and no limits. */
export interface TestSite {
  relay: Sub2ApiRelay
  origin: string
  /** Any path of the site. */
  call: SiteCaller
  /** A path below `/api/v1`, as Alice unless another token is given. */
  api: SiteCaller
  clock: { nowMs: number }
  close: () => Promise<void>
}

export async function startTestSite(
  generation: Sub2ApiGeneration,
  options: Partial<Sub2ApiOptions> = {},
): Promise<TestSite> {
  const clock = { nowMs: NOON_MS }
  const { relay, origin, close } = await startSite(
    createSub2ApiRelay({
      generation,
      users: [ALICE, BOB, ROOT],
      rateLimits: 'off',
      now: () => clock.nowMs,
      ...options,
    }),
  )
  const call = callerOf(origin)
  const alice = relay.loginPair(ALICE.email).accessToken
  return {
    relay,
    origin,
    call,
    api: (method, path, given = {}) => call(method, `/api/v1${path}`, { token: alice, ...given }),
    clock,
    close,
  }
}
