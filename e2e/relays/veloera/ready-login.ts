import type { ReadyLogin } from '../kit/site-double'
import type { VeloeraCore } from './context'
import { loginPayload, setSession } from './session'
import { findUserByLogin, type VeloeraUser } from './state'
import { STATUS_COPIES, statusView } from './status-view'
import { loginView } from './user-view'

/** What the front end leaves in localStorage (`contracts/veloera.md` 11). */
function storageOf(core: VeloeraCore, user: VeloeraUser): Record<string, string> {
  const status = statusView(core)
  const copies = STATUS_COPIES.map((name) => {
    const value = status[name]
    return [name, typeof value === 'string' ? value : JSON.stringify(value)] as const
  })
  return {
    user: JSON.stringify(loginView(core, user)),
    status: JSON.stringify(status),
    ...Object.fromEntries(copies),
  }
}

/** A login made without a request. Throws for a user that is not seeded. */
export function loginFor(core: VeloeraCore, username: string): ReadyLogin {
  const user = findUserByLogin(core.state, username)
  if (user === undefined) throw new Error(`no such user: ${username}`)
  const cookie = setSession(core, loginPayload(user))
  return {
    cookies: [
      {
        name: 'session',
        value: cookie.slice('session='.length, cookie.indexOf(';')),
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
      },
    ],
    localStorage: storageOf(core, user),
  }
}
