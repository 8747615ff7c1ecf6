import type { RequestCounters } from '../kit/counters'
import type { Reply } from '../kit/reply'
import type { RequestHandler } from '../kit/site-double'
import { createSiteServer, type SiteServer } from '../kit/site-server'

/** A site that is no relay, and what was asked of it. */
export interface ForeignSite extends RequestHandler {
  readonly counters: RequestCounters
}

/** A site with one rule for all its answers, by the path with its query. */
export function createForeignSite(answer: (path: string) => Reply): SiteServer {
  return createSiteServer<string>({
    nowMs: () => Date.now(),
    headers: () => ({}),
    userIdHeader: null,
    routeOf: (_method, path) => path,
    read: (_req, url) => `${url.pathname}${url.search}`,
    userIdOf: () => null,
    answer,
  })
}
