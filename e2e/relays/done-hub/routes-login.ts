import { fail, ok, withCookies, type Reply } from '../kit/reply'
import { bodyRecord } from '../new-api/context'
import type { RequestContext, Route } from './context'
import { TEXT } from './messages'
import { sessionCookie } from './session-cookie'
import { USER_ENABLED } from './state'
import { loginView } from './user-view'

/** `POST /api/user/login`: name or e-mail and password, never Turnstile (3.4). */
function login(context: RequestContext): Reply {
  const { relay, ip } = context
  const { username: name, password } = bodyRecord(context.body) ?? {}
  if (typeof name !== 'string' || typeof password !== 'string') return fail(TEXT.invalidParams)
  if (name === '' || password === '') return fail(TEXT.invalidParams)
  const user = [...relay.state.users.values()].find(
    ({ username, email }) => username === name || email === name,
  )
  if (user?.password !== password || user.status !== USER_ENABLED) return fail(TEXT.badCredentials)
  user.lastLoginTime = relay.nowSec()
  user.lastLoginIp = ip
  const shown = context.actAs ?? user
  return withCookies(ok(loginView(relay, shown)), sessionCookie(relay.state.secret, user))
}

/** Login and logout by the front end (`contracts/donehub.md` 3.4). */
export const loginRoutes: Route[] = [
  { method: 'POST', path: '/api/user/login', auth: 'none', isCritical: true, handle: login },
  {
    method: 'GET',
    path: '/api/user/logout',
    auth: 'none',
    handle: ({ relay }) => withCookies(ok(), sessionCookie(relay.state.secret, null)),
  },
]
