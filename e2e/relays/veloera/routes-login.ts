import { fail, ok, withCookies, type Reply } from '../kit/reply'
import { bodyRecord } from '../new-api/context'
import type { RequestContext, Route } from './context'
import { loginPayload, setSession } from './session'
import { findUserByLogin, type VeloeraUser } from './state'
import { checkTurnstile } from './turnstile'
import { loginView } from './user-view'

/** The user a login body names, or why there is none. */
function userOfBody(context: RequestContext): VeloeraUser | string {
  const { username, password } = bodyRecord(context.body) ?? {}
  if (typeof username !== 'string' || typeof password !== 'string') return '无效的参数'
  if (username === '' || password === '') return '无效的参数'
  const user = findUserByLogin(context.core.state, username.trim())
  const isRight = user?.password === password && user.status === 1
  return isRight ? user : '用户名或密码错误，或用户已被封禁'
}

/**
 * `POST /api/user/login` (`contracts/veloera.md` 3.2). A new login starts an empty session, so a
 * challenge passed for it is forgotten (6); one passed for a failed login stays in the cookie.
 */
function login(context: RequestContext): Reply {
  const gate = checkTurnstile(context)
  if (!gate.ok) return gate.reply
  const user = userOfBody(context)
  if (typeof user === 'string') {
    const reply = fail(user)
    return gate.session === null
      ? reply
      : withCookies(reply, setSession(context.core, gate.session))
  }
  const view = loginView(context.core, context.actAs ?? user)
  return withCookies(ok(view), setSession(context.core, loginPayload(user)))
}

export const loginRoutes: Route[] = [
  { method: 'POST', path: '/api/user/login', auth: 'none', isCritical: true, handle: login },
  {
    method: 'GET',
    path: '/api/user/logout',
    auth: 'none',
    handle: ({ core }) => withCookies(ok(), setSession(core, {})),
  },
]
