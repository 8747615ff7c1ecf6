import type { Reply } from '../kit/reply'
import type { Route, UserContext } from './context'
import { handlerError, success } from './envelope'
import { onceOnly } from './idempotency'
import { keyView } from './key-view'
import { createKey, deleteKey, updateKey } from './key-writes'
import { paged, pageOf, pageQuery } from './paging'
import { keysOf } from './lookups'
import type { KeyRow } from './state'

const MAX_SEARCH = 100

/** The columns a list may be sorted by; all but the default are not in the contract. */
const SORT_VALUES: Record<string, (key: KeyRow) => string | number> = {
  created_at: (key) => key.createdAtMs,
  name: (key) => key.name,
  status: (key) => key.status,
  expires_at: (key) => key.expiresAtMs ?? Infinity,
  last_used_at: (key) => key.lastUsedAtMs ?? 0,
}

/** `search`, `status` and `group_id` of newer servers (`contracts/sub2api.md` 8). */
function isWanted(key: KeyRow, params: URLSearchParams): boolean {
  // A longer search is cut, which is not in the contract.
  const search = (params.get('search') ?? '').slice(0, MAX_SEARCH).toLowerCase()
  const status = params.get('status') ?? ''
  const groupId = params.get('group_id') ?? ''
  if (search !== '' && !`${key.name}\n${key.key}`.toLowerCase().includes(search)) return false
  if (status !== '' && key.status !== status) return false
  return groupId === '' || (key.groupId ?? 0) === Number(groupId)
}

function inOrder(keys: KeyRow[], params: URLSearchParams): KeyRow[] {
  const valueOf = SORT_VALUES[params.get('sort_by') ?? '']
  const sign = params.get('sort_order')?.toLowerCase() === 'asc' ? 1 : -1
  if (valueOf === undefined) return sign === 1 ? keys.reverse() : keys
  return keys.sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    return left === right ? b.id - a.id : (left < right ? -1 : 1) * sign
  })
}

/** `GET /keys`: newest first; old servers know only `page` and `page_size` (8). */
function listKeys({ relay, user, url }: UserContext): Reply {
  const params = url.searchParams
  const own = keysOf(relay.state, user.id)
  const keys = relay.isNew
    ? inOrder(
        own.filter((key) => isWanted(key, params)),
        params,
      )
    : own
  const query = pageQuery(relay, params)
  return paged(
    pageOf(keys, query).map((key) => keyView(relay, key)),
    keys.length,
    query,
  )
}

/** `GET /keys/:id`: a foreign key is 404 (8). */
function readKey({ relay, user, params }: UserContext): Reply {
  const key = relay.state.keys.get(Number(params['id']))
  return key?.userId === user.id
    ? success(keyView(relay, key))
    : handlerError(404, 'api key not found', 'API_KEY_NOT_FOUND')
}

/** 400 for an id that is no number. */
function withId(handle: (context: UserContext) => Reply): (context: UserContext) => Reply {
  return (context) =>
    /^-?\d+$/.test(context.params['id'] ?? '')
      ? handle(context)
      : handlerError(400, 'Invalid key ID')
}

/** API keys (`contracts/sub2api.md` 8). */
export const keyRoutes: Route[] = [
  { method: 'GET', path: '/api/v1/keys', auth: 'user', handle: listKeys },
  {
    method: 'POST',
    path: '/api/v1/keys',
    auth: 'user',
    handle: (context) => onceOnly(context, () => createKey(context)),
  },
  { method: 'GET', path: '/api/v1/keys/:id', auth: 'user', handle: withId(readKey) },
  { method: 'PUT', path: '/api/v1/keys/:id', auth: 'user', handle: withId(updateKey) },
  { method: 'DELETE', path: '/api/v1/keys/:id', auth: 'user', handle: withId(deleteKey) },
]
