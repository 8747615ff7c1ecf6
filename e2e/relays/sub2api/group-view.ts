import { timestamp, type RelayCore } from './context'
import { activeSubscription } from './lookups'
import type { GroupRow, UserRow } from './state'

/** The peak fields of a group, present whether or not it has a peak (`contracts/sub2api.md` 9). */
export function peakView({ peak }: GroupRow): Record<string, unknown> {
  return {
    peak_rate_enabled: peak !== null,
    peak_start: peak?.start ?? '',
    peak_end: peak?.end ?? '',
    peak_rate_multiplier: peak?.multiplier ?? 1,
  }
}

/** The group DTO (9). Which of its fields old servers lack is not in the contract. */
export function groupView({ isNew }: RelayCore, group: GroupRow): Record<string, unknown> {
  const base = {
    id: group.id,
    name: group.name,
    description: group.description,
    platform: group.platform,
    rate_multiplier: group.rateMultiplier,
    is_exclusive: group.isExclusive,
    status: group.status,
    subscription_type: group.subscriptionType,
    daily_limit_usd: group.dailyLimitUsd,
    weekly_limit_usd: group.weeklyLimitUsd,
    monthly_limit_usd: group.monthlyLimitUsd,
    created_at: timestamp(group.createdAtMs),
    updated_at: timestamp(group.createdAtMs),
  }
  if (!isNew) return base
  return {
    ...base,
    ...peakView(group),
    claude_code_only: group.claudeCodeOnly,
    fallback_group_id: null,
    allow_messages_dispatch: false,
    rpm_limit: 0,
  }
}

/** Whether the user may bind a key to the group (9). */
export function isBindable(relay: RelayCore, user: UserRow, group: GroupRow): boolean {
  if (group.status !== 'active') return false
  if (group.subscriptionType === 'subscription') {
    const wanted = { userId: user.id, groupId: group.id, nowMs: relay.nowMs() }
    return activeSubscription(relay.state, wanted) !== undefined
  }
  return !group.isExclusive || (user.allowedGroups ?? []).includes(group.id)
}

/** The groups the user may bind, by id. */
export function bindableGroups(relay: RelayCore, user: UserRow): GroupRow[] {
  return [...relay.state.groups.values()]
    .filter((group) => isBindable(relay, user, group))
    .sort((a, b) => a.id - b.id)
}
