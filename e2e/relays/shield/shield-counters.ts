import type { IncomingMessage } from 'node:http'

import { headerText } from '../kit/incoming'

/**
 * Who sent a request: a tab that goes to the address, a script in a page of the site, or anything
 * else, which an extension's own request is.
 */
export type RequestSource = 'navigation' | 'page' | 'outside'

/** A request that met the wall. Holds no secret value. */
export interface ChallengedRequest {
  readonly method: string
  readonly path: string
  readonly source: RequestSource
  readonly atMs: number
}

export interface ShieldCounters {
  /** Requests that met the wall; an absent field counts all. */
  challenged(match?: Partial<Omit<ChallengedRequest, 'atMs'>>): number
  requests(): ChallengedRequest[]
  /** Clearances that were earned. */
  passes(): number
  /** Attempts to earn one that were refused. */
  refusals(): number
  reset(): void
}

/** Only a tab asks for a page in this way; a `fetch` that accepts HTML does not. */
function isNavigation(req: IncomingMessage): boolean {
  return (
    headerText(req, 'accept').includes('text/html') &&
    headerText(req, 'upgrade-insecure-requests') === '1'
  )
}

/**
 * The source of a request. Browsers leave `Sec-Fetch-Site` out on plain-http hosts other than
 * loopback; there `Origin` and `Referer` decide.
 */
export function sourceOf(req: IncomingMessage): RequestSource {
  if (isNavigation(req)) return 'navigation'
  const site = headerText(req, 'sec-fetch-site')
  if (site !== '') return site === 'same-origin' ? 'page' : 'outside'
  const own = `http://${headerText(req, 'host')}`
  const isOwn =
    headerText(req, 'origin') === own || headerText(req, 'referer').startsWith(`${own}/`)
  return isOwn ? 'page' : 'outside'
}

export interface ShieldLog extends ShieldCounters {
  addChallenged(request: ChallengedRequest): void
  addPass(): void
  addRefusal(): void
}

export function createShieldLog(): ShieldLog {
  let requests: ChallengedRequest[] = []
  let passes = 0
  let refusals = 0
  return {
    challenged: ({ method, path, source } = {}) =>
      requests.filter(
        (request) =>
          (method === undefined || method === request.method) &&
          (path === undefined || path === request.path) &&
          (source === undefined || source === request.source),
      ).length,
    requests: () => requests.map((request) => ({ ...request })),
    passes: () => passes,
    refusals: () => refusals,
    reset: () => {
      requests = []
      passes = 0
      refusals = 0
    },
    addChallenged: (request) => {
      requests.push(request)
    },
    addPass: () => {
      passes += 1
    },
    addRefusal: () => {
      refusals += 1
    },
  }
}
