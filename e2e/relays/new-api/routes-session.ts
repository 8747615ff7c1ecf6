import { activeSessions, sessionView, type AuthSession } from './auth-sessions'
import { textFor, type RelayCore, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { failCode, ok, type Reply } from '../kit/reply'
import { sessionRequired } from './security-proof'

/** A PAT has no browser session: 403 (1.2). */
function withSession(
  context: UserContext,
  handle: (session: AuthSession, own: AuthSession[]) => Reply,
): Reply {
  const { session } = context.identity
  if (session === null) return sessionRequired(context)
  const { state } = context.relay
  return handle(session, activeSessions(state, session.userId, context.relay.nowSec()))
}

const listSessions = (context: UserContext): Reply =>
  withSession(context, (current, own) =>
    ok(own.slice(0, 100).map((session) => sessionView(session, current.sid))),
  )

const revokeSession = (context: UserContext): Reply =>
  withSession(context, (_current, own) => {
    const session = own.find(({ sid }) => sid === context.params['sid'])
    if (session === undefined) {
      return failCode(404, 'AUTH_SESSION_NOT_FOUND', textFor(context, 'sessionNotFound'))
    }
    session.isRevoked = true
    return ok()
  })

const revokeOthers = (context: UserContext): Reply =>
  withSession(context, (current, own) => {
    const others = own.filter(({ sid }) => sid !== current.sid)
    for (const session of others) session.isRevoked = true
    return ok({ revoked_count: others.length })
  })

const isG2 = ({ generation }: RelayCore): boolean => isSince(generation, 'g2')

/** The browser sessions of the user, G2 and newer (`contracts/new-api.md` 2.6). */
export const sessionRoutes: Route[] = [
  { method: 'GET', path: '/api/user/sessions', auth: 'user', isIn: isG2, handle: listSessions },
  {
    method: 'DELETE',
    path: '/api/user/sessions/:sid',
    auth: 'user',
    isIn: isG2,
    handle: revokeSession,
  },
  {
    method: 'POST',
    path: '/api/user/sessions/revoke-others',
    auth: 'user',
    isIn: isG2,
    handle: revokeOthers,
  },
]
