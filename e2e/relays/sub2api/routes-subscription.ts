import type { Reply } from '../kit/reply'
import { timestamp, type Route, type UserContext } from './context'
import { success } from './envelope'
import type { GroupRow, SubscriptionRow } from './state'
import { progressView, subscriptionView, windowsOf } from './subscription-view'

function ownRows({ relay, user }: UserContext): SubscriptionRow[] {
  return relay.state.subscriptions.filter(({ userId }) => userId === user.id)
}

function activeRows(context: UserContext): SubscriptionRow[] {
  const nowMs = context.relay.nowMs()
  return ownRows(context).filter((row) => row.status === 'active' && row.expiresAtMs > nowMs)
}

/** The active subscriptions with their groups; one whose group is gone is left out. */
function withGroups(context: UserContext): { row: SubscriptionRow; group: GroupRow }[] {
  return activeRows(context).flatMap((row) => {
    const group = context.relay.state.groups.get(row.groupId)
    return group === undefined ? [] : [{ row, group }]
  })
}

/** `GET /subscriptions/progress` (`contracts/sub2api.md` 12). */
function listProgress(context: UserContext): Reply {
  const { relay } = context
  return success(
    withGroups(context).map(({ row, group }) => ({
      subscription: subscriptionView(relay, row),
      progress: progressView(group, row, relay.nowMs()),
    })),
  )
}

function summaryOf(row: SubscriptionRow, group: GroupRow): Record<string, unknown> {
  const figures = windowsOf(group, row).flatMap(({ name, usedUsd, limitUsd }) =>
    limitUsd === null
      ? []
      : [
          [`${name}_used_usd`, usedUsd],
          [`${name}_limit_usd`, limitUsd],
        ],
  )
  return {
    id: row.id,
    group_id: row.groupId,
    group_name: group.name,
    status: row.status,
    ...(Object.fromEntries(figures) as Record<string, number>),
    expires_at: timestamp(row.expiresAtMs),
  }
}

/** `GET /subscriptions/summary`: no array (2, 12). That the total is the month's is not in the contract. */
function readSummary(context: UserContext): Reply {
  const active = withGroups(context)
  return success({
    active_count: active.length,
    total_used_usd: active.reduce((total, { row }) => total + row.monthlyUsageUsd, 0),
    subscriptions: active.map(({ row, group }) => summaryOf(row, group)),
  })
}

function views(context: UserContext, rows: readonly SubscriptionRow[]): Reply {
  return success(rows.map((row) => subscriptionView(context.relay, row)))
}

const BASE = '/api/v1/subscriptions'

/** Subscriptions (`contracts/sub2api.md` 12). */
export const subscriptionRoutes: Route[] = [
  {
    method: 'GET',
    path: BASE,
    auth: 'user',
    handle: (context) => views(context, ownRows(context)),
  },
  {
    method: 'GET',
    path: `${BASE}/active`,
    auth: 'user',
    handle: (context) => views(context, activeRows(context)),
  },
  { method: 'GET', path: `${BASE}/progress`, auth: 'user', handle: listProgress },
  { method: 'GET', path: `${BASE}/summary`, auth: 'user', handle: readSummary },
]
