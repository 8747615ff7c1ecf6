import type { RelayCore, UserContext } from './context'
import { isSince } from './generation'
import type { RelayLog, RelayUser } from './state'

/** Filters of the log endpoints (`contracts/new-api.md` 8.1); `null` and `''` = any. */
export interface LogFilter {
  type: number | null
  startSec: number | null
  endSec: number | null
  tokenName: string
  modelName: string
  group: string
}

function positive(text: string | null): number | null {
  const value = Number(text ?? '')
  return Number.isInteger(value) && value > 0 ? value : null
}

export function logFilter(params: URLSearchParams): LogFilter {
  return {
    type: positive(params.get('type')),
    startSec: positive(params.get('start_timestamp')),
    endSec: positive(params.get('end_timestamp')),
    tokenName: params.get('token_name') ?? '',
    modelName: params.get('model_name') ?? '',
    group: params.get('group') ?? '',
  }
}

function fits(row: RelayLog, filter: LogFilter): boolean {
  if (filter.type !== null && row.type !== filter.type) return false
  if (filter.startSec !== null && row.createdAtSec < filter.startSec) return false
  if (filter.endSec !== null && row.createdAtSec > filter.endSec) return false
  if (filter.tokenName !== '' && row.tokenName !== filter.tokenName) return false
  if (filter.modelName !== '' && row.modelName !== filter.modelName) return false
  return filter.group === '' || row.group === filter.group
}

/** The user's rows that fit, newest first. */
export function ownLogs(context: UserContext, filter: LogFilter): RelayLog[] {
  return context.relay.state.logs
    .filter((row) => row.userId === context.user.id && fits(row, filter))
    .sort((a, b) => b.id - a.id)
}

/** A log row on the wire. `id` is rewritten by the server and therefore given (8.1). */
export function logView(relay: RelayCore, row: RelayLog, user: RelayUser, id: number) {
  const own = {
    id,
    user_id: row.userId,
    created_at: row.createdAtSec,
    type: row.type,
    content: row.content,
    username: user.username,
    token_name: row.tokenName,
    model_name: row.modelName,
    quota: row.quota,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    is_stream: false,
    channel: 0,
  }
  if (relay.generation === 'one-api') {
    return { ...own, elapsed_time: 0, request_id: '', system_prompt_reset: false }
  }
  return {
    ...own,
    use_time: 0,
    channel_name: '',
    token_id: 0,
    group: row.group,
    ip: '',
    other: '{}',
    ...(isSince(relay.generation, 'g1b') ? { request_id: '', upstream_request_id: '' } : {}),
  }
}

/** Consumption by hour and model, as `GET /api/data/self` lists it (8.2). */
export function hourlyRows(context: UserContext, startSec: number, endSec: number) {
  const { user } = context
  const filter = { ...logFilter(new URLSearchParams()), type: 2, startSec, endSec }
  const rows = new Map<string, ReturnType<typeof emptyHour>>()
  for (const log of ownLogs(context, filter).reverse()) {
    const hour = log.createdAtSec - (log.createdAtSec % 3600)
    const id = `${hour}:${log.modelName}`
    const row = rows.get(id) ?? emptyHour(rows.size + 1, user, log.modelName, hour)
    row.token_used += log.promptTokens + log.completionTokens
    row.count += 1
    row.quota += log.quota
    rows.set(id, row)
  }
  return [...rows.values()]
}

function emptyHour(id: number, user: RelayUser, modelName: string, hourSec: number) {
  return {
    id,
    user_id: user.id,
    username: user.username,
    model_name: modelName,
    created_at: hourSec,
    token_used: 0,
    count: 0,
    quota: 0,
  }
}
