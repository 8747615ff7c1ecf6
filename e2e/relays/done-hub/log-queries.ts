import type { HubCore, UserContext } from './context'
import { intParams } from './go-values'
import { TEXT } from './messages'
import type { HubLog } from './state'
import { LOG_WINDOW_SEC } from './status-view'

/** Filters of the log endpoints (`contracts/donehub.md` 7.1); 0 and `''` = any. */
interface LogFilter {
  type: number
  startSec: number
  endSec: number
  tokenName: string
  modelName: string
  requestId: string
}

/** The filters of a request; a text when a number is none. */
export function logFilter(relay: HubCore, params: URLSearchParams): LogFilter | string {
  const query = intParams(params, ['log_type', 'start_timestamp', 'end_timestamp'])
  if ('problem' in query) return query.problem
  return {
    type: query.values.log_type,
    startSec: query.values.start_timestamp,
    endSec: query.values.end_timestamp,
    tokenName: params.get('token_name') ?? '',
    modelName: params.get('model_name') ?? '',
    requestId: relay.isDoneHub ? (params.get('request_id') ?? '') : '',
  }
}

/** DoneHub answers about 180 days only; the error of a range outside of them (7.1). */
export function windowProblem(relay: HubCore, { startSec, endSec }: LogFilter): string | null {
  if (!relay.isDoneHub) return null
  const earliest = relay.nowSec() - LOG_WINDOW_SEC
  if (startSec !== 0 && startSec < earliest) return TEXT.logStartTooOld
  if (endSec !== 0 && endSec < earliest) return TEXT.logEndTooOld
  const isTooLong = startSec !== 0 && endSec - startSec > LOG_WINDOW_SEC
  return isTooLong ? TEXT.logSpanTooLong : null
}

/** Not in the contract: without a start, DoneHub's window begins 180 days ago. */
export function withWindow(relay: HubCore, filter: LogFilter): LogFilter {
  if (!relay.isDoneHub || filter.startSec !== 0) return filter
  return { ...filter, startSec: relay.nowSec() - LOG_WINDOW_SEC }
}

function fits(row: HubLog, filter: LogFilter): boolean {
  if (filter.type !== 0 && row.type !== filter.type) return false
  if (filter.startSec !== 0 && row.createdAtSec < filter.startSec) return false
  if (filter.endSec !== 0 && row.createdAtSec > filter.endSec) return false
  if (filter.tokenName !== '' && row.tokenName !== filter.tokenName) return false
  if (filter.modelName !== '' && row.modelName !== filter.modelName) return false
  return filter.requestId === '' || row.requestId === filter.requestId
}

/** The user's rows that fit, newest first. */
export function ownLogs({ relay, user }: UserContext, filter: LogFilter): HubLog[] {
  return relay.state.logs
    .filter((row) => row.userId === user.id && fits(row, filter))
    .sort((a, b) => b.id - a.id)
}
