import type { HubToken, HubUser } from './state'
import { settingView } from './token-setting'

/** A key row with its full key, without `sk-` (`contracts/donehub.md` 9.1). */
export function tokenView(token: HubToken, user: HubUser) {
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
    used_quota: token.usedQuota,
    group: token.group,
    backup_group: token.backupGroup,
    setting: settingView(token.setting, user),
  }
}
