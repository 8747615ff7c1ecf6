import { isFailureError, raise } from '@/src/domain/failure'

import type { OriginBudgets } from './budgets'
import { noteRateLimit } from './rate-limit'
import { readBody } from './read-body'
import { createSingleFlight } from './single-flight'
import type { SiteRequest, SiteResponse, Transport } from './transport'

export interface HttpTransportOptions {
  /** The only origin the transport ever talks to. */
  readonly origin: string
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch
  readonly budgets: OriginBudgets
  /** Whether the browser granted access to the origin; asked before every request. */
  readonly hasAccess?: () => Promise<boolean>
  readonly now: () => number
  /** For every request, body included, whatever it asks for; waiting for the budget does not count. */
  readonly timeoutMs?: number
  /** Longest body accepted. */
  readonly maxBytes?: number
}

/**
 * A {@link Transport} over `fetch`, bound to one origin. Identical GETs that run at the same time
 * through one transport share one request.
 */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const flights = createSingleFlight<SiteResponse>()
  return async (request, { signal } = {}) => {
    const url = addressOf(options.origin, request)
    try {
      if (request.method !== 'GET' || request.changes)
        return await perform(options, request, url, signal)
      const key = JSON.stringify([url, request.cookies, request.budget, sortedHeaders(request)])
      return await flights.run(key, (shared) => perform(options, request, url, shared), signal)
    } catch (thrown) {
      if (signal?.aborted) raise({ class: 'cancelled', path: request.path }, thrown)
      throw thrown
    }
  }
}

async function perform(
  options: HttpTransportOptions,
  request: SiteRequest,
  url: string,
  signal: AbortSignal | undefined,
): Promise<SiteResponse> {
  const { origin, budgets, now, hasAccess } = options
  if (hasAccess && !(await hasAccess())) {
    raise({ class: 'access', reason: 'no-permission', path: request.path })
  }
  const release = await budgets.acquire(origin, request.budget, signal)
  try {
    const response = await exchange(options, request, url, signal)
    if (request.limitIsAnswer) return response
    const limit = noteRateLimit(response, { ...request, origin }, budgets, now())
    return limit ? raise(limit) : response
  } finally {
    release()
  }
}

async function exchange(
  options: HttpTransportOptions,
  request: SiteRequest,
  url: string,
  signal: AbortSignal | undefined,
): Promise<SiteResponse> {
  const { path } = request
  const { fetch = globalThis.fetch, maxBytes = 4 * 1024 * 1024 } = options
  const timeoutMs = options.timeoutMs ?? request.timeoutMs ?? 15_000
  const deadline = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline
  let answered = false
  try {
    const response = await fetch(url, initOf(request, options.origin, either))
    answered = true
    await refuseRedirect(response, path)
    return asSiteResponse(response, await readBody(response, maxBytes, path))
  } catch (thrown) {
    if (isFailureError(thrown)) throw thrown
    if (signal?.aborted) return raise({ class: 'cancelled', path }, thrown)
    const reason = deadline.aborted ? 'timeout' : answered ? 'cut-off' : 'unreachable'
    return raise({ class: 'network', reason, path }, thrown)
  }
}

function initOf(request: SiteRequest, origin: string, signal: AbortSignal): RequestInit {
  const { method, body, cookies } = request
  return {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      // Browsers would name the extension here, and sites in secure mode answer only their own pages
      // (`contracts/new-api.md 2.6`).
      ...(method === 'GET' ? {} : { Origin: origin }),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // Left out it would mean `include` for a granted site and mix two users' credentials.
    credentials: cookies,
    // No answer may reach the disk cache.
    cache: 'no-store',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal,
  }
}

/**
 * No redirect is ever followed: it could lead anything we send to a stranger, and the routes of
 * our contracts answer without one. Browsers hide it behind status 0, other runtimes show its 3xx.
 */
async function refuseRedirect(response: Response, path: string): Promise<void> {
  const isVisible = response.status >= 300 && response.status < 400
  if (response.type !== 'opaqueredirect' && !isVisible) return
  await response.body?.cancel().catch(() => undefined)
  raise({ class: 'changed-api', reason: 'redirected', path })
}

function asSiteResponse(response: Response, text: string): SiteResponse {
  const contentType = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  return {
    status: response.status,
    contentType: contentType.trim().toLowerCase(),
    header: (name) => response.headers.get(name),
    text,
  }
}

/** The request's address; a path that would leave the origin is a defect of ours. */
function addressOf(origin: string, request: SiteRequest): string {
  const url = URL.canParse(origin + request.path) ? new URL(origin + request.path) : null
  if (!request.path.startsWith('/') || url?.origin !== origin) {
    return raise({ class: 'internal', reason: 'bad-path', path: request.path })
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    url.searchParams.append(name, String(value))
  }
  return url.href
}

function sortedHeaders(request: SiteRequest): [string, string][] {
  return Object.entries(request.headers ?? {})
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
