import { randomInt } from 'node:crypto'

import { fail, jsonReply, ok, withCookies, type Reply } from '../kit/reply'
import type { Route, UserContext } from './context'
import { appendLog, LOG } from './logbook'
import { amountText } from './money'
import { setSession } from './session'
import type { VeloeraUser } from './state'
import { checkTurnstile } from './turnstile'

const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Whether the last check-in is not of today, a UTC day (`contracts/veloera.md` 6). */
function canCheckIn(user: VeloeraUser, nowMs: number): boolean {
  return user.lastCheckInMs === null || utcDay(user.lastCheckInMs) !== utcDay(nowMs)
}

/** The status does not look at the site's switch. */
function readStatus({ core, user }: UserContext): Reply {
  return ok({ can_check_in: canCheckIn(user, core.nowMs()) })
}

/** V4 looks at Turnstile before anything else and remembers it in the session cookie. */
function checkIn(context: UserContext): Reply {
  if (!context.core.isV4) return award(context)
  const gate = checkTurnstile(context)
  if (!gate.ok) return gate.reply
  const reply = award(context)
  return gate.session === null ? reply : withCookies(reply, setSession(context.core, gate.session))
}

function award({ core, user }: UserContext): Reply {
  const { enabled, quota: least, maxQuota } = core.state.checkin
  if (!enabled) return fail('签到功能未启用')
  if (least <= 0) return fail('签到额度配置错误')
  if (!canCheckIn(user, core.nowMs())) return fail('你今天已经签到过了')
  const quota = maxQuota > least ? randomInt(least, maxQuota + 1) : least
  user.lastCheckInMs = core.nowMs()
  user.quota += quota
  const day = utcDay(core.nowMs())
  core.books.checkIns.push({ userId: user.id, day, award: quota, atMs: core.nowMs() })
  if (core.options.hasSeparateLogDatabase !== true) {
    appendLog(core.options, core.state, user, {
      createdAtSec: core.nowSec(),
      type: LOG.checkin,
      quota: 0,
      content: `签到奖励 ${amountText(core.options, quota)}`,
    })
  }
  return jsonReply({ success: true, message: '签到成功', data: { quota } })
}

/** Daily check-in (6). */
export const checkinRoutes: Route[] = [
  { method: 'GET', path: '/api/user/check_in_status', auth: 'user', handle: readStatus },
  { method: 'POST', path: '/api/user/check_in', auth: 'user', handle: checkIn },
]
