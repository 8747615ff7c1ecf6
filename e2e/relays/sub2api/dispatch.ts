import type { IncomingMessage } from 'node:http'

import { headerText, parseJson } from '../kit/incoming'
import { emptyReply, htmlReply, type Reply } from '../kit/reply'
import type { RouteMatch, Router } from '../kit/router'
import { modelCallOf } from '../models/call'
import { admit } from './auth'
import { consolePage } from './console-page'
import { bodyRecord, type RelayCore, type RequestContext, type Route } from './context'
import { authLimited, pageNotFound, panelLimited } from './envelope'
import { admitKey, keyText } from './key-auth'
import { notePresentation, outcomeOf } from './refresh-log'
import { readAccessToken } from './tokens'

const REFRESH_PATH = '/api/v1/auth/refresh'

/**
 * Paths that never lead to the page of the panel. `/api` is `contracts/sub2api.md` 2; that the
 * gateway's own prefixes are no pages either follows from the 404s of 1.
 */
function isApiPath(path: string): boolean {
  return /^\/(?:api|v1|v1beta|antigravity)(?:\/|$)/.test(path)
}

/** Reads a request into what handlers get, without acting for anybody else. */
export function readContext(
  relay: RelayCore,
  req: IncomingMessage,
  url: URL,
  bodyText: string,
  match: RouteMatch<Route>,
): RequestContext {
  const body = parseJson(bodyText)
  const token = bodyRecord(body)?.['refresh_token']
  const isRefresh = req.method === 'POST' && url.pathname === REFRESH_PATH
  const isPresented = isRefresh && typeof token === 'string' && token !== ''
  return {
    relay,
    method: req.method ?? 'GET',
    url,
    params: match.kind === 'route' ? match.params : {},
    headers: {
      authorization: headerText(req, 'authorization'),
      userAgent: headerText(req, 'user-agent'),
      host: headerText(req, 'host'),
      apiKey: headerText(req, 'x-api-key'),
      googleApiKey: headerText(req, 'x-goog-api-key'),
      idempotencyKey: headerText(req, 'idempotency-key'),
    },
    body,
    call: modelCallOf(req, url, bodyText),
    ip: req.socket.remoteAddress ?? '',
    presentation: isPresented ? notePresentation(relay.state, token, relay.nowMs()) : null,
    actAs: null,
  }
}

/** The user a request's credential points to, good enough or not. Only for matching faults. */
export function credentialUserId({ relay, headers, presentation }: RequestContext): number | null {
  const { state } = relay
  if (presentation !== null) {
    return state.refreshTokens.get(presentation.refreshToken)?.userId ?? null
  }
  const jwt = headers.authorization.replace(/^bearer\s+/i, '')
  const text = keyText(headers)
  const byKey = [...state.keys.values()].find((row) => row.key === text)
  return readAccessToken(relay, jwt)?.user_id ?? byKey?.userId ?? null
}

/** The server's own answer, with what it means for a refresh token written down. */
export function answer(context: RequestContext, router: Router<Route>): Reply {
  const reply = answerOf(context, router)
  if (context.presentation !== null) context.presentation.outcome = outcomeOf(reply)
  return reply
}

function answerOf(context: RequestContext, router: Router<Route>): Reply {
  const { method, url, relay } = context
  // Preflights of other origins are refused, whatever they ask for (2).
  if (method === 'OPTIONS') return emptyReply(403)
  const match = router.match(method, url.pathname)
  if (match.kind === 'route') return runRoute(context, match.route)
  return isApiPath(url.pathname) ? pageNotFound() : htmlReply(consolePage(relay))
}

/** Panel limits came with 0.1.165 (1); those of the auth endpoints count on every version. */
function publicLimit({ relay, ip }: RequestContext, route: Route & { auth: 'none' }): Reply | null {
  const { limit } = route
  if (limit === undefined || (limit === 'public' && !relay.isNew)) return null
  const wait = relay.limiter.take(limit, ip)
  if (wait === null) return null
  return limit === 'public' ? panelLimited(wait) : authLimited(wait)
}

function runRoute(context: RequestContext, route: Route): Reply {
  if (route.auth === 'none') return publicLimit(context, route) ?? route.handle(context)
  if (route.auth === 'key') {
    const result = admitKey(context, route.isBilled)
    return result.ok ? route.handle({ ...context, ...result }) : result.reply
  }
  const result = admit(context, route.isHeavy === true)
  if (!result.ok) return result.reply
  return route.handle({ ...context, user: context.actAs ?? result.user })
}
