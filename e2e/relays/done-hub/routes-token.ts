import { fail, ok, type Reply } from '../kit/reply'
import type { Route, UserContext } from './context'
import { atoi } from './go-values'
import { pageReply } from './paging'
import { tokenView } from './token-view'
import { createToken, findOwn, playgroundKey, updateToken } from './token-writes'

const SORTABLE = [
  'id',
  'name',
  'status',
  'expired_time',
  'created_time',
  'remain_quota',
  'used_quota',
]

/** `GET /api/token/`; `keyword` is a prefix of the name, as SQL `LIKE` compares it. */
function listTokens({ relay, user, url }: UserContext): Reply {
  const keyword = (url.searchParams.get('keyword') ?? '').toLowerCase()
  const own = [...relay.state.tokens.values()]
    .filter((token) => token.userId === user.id && token.name.toLowerCase().startsWith(keyword))
    .sort((a, b) => b.id - a.id)
  const views = own.map((token) => tokenView(token, user))
  return pageReply(url.searchParams, views, SORTABLE)
}

function readToken(context: UserContext): Reply {
  const id = atoi(context.params['id'] ?? '')
  if ('problem' in id) return fail(id.problem)
  const token = findOwn(context, id.value)
  return typeof token === 'string' ? fail(token) : ok(tokenView(token, context.user))
}

function deleteToken(context: UserContext): Reply {
  // Not in the contract: an id that is no number counts as 0 here.
  const id = atoi(context.params['id'] ?? '')
  const token = findOwn(context, 'value' in id ? id.value : 0)
  if (typeof token === 'string') return fail(token)
  context.relay.state.tokens.delete(token.id)
  return ok()
}

/** API keys of the user (`contracts/donehub.md` 9.2). */
export const tokenRoutes: Route[] = [
  { method: 'GET', path: '/api/token/', auth: 'user', handle: listTokens },
  { method: 'GET', path: '/api/token/playground', auth: 'user', handle: playgroundKey },
  { method: 'GET', path: '/api/token/:id', auth: 'user', handle: readToken },
  { method: 'POST', path: '/api/token/', auth: 'user', handle: createToken },
  { method: 'PUT', path: '/api/token/', auth: 'user', handle: updateToken },
  { method: 'DELETE', path: '/api/token/:id', auth: 'user', handle: deleteToken },
]
