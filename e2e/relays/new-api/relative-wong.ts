import { awardToday, checkinOfToday } from './checkin-award'
import { textFor, type Route, type UserContext } from './context'
import { fail, jsonReply, ok, withHeaders, type Reply } from '../kit/reply'
import { findOwn } from './token-writes'

/** The flat form of the check-in (`contracts/other-sites.md` 7.5); `quota` = today's award. */
function flatView(context: UserContext) {
  const { enabled, minQuota, maxQuota } = context.relay.state.checkin
  const today = checkinOfToday(context)
  return {
    enabled,
    checked_in: today !== undefined,
    checked_at: today?.atSec ?? 0,
    quota: today?.quotaAwarded ?? 0,
    min_quota: minQuota,
    max_quota: maxQuota,
  }
}

/** `data.checked_in` is true after a first call and after a second one alike. */
function checkIn(context: UserContext): Reply {
  if (!context.relay.state.checkin.enabled) {
    return jsonReply({ success: false, message: '签到功能未启用', data: flatView(context) })
  }
  const isFirst = awardToday(context) !== null
  const message = isFirst ? '签到成功' : '今天已经签到过了'
  return jsonReply({ success: isFirst, message, data: flatView(context) })
}

function readKey(context: UserContext): Reply {
  const token = findOwn(context, context.params['id'])
  if (token === undefined) return fail(textFor(context, 'notFound', context.user))
  return withHeaders(ok({ key: token.key }), { 'cache-control': 'no-store' })
}

/** WONG公益站's check-in and its way to a full key. */
export const wongRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/user/checkin',
    auth: 'user',
    handle: (context) => ok(flatView(context)),
  },
  { method: 'POST', path: '/api/user/checkin', auth: 'user', handle: checkIn },
  {
    method: 'GET',
    path: '/api/token/:id/key',
    auth: 'user',
    isCritical: true,
    handle: readKey,
  },
]
