import type { Reply } from '../kit/reply'
import { bodyRecord, type RelayCore, type Route, type UserContext } from './context'
import { badRequest, success } from './envelope'
import { paged, pageOf, pageQuery, type PageQuery } from './paging'
import { keysOf } from './lookups'
import type { UsageRow } from './state'
import { usageRows } from './usage-query'
import { usageView } from './usage-view'
import { rowsWithin, sumFields, sumUsage } from './usage-sums'
import { midnight } from './zones'

/** Newer servers give only a lower bound: what was read, and one more if there is more (11). */
function totalOf(relay: RelayCore, count: number, { page, size }: PageQuery): number {
  if (!relay.isNew) return count
  const offset = (page - 1) * size
  const returned = Math.max(0, Math.min(size, count - offset))
  return offset + returned + (count > offset + returned ? 1 : 0)
}

/** `GET /usage`: newest first. */
function listUsage(context: UserContext): Reply {
  const { relay, url } = context
  const rows = usageRows(context, false)
  if ('status' in rows) return rows
  const byModel = relay.isNew && url.searchParams.get('sort_by') === 'model'
  const sign = relay.isNew && url.searchParams.get('sort_order') === 'asc' ? 1 : -1
  rows.sort(
    (a, b) =>
      sign *
      ((byModel ? a.model.localeCompare(b.model) : 0) ||
        a.createdAtMs - b.createdAtMs ||
        a.id - b.id),
  )
  const query = pageQuery(relay, url.searchParams)
  const items = pageOf(rows, query).map((row) => usageView(relay, row))
  return paged(items, totalOf(relay, rows.length, query), query)
}

/** `GET /usage/stats`. */
function readStats(context: UserContext): Reply {
  const rows = usageRows(context, true)
  if ('status' in rows) return rows
  const sums = sumUsage(rows)
  return success({
    total_requests: sums.requests,
    total_input_tokens: sums.inputTokens,
    total_output_tokens: sums.outputTokens,
    total_cache_tokens: sums.cacheCreationTokens + sums.cacheReadTokens,
    total_cache_creation_tokens: sums.cacheCreationTokens,
    total_cache_read_tokens: sums.cacheReadTokens,
    total_tokens: sums.tokens,
    total_cost: sums.cost,
    total_actual_cost: sums.actualCost,
    average_duration_ms: sums.averageDurationMs,
  })
}

/** Where "today" begins on the server's own calendar (11). */
function serverMidnight({ state, nowMs }: RelayCore): number {
  return midnight(nowMs(), state.settings.serverTimezone)
}

/** `GET /usage/dashboard/stats`. */
function readDashboard({ relay, user }: UserContext): Reply {
  const keys = keysOf(relay.state, user.id)
  const rows = relay.state.usage.filter((row) => row.userId === user.id)
  const today = rowsWithin(rows, { fromMs: serverMidnight(relay), toMs: Infinity })
  const recent = rowsWithin(rows, { fromMs: relay.nowMs() - 60_000, toMs: Infinity })
  const named = (prefix: string, part: readonly UsageRow[]): [string, number][] =>
    Object.entries(sumFields(sumUsage(part), 'tokens')).map(([name, value]) => [
      `${prefix}_${name}`,
      value,
    ])
  return success({
    total_api_keys: keys.length,
    active_api_keys: keys.filter(({ status }) => status === 'active').length,
    ...Object.fromEntries([...named('total', rows), ...named('today', today)]),
    average_duration_ms: sumUsage(rows).averageDurationMs,
    rpm: recent.length,
    tpm: sumUsage(recent).tokens,
  })
}

/** `POST /usage/dashboard/api-keys-usage`; foreign keys are left out, which is not in the contract. */
function readKeysUsage({ relay, user, body }: UserContext): Reply {
  const ids = bodyRecord(body)?.['api_key_ids']
  const isValid = Array.isArray(ids) && ids.length <= 100 && ids.every(Number.isInteger)
  if (!isValid) return badRequest('api_key_ids')
  const own = keysOf(relay.state, user.id).filter(({ id }) => ids.includes(id))
  const stats = own.map(({ id }) => {
    const rows = relay.state.usage.filter(({ keyId }) => keyId === id)
    const today = rowsWithin(rows, { fromMs: serverMidnight(relay), toMs: Infinity })
    return {
      api_key_id: id,
      today_actual_cost: sumUsage(today).actualCost,
      total_actual_cost: sumUsage(rows).actualCost,
    }
  })
  return success({ stats: Object.fromEntries(stats.map((one) => [one.api_key_id, one])) })
}

const BASE = '/api/v1/usage'

/** Usage (`contracts/sub2api.md` 11). */
export const usageRoutes: Route[] = [
  { method: 'GET', path: BASE, auth: 'user', isHeavy: true, handle: listUsage },
  { method: 'GET', path: `${BASE}/stats`, auth: 'user', isHeavy: true, handle: readStats },
  {
    method: 'GET',
    path: `${BASE}/dashboard/stats`,
    auth: 'user',
    isHeavy: true,
    handle: readDashboard,
  },
  {
    method: 'POST',
    path: `${BASE}/dashboard/api-keys-usage`,
    auth: 'user',
    isHeavy: true,
    handle: readKeysUsage,
  },
]
