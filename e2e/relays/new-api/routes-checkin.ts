import { awardToday, checkinOfToday, serverDay } from './checkin-award'
import { textFor, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { messageText, type MessageId } from './messages'
import { fail, jsonReply, ok, withCookies, type Reply } from '../kit/reply'
import { sessionCookie } from './session-cookie'
import { hasCheckin } from './status-view'
import { checkTurnstile } from './turnstile'

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
  const month = context.url.searchParams.get('month') ?? serverDay(context).slice(0, 7)
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
      checked_in_today: checkinOfToday(context) !== undefined,
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
  if (!context.relay.state.checkin.enabled) return fail(checkinText(context, 'checkinDisabled'))
  const record = awardToday(context)
  if (record === null) return fail(checkinText(context, 'checkinAlready'))
  return jsonReply({
    success: true,
    message: checkinText(context, 'checkinDone'),
    data: { quota_awarded: record.quotaAwarded, checkin_date: record.date },
  })
}

/** Daily check-in (5). */
export const checkinRoutes: Route[] = [
  { method: 'GET', path: '/api/user/checkin', auth: 'user', isIn: hasCheckin, handle: readCheckin },
  { method: 'POST', path: '/api/user/checkin', auth: 'user', isIn: hasCheckin, handle: doCheckin },
]
