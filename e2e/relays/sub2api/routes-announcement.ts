import type { Reply } from '../kit/reply'
import { onlyNew, timestamp, type Route, type UserContext } from './context'
import { handlerError, success } from './envelope'
import type { AnnouncementRow } from './state'

function announcementView(row: AnnouncementRow, userId: number): Record<string, unknown> {
  const readAtMs = row.readAtMs.get(userId)
  return {
    id: row.id,
    title: row.title,
    content: row.content,
    notify_mode: row.notifyMode,
    ...(row.startsAtMs === null ? {} : { starts_at: timestamp(row.startsAtMs) }),
    ...(row.endsAtMs === null ? {} : { ends_at: timestamp(row.endsAtMs) }),
    ...(readAtMs === undefined ? {} : { read_at: timestamp(readAtMs) }),
    created_at: timestamp(row.createdAtMs),
    updated_at: timestamp(row.createdAtMs),
  }
}

function isShown({ startsAtMs, endsAtMs }: AnnouncementRow, nowMs: number): boolean {
  return (startsAtMs === null || startsAtMs <= nowMs) && (endsAtMs === null || endsAtMs > nowMs)
}

/** `GET /announcements`: newest first; unread ⇔ no `read_at` (`contracts/sub2api.md` 12). */
function listAnnouncements({ relay, user, url }: UserContext): Reply {
  const isUnreadOnly = ['1', 'true'].includes(url.searchParams.get('unread_only') ?? '')
  const rows = relay.state.announcements
    .filter((row) => isShown(row, relay.nowMs()) && !(isUnreadOnly && row.readAtMs.has(user.id)))
    .sort((a, b) => b.id - a.id)
  return success(rows.map((row) => announcementView(row, user.id)))
}

/** `POST /announcements/:id/read`; reading it again keeps the first time. */
function markRead({ relay, user, params }: UserContext): Reply {
  const row = relay.state.announcements.find(({ id }) => String(id) === params['id'])
  if (row === undefined) {
    return handlerError(404, 'announcement not found', 'ANNOUNCEMENT_NOT_FOUND')
  }
  if (!row.readAtMs.has(user.id)) row.readAtMs.set(user.id, relay.nowMs())
  return success({ message: 'ok' })
}

/** Announcements; 404 on old servers (`contracts/sub2api.md` 1, 12). */
export const announcementRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/announcements',
    auth: 'user',
    isIn: onlyNew,
    handle: listAnnouncements,
  },
  {
    method: 'POST',
    path: '/api/v1/announcements/:id/read',
    auth: 'user',
    isIn: onlyNew,
    handle: markRead,
  },
]
