import { timestamp, type RelayCore } from './context'
import type { UserRow } from './state'

/** The user DTO (`contracts/sub2api.md` 7). */
export function userView({ isNew }: RelayCore, user: UserRow): Record<string, unknown> {
  const base = {
    id: user.id,
    email: user.email,
    username: user.username,
    role: user.role,
    balance: user.balance,
    concurrency: user.concurrency,
    status: user.status,
    allowed_groups: user.allowedGroups,
    created_at: timestamp(user.createdAtMs),
    updated_at: timestamp(user.updatedAtMs),
  }
  if (!isNew) return { ...base, wechat: '', notes: '' }
  return {
    ...base,
    frozen_balance: user.frozenBalance,
    rpm_limit: 0,
    total_recharged: user.totalRecharged,
    balance_notify_enabled: false,
    balance_notify_threshold_type: 'fixed',
    balance_notify_threshold: null,
    balance_notify_extra_emails: [],
  }
}
