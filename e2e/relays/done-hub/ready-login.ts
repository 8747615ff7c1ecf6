import type { ReadyLogin } from '../kit/site-double'
import type { HubCore } from './context'
import { sessionCookie } from './session-cookie'
import { statusView } from './status-view'

/** A login made without a request. Throws for a user that is not there. */
export function loginFor(relay: HubCore, username: string): ReadyLogin {
  const user = [...relay.state.users.values()].find((row) => row.username === username)
  if (user === undefined) throw new Error(`no such user: ${username}`)
  const text = sessionCookie(relay.state.secret, user)
  const value = text.slice('session='.length, text.indexOf(';'))
  const status = statusView(relay)
  return {
    cookies: [{ name: 'session', value, path: '/', httpOnly: true, sameSite: 'Strict' }],
    // What the page keeps; `user` is not among it (`contracts/donehub.md` 11).
    localStorage: {
      siteInfo: JSON.stringify(status),
      quota_per_unit: String(status['quota_per_unit']),
      display_in_currency: String(status['display_in_currency']),
      default_language: String(status['language']),
    },
  }
}
