import type { IncomingMessage, ServerResponse } from 'node:http'

import type { RequestCounters } from './counters'
import type { FaultPlan } from './faults'

export interface ReadyCookie {
  name: string
  value: string
  path: string
  httpOnly: boolean
  /** As Playwright's `addCookies` takes it; absent attribute = the browser's default, Lax. */
  sameSite: 'Strict' | 'Lax'
}

/** What a browser holds after a login: its cookies and its localStorage. */
export interface ReadyLogin {
  cookies: ReadyCookie[]
  localStorage: Record<string, string>
}

/** Anything that can answer requests of a virtual host. */
export interface RequestHandler {
  handle(req: IncomingMessage, res: ServerResponse): void
}

/** A running double of one site of any family, without a socket of its own. */
export interface SiteDouble extends RequestHandler {
  readonly counters: RequestCounters
  readonly faults: FaultPlan
  /** A ready login, for tests that skip the login form. Counts as no request. */
  sessionFor(username: string): ReadyLogin
  /** Forgets the requests the rate limits remember. */
  resetRateLimits(): void
}
