import { timestamp, type RelayCore } from './context'
import { keyView } from './key-view'
import type { UsageRow } from './state'

/** One usage row (`contracts/sub2api.md` 11); its costs are split by tokens. */
export function usageView(relay: RelayCore, row: UsageRow): Record<string, unknown> {
  const tokens = row.inputTokens + row.outputTokens
  const share = tokens === 0 ? 0 : row.inputTokens / tokens
  const key = relay.state.keys.get(row.keyId)
  const group = relay.state.groups.get(row.groupId ?? 0)
  return {
    id: row.id,
    user_id: row.userId,
    api_key_id: row.keyId,
    account_id: 2,
    request_id: `req_${row.id}`,
    model: row.model,
    group_id: row.groupId,
    subscription_id: null,
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    cache_creation_tokens: row.cacheCreationTokens,
    cache_read_tokens: row.cacheReadTokens,
    input_cost: row.totalCost * share,
    output_cost: row.totalCost * (1 - share),
    cache_creation_cost: 0,
    cache_read_cost: 0,
    total_cost: row.totalCost,
    actual_cost: row.actualCost,
    rate_multiplier: row.rateMultiplier,
    billing_type: row.billingType,
    ...(relay.isNew ? { request_type: row.stream ? 'stream' : 'sync' } : {}),
    stream: row.stream,
    duration_ms: row.durationMs,
    first_token_ms: Math.round(row.durationMs / 3),
    user_agent: 'client/1.0',
    created_at: timestamp(row.createdAtMs),
    ...(key ? { api_key: keyView(relay, key, false) } : {}),
    ...(group ? { group: { id: group.id, name: group.name } } : {}),
  }
}
