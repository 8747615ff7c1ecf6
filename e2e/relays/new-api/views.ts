import { sessionView, type AuthSession } from './auth-sessions'
import type { RelayCore } from './context'
import { isSince } from './generation'
import { signJwt } from '../kit/signing'
import type { RelayUser } from './state'

const JWT_LIFETIME_SEC = 15 * 60

/** `data` of a cookie login (2.7); One API leaves `group` out (3.3). */
export function loginView(relay: RelayCore, user: RelayUser) {
  const { id, username, displayName: display_name, role, status, group } = user
  const base = { id, username, display_name, role, status }
  return relay.generation === 'one-api' ? base : { ...base, group }
}

function figures(user: RelayUser) {
  return {
    id: user.id,
    username: user.username,
    display_name: user.displayName,
    role: user.role,
    status: user.status,
    email: user.email,
    group: user.group,
    quota: user.quota,
    used_quota: user.usedQuota,
    request_count: user.requestCount,
    aff_code: user.affCode,
    inviter_id: 0,
    github_id: '',
    wechat_id: '',
    oidc_id: '',
  }
}

function permissionsOf(relay: RelayCore, user: RelayUser) {
  const isAdmin = user.role >= 10
  return {
    sidebar_settings: user.role < 100,
    sidebar_modules: { admin: isAdmin },
    ...(isSince(relay.generation, 'g2') && isAdmin ? { admin_permissions: {} } : {}),
  }
}

/**
 * `GET /api/user/self` data (4.1). G0 returns the whole row with the PAT, One API an empty one,
 * G1 and newer none at all.
 */
export function selfView(relay: RelayCore, user: RelayUser): Record<string, unknown> {
  const { generation } = relay
  if (generation === 'one-api') {
    return { ...figures(user), password: '', lark_id: '', verification_code: '', access_token: '' }
  }
  const own = {
    ...figures(user),
    aff_count: 0,
    aff_quota: 0,
    aff_history_quota: 0,
    telegram_id: '',
    linux_do_id: '',
    setting: JSON.stringify(user.language === '' ? {} : { language: user.language }),
  }
  if (generation === 'g0') {
    return { ...own, password: '', verification_code: '', access_token: user.accessToken }
  }
  return {
    ...own,
    discord_id: '',
    stripe_customer: '',
    sidebar_modules: '',
    permissions: permissionsOf(relay, user),
  }
}

/** The AuthBundle of G2+ (2.6); its JWT lives 15 minutes. */
export function bundleView(relay: RelayCore, session: AuthSession, user: RelayUser) {
  const iat = relay.nowSec()
  const exp = iat + JWT_LIFETIME_SEC
  return {
    access_token: signJwt(relay.state.secret, {
      sub: String(session.userId),
      sid: session.sid,
      iat,
      exp,
    }),
    token_type: 'Bearer',
    access_expires_at: exp,
    session: sessionView(session, session.sid),
    user: selfView(relay, user),
  }
}
