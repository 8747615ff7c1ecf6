import { optionalTimestamp, timestamp, type KeyContext } from './context'
import type { LimitWindow } from './options-user'
import { LIMIT_WINDOWS } from './key-view'
import { activeSubscription } from './lookups'
import type { GroupRow, SubscriptionRow } from './state'
import { remainingUsd, windowStart } from './subscription-view'
import { dayStart, knownZone, midnight, calendarDay } from './zones'
import { groupRows, rowsWithin, sumFields, sumUsage } from './usage-sums'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const WALLET_PLAN = '钱包余额'
const WINDOW_MS: Record<LimitWindow, number> = {
  '5h': 5 * HOUR_MS,
  '1d': DAY_MS,
  '7d': 7 * DAY_MS,
}

type Json = Record<string, unknown>

/** Usage of this key alone, today and in all, by day and by model (`contracts/sub2api.md` 14.1 b). */
function statistics({ relay, key, url }: KeyContext, days: number): Json {
  const { serverTimezone } = relay.state.settings
  const nowMs = relay.nowMs()
  const zone = knownZone(url.searchParams.get('timezone'), serverTimezone)
  const rows = relay.state.usage.filter(({ keyId }) => keyId === key.id)
  const since = (fromMs: number) => rowsWithin(rows, { fromMs, toMs: Infinity })
  const recent = since(nowMs - 60_000)
  const daily = groupRows(since(midnight(nowMs, zone, 1 - days)), (row) =>
    calendarDay(row.createdAtMs, zone),
  )
  const start = dayStart(url.searchParams.get('start_date') ?? '', serverTimezone) ?? -Infinity
  const end = dayStart(url.searchParams.get('end_date') ?? '', serverTimezone, 1) ?? Infinity
  const models = groupRows(rowsWithin(rows, { fromMs: start, toMs: end }), (row) => row.model)
  return {
    usage: {
      today: sumFields(sumUsage(since(midnight(nowMs, serverTimezone)))),
      total: sumFields(sumUsage(rows)),
      average_duration_ms: sumUsage(rows).averageDurationMs,
      rpm: recent.length,
      tpm: sumUsage(recent).tokens,
    },
    daily_usage: [...daily.keys()].sort().map((date) => {
      const { cache_creation_tokens: cache_write_tokens, ...figures } = sumFields(
        sumUsage(daily.get(date) ?? []),
      )
      return { date, ...figures, cache_write_tokens }
    }),
    model_stats: [...models].map(([model, part]) => {
      const figures = sumUsage(part)
      return { model, ...sumFields(figures), account_cost: figures.cost }
    }),
  }
}

function subscriptionOf({ relay, user, group }: KeyContext): SubscriptionRow | undefined {
  const groupId = group?.id ?? 0
  return activeSubscription(relay.state, { userId: user.id, groupId, nowMs: relay.nowMs() })
}

/** Form a of old servers; `null` = 403, a subscription group without a subscription (14.1). */
export function oldUsage(context: KeyContext): Json | null {
  const { user, group } = context
  const base = { isValid: true, unit: 'USD' }
  if (group?.subscriptionType !== 'subscription') {
    return { ...base, planName: WALLET_PLAN, remaining: user.balance }
  }
  const row = subscriptionOf(context)
  if (row === undefined) return null
  return { ...base, planName: group.name, remaining: remainingUsd(group, row) }
}

/** Form d: a key with a quota or limits of its own (14.1). */
function quotaLimited({ key, relay }: KeyContext): Json {
  const remaining = Math.max(0, key.quota - key.quotaUsed)
  const quota = { limit: key.quota, used: key.quotaUsed, remaining, unit: 'USD' }
  const limits = LIMIT_WINDOWS.filter((window) => key.limits[window].limit > 0).map((window) => {
    const { limit, used, startedAtMs } = key.limits[window]
    const reset_at =
      startedAtMs === null ? {} : { reset_at: timestamp(startedAtMs + WINDOW_MS[window]) }
    const window_start = optionalTimestamp(startedAtMs)
    return { window, limit, used, remaining: Math.max(0, limit - used), window_start, ...reset_at }
  })
  const restMs = key.expiresAtMs === null ? 0 : Math.max(0, key.expiresAtMs - relay.nowMs())
  return {
    mode: 'quota_limited',
    // True also for used-up and expired keys (14.1).
    isValid: true,
    status: key.status,
    ...(key.quota > 0 ? { quota, remaining, unit: 'USD' } : {}),
    ...(limits.length > 0 ? { rate_limits: limits } : {}),
    ...(key.expiresAtMs === null
      ? {}
      : { expires_at: timestamp(key.expiresAtMs), days_until_expiry: Math.floor(restMs / DAY_MS) }),
  }
}

/** Form c: `remaining` and `subscription` are both missing without a valid subscription (14.1). */
function bySubscription(context: KeyContext, group: GroupRow): Json {
  const row = subscriptionOf(context)
  const base = { mode: 'unrestricted', isValid: true, planName: group.name, unit: 'USD' }
  if (row === undefined) return base
  const weekStart = windowStart(row, 7 * DAY_MS, context.relay.nowMs())
  return {
    ...base,
    remaining: remainingUsd(group, row),
    subscription: {
      daily_usage_usd: row.dailyUsageUsd,
      weekly_usage_usd: row.weeklyUsageUsd,
      monthly_usage_usd: row.monthlyUsageUsd,
      daily_limit_usd: group.dailyLimitUsd,
      weekly_limit_usd: group.weeklyLimitUsd,
      monthly_limit_usd: group.monthlyLimitUsd,
      weekly_window_start: timestamp(weekStart),
      expires_at: timestamp(row.expiresAtMs),
    },
  }
}

/** Forms b, c and d of newer servers (14.1). */
export function newUsage(context: KeyContext, days: number): Json {
  const { key, user, group } = context
  const isLimited = key.quota > 0 || LIMIT_WINDOWS.some((window) => key.limits[window].limit > 0)
  if (isLimited) return quotaLimited(context)
  const figures = statistics(context, days)
  if (group?.subscriptionType === 'subscription') {
    return { ...bySubscription(context, group), ...figures }
  }
  const { balance } = user
  return {
    mode: 'unrestricted',
    isValid: true,
    planName: WALLET_PLAN,
    remaining: balance,
    unit: 'USD',
    balance,
    ...figures,
  }
}
