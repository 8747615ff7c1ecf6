import { fail, jsonReply, ok, type Reply } from '../kit/reply'
import { authenticate } from './auth'
import { availableModels, modelInfoList, ownedByList, priceView } from './catalog'
import type { RequestContext, Route } from './context'
import { BUILT_IN_PRICES } from './defaults'
import { groupMap } from './groups'
import { TEXT } from './messages'
import { ROLE_ADMIN } from './state'

/** `GET /api/prices`: `type` is `db`, `default`, or for administrators `old` (6.3). */
function readPrices(context: RequestContext): Reply {
  const { relay, url } = context
  const configured = relay.state.prices.map((price) => priceView(relay, price))
  switch (url.searchParams.get('type')) {
    case 'old': {
      const result = authenticate(context, ROLE_ADMIN)
      return result.ok ? jsonReply(configured) : result.reply
    }
    case 'default':
      return ok(BUILT_IN_PRICES.map((price) => priceView(relay, price)))
    default:
      return configured.length === 0 ? fail(TEXT.pricesMissing) : ok(configured)
  }
}

/** Groups, models and prices (`contracts/donehub.md` 6). */
export const modelRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/user_group_map',
    auth: 'cookie',
    handle: ({ relay, visitor }) => ok(groupMap(relay, visitor)),
  },
  {
    method: 'GET',
    path: '/api/available_model',
    auth: 'cookie',
    isCors: true,
    handle: ({ relay, visitor }) => ok(availableModels(relay, visitor)),
  },
  { method: 'GET', path: '/api/prices', auth: 'none', isCors: true, handle: readPrices },
  {
    method: 'GET',
    path: '/api/ownedby',
    auth: 'none',
    handle: ({ relay }) =>
      ok(Object.fromEntries(ownedByList(relay).map((owner) => [String(owner.id), owner]))),
  },
  {
    method: 'GET',
    path: '/api/model_ownedby/',
    auth: 'none',
    handle: ({ relay }) => ok(ownedByList(relay)),
  },
  {
    method: 'GET',
    path: '/api/model_info/',
    auth: 'none',
    handle: ({ relay }) => ok(modelInfoList(relay)),
  },
]
