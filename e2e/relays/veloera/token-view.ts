import type { VeloeraCore } from './context'
import type { VeloeraToken } from './state'

/** A key row: the full key in every answer, without `sk-` (`contracts/veloera.md` 10). */
export function tokenView(core: VeloeraCore, token: VeloeraToken): Record<string, unknown> {
  return {
    id: token.id,
    user_id: token.userId,
    key: token.key,
    status: token.status,
    name: token.name,
    created_time: token.createdTime,
    accessed_time: token.accessedTime,
    expired_time: token.expiredTime,
    remain_quota: token.remainQuota,
    unlimited_quota: token.unlimitedQuota,
    model_limits_enabled: token.modelLimitsEnabled,
    model_limits: token.modelLimits,
    allow_ips: token.allowIps,
    used_quota: token.usedQuota,
    group: token.group,
    DeletedAt: null,
    ...(core.isV4
      ? {
          rate_limit_enabled: token.rateLimitEnabled,
          rate_limit_period: token.rateLimitPeriod,
          rate_limit_count: token.rateLimitCount,
          rate_limit_success: token.rateLimitSuccess,
        }
      : {}),
  }
}
