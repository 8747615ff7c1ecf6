import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import { createRequestLog, publicQuery, type RequestCounters, type RequestRecord } from './counters'
import { replyOfFault } from './fault-replies'
import { createFaultPlan, type FaultPlan } from './faults'
import { readBody } from './incoming'
import type { Reply } from './reply'
import { sendReply } from './send-reply'
import type { RequestHandler } from './site-double'

/** What a family adds to {@link createSiteServer}. */
export interface SiteServerParts<Context> {
  nowMs(): number
  /** Headers of every answer. */
  headers(): Record<string, string>
  /** Lower-case name of the user-id header, for the counters; `null` = the family has none. */
  readonly userIdHeader: string | null
  /** Pattern of the route a path leads to, or the path itself. */
  routeOf(method: string, path: string): string
  read(req: IncomingMessage, url: URL, bodyText: string): Context
  /** The user the request's credential belongs to, for faults aimed at one user. */
  userIdOf(context: Context): number | null
  /** The server's own answer; `actAsId` = fault `wrong-user`. */
  answer(context: Context, actAsId: number | null): Reply
}

export interface SiteServer extends RequestHandler {
  readonly counters: RequestCounters
  readonly faults: FaultPlan
}

/** The loop every double shares: count the request, apply faults, answer, send. */
export function createSiteServer<Context>(parts: SiteServerParts<Context>): SiteServer {
  const log = createRequestLog()
  const faults = createFaultPlan()

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://relay.invalid')
    const method = req.method ?? 'GET'
    const route = parts.routeOf(method, url.pathname)
    const record = recordOf(parts, req, url, route)
    log.add(record)
    const context = parts.read(req, url, await readBody(req))
    const userId = parts.userIdOf(context)
    const { latencyMs, fault } = faults.take({ method, route, path: url.pathname, userId })
    if (latencyMs > 0) await wait(latencyMs)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'reset') {
      req.socket.resetAndDestroy()
      return
    }
    const replaced = fault === null ? null : replyOfFault(fault)
    const actAsId = fault?.kind === 'wrong-user' ? fault.userId : null
    const reply = replaced ?? parts.answer(context, actAsId)
    if (reply.workMs) await wait(reply.workMs)
    reply.whenDone?.()
    if (fault?.kind === 'done-hang') return
    if (fault?.kind === 'done-reset') {
      req.socket.resetAndDestroy()
      return
    }
    record.status = reply.status
    // A server's answers carry its own time, also where a test moves it.
    const date = new Date(parts.nowMs()).toUTCString()
    sendReply(res, reply, { headers: { date, ...parts.headers() }, fault })
  }

  return {
    counters: log,
    faults,
    handle: (req, res) => {
      serve(req, res).catch((error: unknown) => {
        // A client that went away needs no answer; anything else is a mistake in this double.
        if (res.headersSent || res.destroyed) return
        res.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
      })
    },
  }
}

function recordOf<Context>(
  parts: SiteServerParts<Context>,
  req: IncomingMessage,
  url: URL,
  route: string,
): RequestRecord {
  const header = parts.userIdHeader === null ? undefined : req.headers[parts.userIdHeader]
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    route,
    query: publicQuery(url.searchParams),
    status: 0,
    atMs: parts.nowMs(),
    userIdHeader: typeof header === 'string' ? header : null,
    hadCookie: req.headers.cookie !== undefined,
    hadAuthorization: req.headers.authorization !== undefined,
    origin: req.headers.origin ?? null,
  }
}
