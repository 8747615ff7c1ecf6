import type { IncomingMessage } from 'node:http'

import { headerText, parseCookies, parseJson } from '../kit/incoming'
import { plainPage } from '../kit/plain-page'
import { emptyReply, withHeaders, type Reply } from '../kit/reply'
import { Router } from '../kit/router'
import { createSiteServer, type SiteServer } from '../kit/site-server'

/** One request to a hosted service, read and routed. */
export interface HostedRequest {
  readonly url: URL
  /** Host with its port, as sent. */
  readonly host: string
  readonly params: Readonly<Record<string, string>>
  readonly authorization: string
  readonly cookies: ReadonlyMap<string, string>
  /** Parsed JSON body; `undefined` if there is none or it is not JSON. */
  readonly body: unknown
  /** Fault `wrong-user`: id of the user to answer for instead of the credential's. */
  readonly actAsId: number | null
}

export interface HostedRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/api/v1/keys/:hash`; a trailing slash is part of it. */
  readonly path: string
  readonly handle: (request: HostedRequest) => Reply
}

/** What a service adds to {@link createHostedSite}. */
export interface HostedParts {
  readonly routes: readonly HostedRoute[]
  nowMs(): number
  /** Title of the page that answers everything outside of `apiPaths`. */
  readonly title: string
  /** Paths that answer JSON and never the page. */
  readonly apiPaths: RegExp
  /** The answer to an unknown path below `apiPaths`. */
  notFound(): Reply
  /** The user a credential belongs to, for faults aimed at one user. */
  userIdOf(request: HostedRequest): number | null
  /** Refuses a request before any route; `null` = goes on. */
  refuse?(request: HostedRequest): Reply | null
}

/** An object body as a record; `undefined` for anything else. */
export function bodyRecord(body: unknown): Record<string, unknown> | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Record<string, unknown>)
    : undefined
}

/** A service with a JSON API and one page for everything else. */
export function createHostedSite(parts: HostedParts): SiteServer {
  const router = new Router(parts.routes)

  function read(req: IncomingMessage, url: URL, bodyText: string) {
    const match = router.match(req.method ?? 'GET', url.pathname)
    const request: HostedRequest = {
      url,
      host: headerText(req, 'host'),
      params: match.kind === 'route' ? match.params : {},
      authorization: headerText(req, 'authorization'),
      cookies: parseCookies(req.headers.cookie),
      body: parseJson(bodyText),
      actAsId: null,
    }
    return { method: req.method ?? 'GET', match, request }
  }

  return createSiteServer<ReturnType<typeof read>>({
    nowMs: () => parts.nowMs(),
    headers: () => ({}),
    userIdHeader: null,
    routeOf: (method, path) => {
      const match = router.match(method, path)
      return match.kind === 'route' ? match.route.path : path
    },
    read,
    userIdOf: ({ request }) => parts.userIdOf(request),
    answer: ({ method, match, request: given }, actAsId) => {
      const request = { ...given, actAsId }
      if (!parts.apiPaths.test(request.url.pathname)) return plainPage(parts.title)
      const refusal = parts.refuse?.(request) ?? null
      if (refusal !== null) return refusal
      if (match.kind === 'route') return match.route.handle(request)
      if (match.kind === 'none') return parts.notFound()
      const location = `${match.path}${request.url.search}`
      return withHeaders(emptyReply(method === 'GET' ? 301 : 307), { location })
    },
  })
}
