import type { HubCore } from './context'
import { priceOf } from './catalog'
import type { HubSeedLog } from './options'
import { CONSUMPTION, randomText, type HubLog, type HubState, type HubUser } from './state'

/** Appends a log row for a user and returns it. */
export function appendLog(state: HubState, user: HubUser, seed: HubSeedLog): HubLog {
  if (seed.type < 1 || seed.type > 4) throw new Error(`no such log type: ${seed.type}`)
  const row: HubLog = {
    id: state.nextLogId++,
    userId: user.id,
    createdAtSec: seed.createdAtSec,
    type: seed.type,
    quota: seed.quota,
    content: seed.content ?? '',
    modelName: seed.modelName ?? '',
    tokenName: seed.tokenName ?? '',
    promptTokens: seed.promptTokens ?? 0,
    completionTokens: seed.completionTokens ?? 0,
    requestTimeMs: seed.requestTimeMs ?? 0,
    isStream: seed.isStream ?? false,
    channelId: seed.channelId ?? (seed.type === CONSUMPTION ? 1 : 0),
    sourceIp: seed.sourceIp ?? '',
    requestId: seed.requestId ?? (seed.type === CONSUMPTION ? randomText(24) : ''),
    metadata: seed.type === CONSUMPTION ? { group_name: user.group, ...seed.metadata } : null,
  }
  state.logs.push(row)
  return row
}

/** `metadata` on the wire: an object or `null`, never a text (`contracts/donehub.md` 7.1). */
function metadataView(relay: HubCore, row: HubLog): Record<string, unknown> | null {
  if (row.metadata === null) return null
  const price = priceOf(relay, row.modelName)
  const group = relay.state.groups.get(String(row.metadata['group_name']))
  return {
    backup_group_name: '',
    is_backup_group: false,
    price_type: price.type,
    group_ratio: group?.ratio ?? 1,
    input_ratio: price.input,
    output_ratio: price.output,
    ...row.metadata,
  }
}

/** A log row as its owner sees it: `id` is always 0, the channel hidden on DoneHub (7.1). */
export function logView(relay: HubCore, row: HubLog, user: HubUser): Record<string, unknown> {
  const { isDoneHub } = relay
  return {
    id: 0,
    user_id: row.userId,
    created_at: row.createdAtSec,
    type: row.type,
    content: row.content,
    username: user.username,
    token_name: row.tokenName,
    model_name: row.modelName,
    quota: row.quota,
    ...(isDoneHub ? { cost_quota: 0 } : {}),
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    channel_id: isDoneHub ? 0 : row.channelId,
    request_time: row.requestTimeMs,
    is_stream: row.isStream,
    source_ip: row.sourceIp,
    ...(isDoneHub ? { request_id: row.requestId, upstream_request_id: '' } : {}),
    metadata: metadataView(relay, row),
    channel: null,
  }
}
