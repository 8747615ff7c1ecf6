import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import { credentialUserId } from './auth'
import type { RelayCore, RequestContext } from './context'
import { createRequestLog, publicQuery, type RequestCounters, type RequestRecord } from './counters'
import { answer, readContext } from './dispatch'
import { replyOfFault, spoilJson } from './fault-replies'
import { createFaultPlan, type Fault, type FaultPlan } from './faults'
import { readBody } from './incoming'
import { loginFor, type ReadyLogin } from './ready-login'
import type { GroupSeed, RelayOptions } from './options'
import { limitsOf, RateLimiter } from './rate-limits'
import type { Reply } from './reply'
import { Router } from './router'
import { ALL_ROUTES } from './routes'
import { createState } from './seeding'
import type { RelayState } from './state'

export type { Generation } from './generation'
export type { RelayOptions, SeedKey, SeedLog, SeedUser } from './options'
export { issueTurnstileToken } from './state'

/** A running double of one New API or One API site, without a socket of its own. */
export interface NewApiRelay {
  readonly options: RelayOptions
  /** Mutable: users, keys, logs, sessions, texts. */
  readonly state: RelayState
  readonly counters: RequestCounters
  readonly faults: FaultPlan
  handle(req: IncomingMessage, res: ServerResponse): void
  /** A ready login, for tests that skip the login form. Counts as no request. */
  sessionFor(username: string): ReadyLogin
  /** Forgets the requests the rate limits remember. */
  resetRateLimits(): void
}

const DEFAULT_QUOTA_PER_UNIT = 500_000
const DEFAULT_GROUPS: Record<string, GroupSeed> = {
  default: { ratio: 1, desc: 'Default group' },
  vip: { ratio: 0.8, desc: 'VIP group' },
}

function createCore(options: RelayOptions): RelayCore {
  const nowMs = options.now ?? (() => Date.now())
  return {
    options,
    generation: options.generation,
    state: createState(options, nowMs()),
    limiter: new RateLimiter(limitsOf(options.generation), nowMs),
    quotaPerUnit: options.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    groups: options.groups ?? DEFAULT_GROUPS,
    nowMs,
    nowSec: () => Math.floor(nowMs() / 1000),
  }
}

function familyHeaders(core: RelayCore): Record<string, string> {
  const requestId = { 'x-oneapi-request-id': randomBytes(12).toString('hex') }
  return core.generation === 'one-api' ? requestId : { ...requestId, 'x-new-api-version': 'v0.0.0' }
}

function bodyOf(reply: Reply, fault: Fault | null): { bytes: Buffer; contentType: string | null } {
  if (reply.body.kind === 'empty') return { bytes: Buffer.alloc(0), contentType: null }
  if (reply.body.kind === 'text') {
    return { bytes: Buffer.from(reply.body.text), contentType: reply.body.contentType }
  }
  const json = JSON.stringify(reply.body.value)
  const bytes = fault === null ? Buffer.from(json) : spoilJson(json, fault)
  return { bytes, contentType: 'application/json; charset=utf-8' }
}

function send(core: RelayCore, res: ServerResponse, reply: Reply, fault: Fault | null): void {
  const { bytes, contentType } = bodyOf(reply, fault)
  res.writeHead(reply.status, {
    ...familyHeaders(core),
    ...(contentType === null ? {} : { 'content-type': contentType }),
    'content-length': String(bytes.length),
    ...reply.headers,
    ...(reply.cookies.length > 0 ? { 'set-cookie': reply.cookies } : {}),
  })
  res.end(bytes)
}

function recordOf(core: RelayCore, req: IncomingMessage, url: URL, route: string): RequestRecord {
  const header = req.headers['new-api-user']
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    route,
    query: publicQuery(url.searchParams),
    status: 0,
    atMs: core.nowMs(),
    userIdHeader: typeof header === 'string' ? header : null,
    hadCookie: req.headers.cookie !== undefined,
    hadAuthorization: req.headers.authorization !== undefined,
    origin: req.headers.origin ?? null,
  }
}

/** The user a `wrong-user` fault names. */
function actingUser(context: RequestContext, fault: Fault | null): RequestContext['actAs'] {
  if (fault?.kind !== 'wrong-user') return null
  return context.relay.state.users.get(fault.userId) ?? null
}

/**
 * Makes a relay that behaves as `contracts/new-api.md` says for its generation. It is strict on
 * purpose: a client that gets along with it gets along with the real server.
 */
export function createNewApiRelay(options: RelayOptions): NewApiRelay {
  const core = createCore(options)
  const router = new Router(core, ALL_ROUTES)
  const log = createRequestLog()
  const faults = createFaultPlan()

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://relay.invalid')
    const method = req.method ?? 'GET'
    const match = router.match(method, url.pathname)
    const route = match.kind === 'route' ? match.route.path : url.pathname
    const record = recordOf(core, req, url, route)
    log.add(record)
    const context = readContext(core, req, url, await readBody(req), match)
    const userId = credentialUserId(context)
    const { latencyMs, fault } = faults.take({ method, route, path: url.pathname, userId })
    if (latencyMs > 0) await wait(latencyMs)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'reset') {
      req.socket.resetAndDestroy()
      return
    }
    const replaced = fault === null ? null : replyOfFault(fault)
    const actAs = actingUser(context, fault)
    const reply = replaced ?? answer({ ...context, actAs }, router)
    record.status = reply.status
    send(core, res, reply, fault)
  }

  return {
    options,
    state: core.state,
    counters: log,
    faults,
    handle: (req, res) => {
      serve(req, res).catch((error: unknown) => {
        // A client that went away needs no answer; anything else is a mistake in this double.
        if (res.headersSent || res.destroyed) return
        res.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
      })
    },
    sessionFor: (username) => loginFor(core, username),
    resetRateLimits: () => {
      core.limiter.reset()
    },
  }
}
