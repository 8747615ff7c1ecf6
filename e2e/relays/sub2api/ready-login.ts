import type { ReadyLogin } from '../kit/site-double'
import type { RelayCore } from './context'
import { userNamed } from './lookups'
import { issueTokens, type ClientTrace } from './tokens'
import { userView } from './user-view'

/** A session made without a request. */
export interface LoginPair {
  accessToken: string
  /** `''` on old servers, which have none. */
  refreshToken: string
  /** Seconds. */
  expiresIn: number
}

/**
 * Tokens of a user given by name or e-mail. Without `client` they are not tied to any (4.6).
 * Throws for a user that is not seeded.
 */
export function pairFor(relay: RelayCore, username: string, client?: ClientTrace): LoginPair {
  const user = userNamed(relay.state, username)
  const tokens = issueTokens(relay, user, { client: client ?? null })
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? '',
    expiresIn: relay.state.settings.accessTokenSec,
  }
}

/** What the page of the site would have stored after a login (`contracts/sub2api.md` 5). */
export function loginFor(relay: RelayCore, username: string): ReadyLogin {
  const { accessToken, refreshToken, expiresIn } = pairFor(relay, username)
  const user = userView(relay, userNamed(relay.state, username))
  const base = { auth_token: accessToken, auth_user: JSON.stringify(user) }
  if (refreshToken === '') return { cookies: [], localStorage: base }
  const token_expires_at = String(relay.nowMs() + expiresIn * 1000)
  return { cookies: [], localStorage: { ...base, token_expires_at, refresh_token: refreshToken } }
}
