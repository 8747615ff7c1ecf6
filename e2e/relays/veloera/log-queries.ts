import type { UserContext, VeloeraCore } from './context'
import { LOG } from './logbook'
import { atoi, isLike } from './query'
import type { VeloeraLog } from './state'

/** Filters of the log endpoints (`contracts/veloera.md` 9); 0 and `''` = any. */
interface LogFilter {
  type: number
  startSec: number
  endSec: number
  tokenName: string
  /** SQL `LIKE` pattern. */
  modelName: string
  group: string
}

export function logFilter(params: URLSearchParams): LogFilter {
  return {
    type: atoi(params.get('type')),
    startSec: atoi(params.get('start_timestamp')),
    endSec: atoi(params.get('end_timestamp')),
    tokenName: params.get('token_name') ?? '',
    modelName: params.get('model_name') ?? '',
    group: params.get('group') ?? '',
  }
}

function fits(row: VeloeraLog, filter: Partial<LogFilter>): boolean {
  const { type, startSec, endSec, tokenName, modelName, group } = filter
  if (type && row.type !== type) return false
  if (startSec && row.createdAtSec < startSec) return false
  if (endSec && row.createdAtSec > endSec) return false
  if (tokenName && row.tokenName !== tokenName) return false
  if (modelName && !isLike(row.modelName, modelName)) return false
  return !group || row.group === group
}

/** The user's rows that fit, newest first. */
export function ownLogs({ core, user }: UserContext, filter: Partial<LogFilter>): VeloeraLog[] {
  return core.state.logs
    .filter((row) => row.userId === user.id && fits(row, filter))
    .sort((a, b) => b.id - a.id)
}

/** JSON text of the price of a call; other rows have none, which is `null` in that text. */
function otherOf(core: VeloeraCore, row: VeloeraLog): string {
  if (row.type !== LOG.consumption) return 'null' // not in the contract
  const model = core.state.models.find(({ name, prefix = '' }) => prefix + name === row.modelName)
  return JSON.stringify({
    model_ratio: model?.ratio ?? 1,
    group_ratio: 1,
    completion_ratio: model?.completionRatio ?? 1,
  })
}

/** A row on the wire. The id is the real one modulo 1024, so it identifies nothing (9). */
export function logView(core: VeloeraCore, row: VeloeraLog) {
  const isCall = row.type === LOG.consumption || row.type === LOG.error
  return {
    id: row.id % 1024,
    user_id: row.userId,
    created_at: row.createdAtSec,
    type: row.type,
    content: row.content,
    username: row.username,
    token_name: row.tokenName,
    model_name: row.modelName,
    quota: row.quota,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    use_time: isCall ? 1 : 0,
    is_stream: false,
    channel: isCall ? 1 : 0,
    channel_name: '',
    token_id: row.tokenId,
    group: row.group,
    other: otherOf(core, row),
    ...(core.isV4 ? { client_ip: '' } : {}),
  }
}
