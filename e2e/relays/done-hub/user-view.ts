import type { HubCore } from './context'
import type { HubUser } from './state'

/** Fields DoneHub adds; their zero values are not in the contract (`contracts/donehub.md` 5.1). */
const DONE_HUB_ONLY = {
  linuxdo_id: 0,
  linuxdo_username: '',
  linuxdo_trust_level: 0,
  invite_code: '',
  agreed: false,
  agreed_user_agreement_version: 0,
  agreed_privacy_policy_version: 0,
  need_agree_user_agreement: false,
  need_agree_privacy_policy: false,
  used_invite_code: '',
  quota_remind_threshold: null,
  quota_remind_enabled: null,
}

/** `GET /api/user/self` data: the whole row, with the live access token (5.1). */
export function selfView(relay: HubCore, user: HubUser) {
  return {
    id: user.id,
    username: user.username,
    password: '',
    display_name: user.displayName,
    role: user.role,
    status: user.status,
    email: user.email,
    avatar_url: '',
    oidc_id: '',
    github_id: '',
    github_id_new: 0,
    wechat_id: '',
    telegram_id: 0,
    lark_id: '',
    verification_code: '',
    access_token: user.accessToken,
    quota: user.quota,
    used_quota: user.usedQuota,
    request_count: user.requestCount,
    group: user.group,
    aff_code: user.affCode,
    aff_count: 0,
    aff_quota: 0,
    aff_history_quota: 0,
    inviter_id: 0,
    last_login_time: user.lastLoginTime,
    last_login_ip: user.lastLoginIp,
    created_time: user.createdTime,
    ...(relay.isDoneHub ? DONE_HUB_ONLY : {}),
  }
}

/** `data` of a login: the same object with everything but identity left empty (3.4). */
export function loginView(relay: HubCore, user: HubUser) {
  const empty: Omit<HubUser, 'id' | 'username' | 'displayName' | 'role' | 'status'> = {
    password: '',
    email: '',
    quota: 0,
    usedQuota: 0,
    requestCount: 0,
    group: '',
    accessToken: '',
    affCode: '',
    createdTime: 0,
    lastLoginTime: 0,
    lastLoginIp: '',
  }
  return selfView(relay, { ...user, ...empty })
}
