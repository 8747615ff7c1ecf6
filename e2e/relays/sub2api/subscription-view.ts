import { timestamp, type RelayCore } from './context'
import { groupView } from './group-view'
import type { GroupRow, SubscriptionRow } from './state'

const DAY_MS = 86_400_000

/** A spending window of a subscription. */
interface SpendingWindow {
  name: 'daily' | 'weekly' | 'monthly'
  lengthMs: number
  /** `null` = unlimited. */
  limitUsd: number | null
  usedUsd: number
}

/** The three windows of a subscription, also the unlimited ones. */
export function windowsOf(group: GroupRow, row: SubscriptionRow): SpendingWindow[] {
  return [
    {
      name: 'daily',
      lengthMs: DAY_MS,
      limitUsd: group.dailyLimitUsd,
      usedUsd: row.dailyUsageUsd,
    },
    {
      name: 'weekly',
      lengthMs: 7 * DAY_MS,
      limitUsd: group.weeklyLimitUsd,
      usedUsd: row.weeklyUsageUsd,
    },
    {
      name: 'monthly',
      lengthMs: 30 * DAY_MS,
      limitUsd: group.monthlyLimitUsd,
      usedUsd: row.monthlyUsageUsd,
    },
  ]
}

/** Start of the window that is running, counted from the start of the subscription. */
export function windowStart(row: SubscriptionRow, lengthMs: number, nowMs: number): number {
  const passed = Math.floor(Math.max(0, nowMs - row.startsAtMs) / lengthMs)
  return row.startsAtMs + passed * lengthMs
}

/** Whether one of the limits is used up. */
export function limitReached(group: GroupRow, row: SubscriptionRow): boolean {
  return windowsOf(group, row).some(
    ({ limitUsd, usedUsd }) => limitUsd !== null && usedUsd >= limitUsd,
  )
}

/** Smallest rest of the windows; −1 = unlimited, 0 = one is used up (`contracts/sub2api.md` 14.1). */
export function remainingUsd(group: GroupRow, row: SubscriptionRow): number {
  const rests = windowsOf(group, row).flatMap(({ limitUsd, usedUsd }) =>
    limitUsd === null ? [] : [Math.max(0, limitUsd - usedUsd)],
  )
  return rests.length === 0 ? -1 : Math.min(...rests)
}

/** The subscription DTO (12). */
export function subscriptionView(relay: RelayCore, row: SubscriptionRow): Record<string, unknown> {
  const nowMs = relay.nowMs()
  const group = relay.state.groups.get(row.groupId)
  return {
    id: row.id,
    user_id: row.userId,
    group_id: row.groupId,
    starts_at: timestamp(row.startsAtMs),
    expires_at: timestamp(row.expiresAtMs),
    status: row.status,
    daily_window_start: timestamp(windowStart(row, DAY_MS, nowMs)),
    weekly_window_start: timestamp(windowStart(row, 7 * DAY_MS, nowMs)),
    monthly_window_start: timestamp(windowStart(row, 30 * DAY_MS, nowMs)),
    daily_usage_usd: row.dailyUsageUsd,
    weekly_usage_usd: row.weeklyUsageUsd,
    monthly_usage_usd: row.monthlyUsageUsd,
    created_at: timestamp(row.startsAtMs),
    updated_at: timestamp(row.startsAtMs),
    ...(group ? { group: groupView(relay, group) } : {}),
  }
}

function windowView(
  { limitUsd, usedUsd, lengthMs }: SpendingWindow & { limitUsd: number },
  row: SubscriptionRow,
  nowMs: number,
): Record<string, unknown> {
  const startMs = windowStart(row, lengthMs, nowMs)
  return {
    limit_usd: limitUsd,
    used_usd: usedUsd,
    remaining_usd: Math.max(0, limitUsd - usedUsd),
    percentage: limitUsd === 0 ? 100 : Math.min(100, (usedUsd / limitUsd) * 100),
    window_start: timestamp(startMs),
    resets_at: timestamp(startMs + lengthMs),
    resets_in_seconds: Math.floor((startMs + lengthMs - nowMs) / 1000),
  }
}

/** `progress` of one subscription: unlimited windows are left out (12). */
export function progressView(
  group: GroupRow,
  row: SubscriptionRow,
  nowMs: number,
): Record<string, unknown> {
  const windows = windowsOf(group, row).flatMap((window) => {
    const { name, limitUsd } = window
    return limitUsd === null ? [] : [[name, windowView({ ...window, limitUsd }, row, nowMs)]]
  })
  return {
    id: row.id,
    group_name: group.name,
    expires_at: timestamp(row.expiresAtMs),
    expires_in_days: Math.max(0, Math.floor((row.expiresAtMs - nowMs) / DAY_MS)),
    ...(Object.fromEntries(windows) as Record<string, unknown>),
  }
}
