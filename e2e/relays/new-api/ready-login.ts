import type { ReadyCookie, ReadyLogin } from '../kit/site-double'
import { createSession, HINT_COOKIE, REFRESH_COOKIE } from './auth-sessions'
import type { RelayCore } from './context'
import { usesSessionCookie } from './generation'
import { loginPayload, sessionCookie } from './session-cookie'
import { statusView } from './status-view'
import { findUserByLogin, type RelayUser } from './state'
import { loginView } from './views'

/** localStorage of the web front end of One API, G0 and G1 (`contracts/new-api.md` 3.3). */
function storageOf(relay: RelayCore, user: RelayUser): Record<string, string> {
  const status = statusView(relay)
  const view = loginView(relay, user)
  const isVApi = relay.options.relative?.special === 'v-api'
  return {
    user: JSON.stringify(view),
    ...(isVApi ? { 'user-storage': JSON.stringify({ state: { user: view }, version: 0 }) } : {}),
    status: JSON.stringify(status),
    system_name: String(status['system_name']),
    logo: String(status['logo']),
    footer_html: String(status['footer_html']),
    quota_per_unit: String(status['quota_per_unit']),
    display_in_currency: String(status['display_in_currency']),
    ...(relay.generation === 'g1b' && !isVApi ? { uid: String(user.id) } : {}),
  }
}

function cookieLogin(relay: RelayCore, user: RelayUser): ReadyLogin {
  const { generation, state } = relay
  const text = sessionCookie(generation, state.secret, loginPayload(user))
  const isStrict = generation !== 'one-api'
  const cookie: ReadyCookie = {
    name: 'session',
    value: text.slice('session='.length, text.indexOf(';')),
    path: '/',
    httpOnly: isStrict,
    sameSite: isStrict ? 'Strict' : 'Lax',
  }
  return { cookies: [cookie], localStorage: storageOf(relay, user) }
}

/** G2+ leave nothing in storage: the JWT is in memory only (2.6). */
function bundleLogin(relay: RelayCore, user: RelayUser): ReadyLogin {
  const session = createSession(relay.state, user, {
    ip: '127.0.0.1',
    userAgent: '',
    nowSec: relay.nowSec(),
  })
  const refresh: ReadyCookie = {
    name: REFRESH_COOKIE,
    value: `${session.sid}.${session.secret}`,
    path: '/api/user/auth',
    httpOnly: true,
    sameSite: 'Strict',
  }
  const hint: ReadyCookie = {
    name: HINT_COOKIE,
    value: '1',
    path: '/',
    httpOnly: false,
    sameSite: 'Strict',
  }
  return { cookies: relay.generation === 'g3' ? [refresh, hint] : [refresh], localStorage: {} }
}

/** A login made without a request. Throws for a user that is not seeded. */
export function loginFor(relay: RelayCore, username: string): ReadyLogin {
  const user = findUserByLogin(relay.state, username)
  if (user === undefined) throw new Error(`no such user: ${username}`)
  return usesSessionCookie(relay.generation) ? cookieLogin(relay, user) : bundleLogin(relay, user)
}
