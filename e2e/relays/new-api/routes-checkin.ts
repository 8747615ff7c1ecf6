import { randomInt } from 'node:crypto'

import { textFor, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { messageText, type MessageId } from './messages'
import { fail, jsonReply, ok, withCookies, type Reply } from '../kit/reply'
import { sessionCookie } from './session-cookie'
import { appendLog } from './state'
import { hasCheckin } from './status-view'
import { checkTurnstile } from './turnstile'

const SYSTEM_LOG = 4

/** Today as the server sees it: its own local time, which the API does not reveal (5.2). */
function today(context: UserContext): string {
  const { utcOffsetMinutes } = context.relay.state.checkin
  const local = context.relay.nowMs() + utcOffsetMinutes * 60_000
  return new Date(local).toISOString().slice(0, 10)
}

function checkinText(context: UserContext, id: MessageId): string {
  // Hard-coded Chinese in G1; newer builds answer in the user's language (5.2).
  return isSince(context.relay.generation, 'g2')
    ? textFor(context, id, context.user)
    : messageText(id, 'zh')
}

/** `GET /api/user/checkin?month=YYYY-MM` (`contracts/new-api.md` 5.1). */
function readCheckin(context: UserContext): Reply {
  const { checkin, checkins } = context.relay.state
  if (!checkin.enabled) return fail(checkinText(context, 'checkinDisabled'))
  const day = today(context)
  const month = context.url.searchParams.get('month') ?? day.slice(0, 7)
  const own = checkins.filter((record) => record.userId === context.user.id)
  const records = own
    .filter(({ date }) => date.startsWith(`${month}-`))
    .sort((a, b) => b.date.localeCompare(a.date))
    .map(({ date, quotaAwarded }) => ({ checkin_date: date, quota_awarded: quotaAwarded }))
  return ok({
    enabled: true,
    min_quota: checkin.minQuota,
    max_quota: checkin.maxQuota,
    stats: {
      total_quota: own.reduce((sum, record) => sum + record.quotaAwarded, 0),
      total_checkins: own.length,
      checkin_count: records.length,
      checked_in_today: own.some(({ date }) => date === day),
      records,
    },
  })
}

/** `POST /api/user/checkin` (5.2). Turnstile is looked at before anything else. */
function doCheckin(context: UserContext): Reply {
  const gate = checkTurnstile(context)
  if (!gate.ok) return gate.reply
  const reply = award(context)
  if (gate.session === null) return reply
  const { generation, state } = context.relay
  return withCookies(reply, sessionCookie(generation, state.secret, gate.session))
}

function award(context: UserContext): Reply {
  const { relay, user } = context
  const { checkin, checkins } = relay.state
  if (!checkin.enabled) return fail(checkinText(context, 'checkinDisabled'))
  const date = today(context)
  if (checkins.some((record) => record.userId === user.id && record.date === date)) {
    return fail(checkinText(context, 'checkinAlready'))
  }
  const quotaAwarded = randomInt(checkin.minQuota, checkin.maxQuota + 1)
  checkins.push({ userId: user.id, date, quotaAwarded })
  user.quota += quotaAwarded
  const usd = (quotaAwarded / relay.quotaPerUnit).toFixed(6)
  appendLog(relay.state, user, {
    createdAtSec: relay.nowSec(),
    type: SYSTEM_LOG,
    quota: 0,
    content: `用户签到，获得额度 ＄${usd} 额度`,
  })
  return jsonReply({
    success: true,
    message: checkinText(context, 'checkinDone'),
    data: { quota_awarded: quotaAwarded, checkin_date: date },
  })
}

/** Daily check-in (5). */
export const checkinRoutes: Route[] = [
  { method: 'GET', path: '/api/user/checkin', auth: 'user', isIn: hasCheckin, handle: readCheckin },
  { method: 'POST', path: '/api/user/checkin', auth: 'user', isIn: hasCheckin, handle: doCheckin },
]
