import type { IncomingMessage } from 'node:http'

import { authenticate } from './auth'
import { consolePage } from './console-page'
import type { RelayCore, RequestContext, Route } from './context'
import { isSince } from './generation'
import { parseCookies, parseJson } from '../kit/incoming'
import { languageOf } from './messages'
import type { Bucket } from './limits'
import { modelCallOf } from '../models/call'
import { readHeaders } from './request-headers'
import { emptyReply, htmlReply, unknownPath, withHeaders, type Reply } from '../kit/reply'
import type { RouteMatch, Router } from '../kit/router'
import { readSessionCookie } from './session-cookie'

/** Header value of authenticated dashboard answers of late builds (`contracts/new-api.md` 0). */
const AUTH_VERSION = { 'auth-version': '864b7076dbcd0a3c01b5520316720ebf' }

/** Paths that answer JSON and never the single-page application (1.1). */
function isApiPath(path: string): boolean {
  return /^\/(?:api|v1|v1beta|dashboard\/billing)(?:\/|$)/.test(path)
}

/** Reads a request into what handlers get, without acting for anybody else. */
export function readContext(
  relay: RelayCore,
  req: IncomingMessage,
  url: URL,
  bodyText: string,
  match: RouteMatch<Route>,
): RequestContext {
  const cookies = parseCookies(req.headers.cookie)
  // G2+ have no `session` cookie: a stale one from before the upgrade means nothing.
  const hasCookieLogin = !isSince(relay.generation, 'g2')
  return {
    relay,
    method: req.method ?? 'GET',
    url,
    params: match.kind === 'route' ? match.params : {},
    headers: readHeaders(relay, req),
    cookies,
    body: parseJson(bodyText),
    call: modelCallOf(req, url, bodyText),
    ip: req.socket.remoteAddress ?? '',
    language: languageOf(req.headers['accept-language']),
    cookieSession: hasCookieLogin ? readSessionCookie(relay.state, cookies.get('session')) : {},
    actAs: null,
  }
}

function isRefused(context: RequestContext, bucket: Bucket, key: string): boolean {
  const { options, limiter } = context.relay
  return options.rateLimits !== 'off' && !limiter.tryTake(bucket, key)
}

/** The server's own answer: limits by IP, then routing, then authentication, then the handler. */
export function answer(context: RequestContext, router: Router<Route>): Reply {
  const { method, url, ip } = context
  const isApi = isApiPath(url.pathname)
  // `/v1` belongs to the relay, which neither limiter watches (1.5).
  const isRelayPath = isApi && !url.pathname.startsWith('/api')
  if (!isRelayPath && isRefused(context, isApi ? 'api' : 'web', ip)) return emptyReply(429)
  if (!isApi) return htmlReply(consolePage(context.relay))
  const match = router.match(method, url.pathname)
  if (match.kind === 'none') return unknownPath(method, url.pathname)
  if (match.kind === 'redirect') {
    return emptyReply(method === 'GET' ? 301 : 307, { location: `${match.path}${url.search}` })
  }
  return runRoute(context, match.route)
}

function runRoute(context: RequestContext, route: Route): Reply {
  if (route.isCritical === true && isRefused(context, 'critical', context.ip)) {
    return emptyReply(429)
  }
  if (route.auth === 'none') return route.handle(context)
  const result = authenticate(context)
  if (!result.ok) return result.reply
  const { identity } = result
  if (route.isSearch?.(context.relay) === true) {
    if (isRefused(context, 'search', String(identity.user.id))) return emptyReply(429)
  }
  const reply = route.handle({ ...context, identity, user: context.actAs ?? identity.user })
  return isSince(context.relay.generation, 'g1b') ? withHeaders(reply, AUTH_VERSION) : reply
}
