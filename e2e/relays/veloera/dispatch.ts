import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

import { headerText, parseCookies, parseJson } from '../kit/incoming'
import { emptyReply, htmlReply, unknownPath, withHeaders, type Reply } from '../kit/reply'
import type { RouteMatch, Router } from '../kit/router'
import { modelCallOf } from '../models/call'
import type { Bucket } from '../new-api/limits'
import { authenticate } from './auth'
import { consolePage } from './console-page'
import type { RequestContext, Route, VeloeraCore } from './context'
import { authenticateKey } from './key-auth'
import { readSession } from './session'

/** The relay is also served below `/hf` (`contracts/veloera.md` 8). */
export function routedPath(path: string): string {
  return path.startsWith('/hf/v1/') ? path.slice('/hf'.length) : path
}

/** Reads a request into what handlers get, without acting for anybody else. */
export function readContext(
  core: VeloeraCore,
  req: IncomingMessage,
  url: URL,
  bodyText: string,
  match: RouteMatch<Route>,
): RequestContext {
  return {
    core,
    method: req.method ?? 'GET',
    url,
    params: match.kind === 'route' ? match.params : {},
    headers: {
      authorization: headerText(req, 'authorization'),
      veloeraUser: headerText(req, 'veloera-user'),
      apiKey: headerText(req, 'x-api-key'),
      origin: headerText(req, 'origin'),
    },
    body: parseJson(bodyText),
    call: modelCallOf(req, url, bodyText),
    ip: (req.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    requestId: randomBytes(12).toString('hex'),
    session: readSession(core, parseCookies(req.headers.cookie).get('session')),
    actAs: null,
  }
}

/** `null`: no limit watches the path, as those of the relay (4). */
function bucketOf(path: string): Bucket | null {
  if (/^\/api(?:\/|$)/.test(path) || /^(?:\/v1)?\/dashboard\/billing\//.test(path)) return 'api'
  return /^\/(?:v1|hf\/v1\/)/.test(path) ? null : 'web'
}

/** Unknown paths that answer JSON; all others are the single-page application (4). */
function isJsonPath(path: string): boolean {
  return /^\/(?:api(?:\/|$)|v1|assets)/.test(path)
}

function isRefused({ core, ip }: RequestContext, bucket: Bucket): boolean {
  return core.options.rateLimits !== 'off' && !core.limiter.tryTake(bucket, ip)
}

/** `/veloera` of V4 is plain text (2); what it says is not in the contract. */
function pageFor({ core, method, url }: RequestContext): Reply {
  if (!core.isV4 || method !== 'GET' || url.pathname !== '/veloera') {
    return htmlReply(consolePage(core))
  }
  const body = {
    kind: 'text',
    text: 'This site runs Veloera.\n',
    contentType: 'text/plain; charset=utf-8',
  } as const
  return { ...emptyReply(200), body }
}

function redirect({ method, url }: RequestContext, path: string): Reply {
  return emptyReply(method === 'GET' ? 301 : 307, { location: `${path}${url.search}` })
}

/** The server's own answer: limits by IP, then routing, then authentication, then the handler. */
export function answer(context: RequestContext, router: Router<Route>): Reply {
  const { method, url } = context
  const bucket = bucketOf(url.pathname)
  if (bucket !== null && isRefused(context, bucket)) return emptyReply(429)
  const path = routedPath(url.pathname)
  const match = router.match(method, path)
  if (match.kind === 'route') return withId(context, runRoute(context, match.route))
  if (match.kind === 'redirect') return redirect(context, match.path)
  // The other way round the router redirects, too: not in the contract.
  const bare = path.replace(/\/$/, '')
  if (bare !== path && router.match(method, bare).kind === 'route') return redirect(context, bare)
  if (method === 'OPTIONS' && isCrossOrigin(router, context, path)) return preflight(context)
  return isJsonPath(url.pathname) ? unknownPath(method, url.pathname) : pageFor(context)
}

function withId(context: RequestContext, reply: Reply): Reply {
  return withHeaders(reply, { 'x-oneapi-request-id': context.requestId })
}

function hasCors(route: Route): boolean {
  return route.auth === 'key' || route.hasCors === true
}

function isCrossOrigin(router: Router<Route>, { headers }: RequestContext, path: string): boolean {
  return (
    headers.origin !== '' &&
    ['GET', 'POST'].some((method) => {
      const match = router.match(method, path)
      return match.kind === 'route' && hasCors(match.route)
    })
  )
}

/** Every origin, with credentials (`contracts/new-api.md` 2.8). */
function withCors({ headers }: RequestContext, reply: Reply): Reply {
  if (headers.origin === '') return reply
  return withHeaders(reply, {
    'access-control-allow-origin': '*',
    'access-control-allow-credentials': 'true',
  })
}

function preflight(context: RequestContext): Reply {
  const allowed = {
    'access-control-allow-methods': 'GET,POST,PUT,DELETE,OPTIONS',
    'access-control-allow-headers': '*',
  }
  return withCors(context, emptyReply(204, allowed))
}

function runRoute(context: RequestContext, route: Route): Reply {
  if (route.isCritical === true && isRefused(context, 'critical')) return emptyReply(429)
  const reply = handle(context, route)
  return hasCors(route) ? withCors(context, reply) : reply
}

function handle(context: RequestContext, route: Route): Reply {
  if (route.auth === 'none') return route.handle(context)
  if (route.auth === 'key') {
    const result = authenticateKey(context)
    if (!result.ok) return result.reply
    return route.handle({ ...context, token: result.token, user: context.actAs ?? result.user })
  }
  const result = authenticate(context, route.auth === 'admin' ? 10 : 1)
  if (!result.ok) return result.reply
  return route.handle({ ...context, user: context.actAs ?? result.user })
}
