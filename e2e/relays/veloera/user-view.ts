import type { VeloeraCore } from './context'
import type { VeloeraUser } from './state'

/** ISO time to the second, as the server writes times that are not Unix seconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** `GET /api/user/self` data: the whole row with the access token (`contracts/veloera.md` 5.1). */
export function selfView(core: VeloeraCore, user: VeloeraUser): Record<string, unknown> {
  const hasSubscription = core.isV4 && core.options.subscriptionQuota !== undefined
  return {
    id: user.id,
    username: user.username,
    password: '',
    display_name: user.displayName,
    role: user.role,
    status: user.status,
    email: user.email,
    github_id: '',
    oidc_id: '',
    wechat_id: '',
    telegram_id: '',
    verification_code: '',
    access_token: user.accessToken,
    quota: user.quota,
    used_quota: user.usedQuota,
    request_count: user.requestCount,
    group: user.group,
    aff_code: user.affCode,
    aff_count: 0,
    aff_quota: user.affQuota,
    aff_history_quota: user.affQuota,
    inviter_id: 0,
    DeletedAt: null,
    linux_do_id: '',
    setting: '',
    last_check_in_time: user.lastCheckInMs === null ? null : isoTime(user.lastCheckInMs),
    ...(core.isV4 ? { idc_flare_id: '' } : {}),
    ...(hasSubscription ? { subscription_quota: user.subscriptionQuota } : {}),
  }
}

/** `data` of a login: the same object with six fields filled and all others empty (3.2, 11). */
export function loginView(core: VeloeraCore, user: VeloeraUser): Record<string, unknown> {
  return selfView(core, {
    ...user,
    password: '',
    email: '',
    quota: 0,
    usedQuota: 0,
    requestCount: 0,
    accessToken: null,
    affCode: '',
    affQuota: 0,
    subscriptionQuota: 0,
    lastCheckInMs: null,
  })
}
