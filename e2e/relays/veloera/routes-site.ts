import { jsonReply, ok, type Reply } from '../kit/reply'
import type { RequestContext, Route } from './context'
import { groupView, usableGroups, usableRatios } from './groups'
import { priceRows } from './models'
import { statusView } from './status-view'
import type { VeloeraState } from './state'

function textRoute(path: string, pick: (texts: VeloeraState['texts']) => string): Route {
  return { method: 'GET', path, auth: 'none', handle: ({ core }) => ok(pick(core.state.texts)) }
}

/** `GET /api/pricing`: only the cookie tells who asks, a token does not (`contracts/veloera.md` 8). */
function readPricing({ core, session, actAs }: RequestContext): Reply {
  const user = actAs ?? core.state.users.get(session.id ?? 0)
  const group = user?.group ?? ''
  return jsonReply({
    success: true,
    data: priceRows(core),
    group_ratio: usableRatios(core, group),
    usable_group: usableGroups(core, group),
  })
}

/** What anybody may read (2, 3.1, 5.2). */
export const siteRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/status',
    auth: 'none',
    handle: ({ core }) => ok(statusView(core)),
  },
  textRoute('/api/notice', (texts) => texts.notice),
  textRoute('/api/about', (texts) => texts.about),
  textRoute('/api/home_page_content', (texts) => texts.homePage),
  {
    method: 'GET',
    path: '/api/setup',
    auth: 'none',
    handle: () => ok({ status: true, root_init: true, database_type: 'sqlite' }),
  },
  {
    method: 'GET',
    path: '/api/user/groups',
    auth: 'none',
    handle: ({ core }) => ok(groupView(core, '')),
  },
  { method: 'GET', path: '/api/pricing', auth: 'none', handle: readPricing },
]
