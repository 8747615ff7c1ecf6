import { fail, ok, type Reply } from '../kit/reply'
import type { Route, UserContext } from './context'
import { atoi } from './query'
import { isoTime } from './user-view'

function ownMessages({ core, user }: UserContext) {
  return core.state.messages
    .filter((message) => message.userId === user.id)
    .sort((a, b) => b.createdAtSec - a.createdAtSec || b.id - a.id)
}

/** `GET /api/user/messages/`; `items` is `null` when there are none (`contracts/veloera.md` 4, 5.2). */
function listMessages(context: UserContext): Reply {
  const params = context.url.searchParams
  const page = Math.max(1, atoi(params.get('p')))
  // A missing size is 0, as in the other lists (4); its upper bound is not in the contract.
  const size = Math.min(100, Math.max(0, atoi(params.get('page_size'))))
  const own = ownMessages(context)
  const items = own.slice((page - 1) * size, page * size).map((message) => ({
    id: message.id,
    title: message.title,
    content: message.content,
    format: 'markdown',
    created_at: isoTime(message.createdAtSec * 1000),
    is_read: message.readAtSec !== null,
    read_at: message.readAtSec === null ? null : isoTime(message.readAtSec * 1000),
  }))
  const answer = { total: own.length, page, page_size: size }
  return ok({ items: items.length === 0 ? null : items, ...answer })
}

function markRead(context: UserContext): Reply {
  const id = atoi(context.params['id'])
  const message = ownMessages(context).find((row) => row.id === id)
  if (message === undefined) return fail('record not found')
  message.readAtSec ??= context.core.nowSec()
  return ok()
}

function countUnread(context: UserContext): Reply {
  return ok({ unread_count: ownMessages(context).filter((row) => row.readAtSec === null).length })
}

/** Messages of the operator, V4. */
export const messageRoutes: Route[] = [
  { method: 'GET', path: '/api/user/messages/', auth: 'user', isV4: true, handle: listMessages },
  {
    method: 'GET',
    path: '/api/user/messages/unread_count',
    auth: 'user',
    isV4: true,
    handle: countUnread,
  },
  {
    method: 'PUT',
    path: '/api/user/messages/:id/read',
    auth: 'user',
    isV4: true,
    handle: markRead,
  },
]
