import { awardToday } from './checkin-award'
import { textFor, type Route, type UserContext } from './context'
import { fail, jsonReply, type Reply } from '../kit/reply'

function answer(success: boolean, message: string): Reply {
  return jsonReply({ code: success ? 0 : 1, ret: success ? 1 : 0, success, message })
}

/**
 * `POST /api/user/sign_in` (`contracts/other-sites.md` 7.4): only with the browser session and as an
 * XHR. A second call of the day is a success with an empty message.
 */
function signIn(context: UserContext): Reply {
  if (context.identity.via !== 'cookie') return fail(textFor(context, 'notLoggedIn'), 401)
  if (context.headers.requestedWith !== 'XMLHttpRequest') return answer(false, '非法请求')
  return answer(true, awardToday(context) === null ? '' : '签到成功')
}

/** AnyRouter's check-in, which has no status to read. */
export const anyRouterRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/user/sign_in', auth: 'user', handle: signIn },
]
