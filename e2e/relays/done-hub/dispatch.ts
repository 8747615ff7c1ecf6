import { randomInt } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

import { headerText, parseCookies, parseJson } from '../kit/incoming'
import { emptyReply, htmlReply, unknownPath, withHeaders, type Reply } from '../kit/reply'
import type { RouteMatch, Router } from '../kit/router'
import { modelCallOf } from '../models/call'
import { authenticate, visitorOf } from './auth'
import { consolePage } from './console-page'
import type { HubCore, RequestContext, Route } from './context'
import { authenticateKey } from './key-auth'
import { bucketOf, type Bucket } from './limits'
import { readSessionCookie } from './session-cookie'

/** Time and a random tail, as the lineage makes its request ids. */
function newRequestId(nowMs: number): string {
  const time = new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14)
  return `${time}${randomInt(10 ** 9, 10 ** 10)}`
}

/** Reads a request into what handlers get, without acting for anybody else. */
export function readContext(
  relay: HubCore,
  req: IncomingMessage,
  url: URL,
  bodyText: string,
  match: RouteMatch<Route>,
): RequestContext {
  return {
    relay,
    method: req.method ?? 'GET',
    url,
    params: match.kind === 'route' ? match.params : {},
    headers: {
      authorization: headerText(req, 'authorization'),
      apiKey: headerText(req, 'x-api-key'),
      googleKey: headerText(req, 'x-goog-api-key'),
      origin: headerText(req, 'origin'),
      host: headerText(req, 'host'),
    },
    body: parseJson(bodyText),
    call: modelCallOf(req, url, bodyText),
    ip: req.socket.remoteAddress ?? '',
    requestId: newRequestId(relay.nowMs()),
    login: readSessionCookie(relay.state, parseCookies(req.headers.cookie).get('session')),
    actAs: null,
  }
}

function isRefused(context: RequestContext, bucket: Bucket | null): boolean {
  const { options, limiter } = context.relay
  if (bucket === null || options.rateLimits === 'off') return false
  return !limiter.tryTake(bucket, context.ip)
}

/** The server's own answer: limits by IP, then routing, then authentication, then the handler. */
export function answer(context: RequestContext, router: Router<Route>): Reply {
  return withHeaders(answerBare(context, router), { 'x-oneapi-request-id': context.requestId })
}

function answerBare(context: RequestContext, router: Router<Route>): Reply {
  const { method, url } = context
  if (isRefused(context, bucketOf(url.pathname))) return emptyReply(429)
  const match = router.match(method, url.pathname)
  if (match.kind === 'none') return answerUnknown(context)
  if (match.kind === 'redirect') {
    return emptyReply(method === 'GET' ? 301 : 307, { location: `${match.path}${url.search}` })
  }
  const { route } = match
  if (route.isCritical === true && isRefused(context, 'critical')) return emptyReply(429)
  const reply = runRoute(context, route)
  return route.isCors === true ? withHeaders(reply, corsHeaders(context)) : reply
}

/** Unknown paths: another origin, 404 under `/api` and `/v1`, else the page (2, 4). */
function answerUnknown({ relay, method, url }: RequestContext): Reply {
  const { frontendBaseUrl, relayOnly } = relay.options
  if (frontendBaseUrl !== undefined) {
    return emptyReply(301, { location: `${frontendBaseUrl}${url.pathname}${url.search}` })
  }
  // Not in the contract: a node that only relays has no page either.
  const isRelayPath = relayOnly === true || /^\/(?:api(?:\/|$)|v1)/.test(url.pathname)
  return isRelayPath ? unknownPath(method, url.pathname) : htmlReply(consolePage(relay))
}

/** Any origin, and nothing for a request of the site's own pages (3.1). */
function corsHeaders({ headers }: RequestContext): Record<string, string> {
  if (headers.origin === '' || headers.origin.replace(/^https?:\/\//, '') === headers.host)
    return {}
  return { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' }
}

function runRoute(context: RequestContext, route: Route): Reply {
  switch (route.auth) {
    case 'none':
      return route.handle(context)
    case 'cookie': {
      const visitor = visitorOf(context)
      return route.handle({ ...context, visitor: visitor && (context.actAs ?? visitor) })
    }
    case 'user': {
      const result = authenticate(context, route.minRole)
      return result.ok
        ? route.handle({ ...context, user: context.actAs ?? result.user })
        : result.reply
    }
    case 'key': {
      const result = authenticateKey(context, route.protocol)
      if (!result.ok) return result.reply
      const { token, user } = result.found
      return route.handle({ ...context, token, user: context.actAs ?? user })
    }
  }
}
