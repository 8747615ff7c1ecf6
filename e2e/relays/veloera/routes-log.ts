import { fail, ok, type Reply } from '../kit/reply'
import type { Route, UserContext } from './context'
import { hourlyRows } from './hourly'
import { logFilter, logView, ownLogs } from './log-queries'
import { LOG } from './logbook'
import { atoi } from './query'

const MAX_SPAN_SEC = 2_592_000
const RECENT_SEC = 60

/**
 * `GET /api/log/self`: pages from 1; a missing `page_size` is 0 and the page empty
 * (`contracts/veloera.md` 4). A negative one is 10: not in the contract.
 */
function listLogs(context: UserContext): Reply {
  const params = context.url.searchParams
  const page = Math.max(1, atoi(params.get('p')))
  const wanted = atoi(params.get('page_size'))
  const size = wanted < 0 ? 10 : Math.min(wanted, 100)
  const rows = ownLogs(context, logFilter(params))
  const items = rows.slice((page - 1) * size, page * size).map((row) => logView(context.core, row))
  return ok({ items, total: rows.length, page, page_size: size })
}

/**
 * `GET /api/log/self/stat`: consumption only, whatever `type` (9). Rates: V3 those of the last
 * minute, V4 the average of the asked interval; an open one counts as the last minute (not in the
 * contract).
 */
function readStat(context: UserContext): Reply {
  const filter = { ...logFilter(context.url.searchParams), type: LOG.consumption }
  const rows = ownLogs(context, filter)
  const quota = rows.reduce((sum, row) => sum + row.quota, 0)
  const spanSec = filter.endSec - filter.startSec
  const isAverage = context.core.isV4 && filter.startSec > 0 && spanSec > 0
  const startSec = context.core.nowSec() - RECENT_SEC
  const counted = isAverage ? rows : ownLogs(context, { ...filter, startSec, endSec: 0 })
  const minutes = isAverage ? spanSec / 60 : 1
  const tokens = counted.reduce((sum, row) => sum + row.promptTokens + row.completionTokens, 0)
  const rate = (total: number): number => Math.round(total / minutes)
  return ok({ quota, rpm: rate(counted.length), tpm: rate(tokens) })
}

/** `GET /api/log/self/search`: the newest 100 rows of one type (9). */
function searchLogs(context: UserContext): Reply {
  const keyword = context.url.searchParams.get('keyword') ?? ''
  const rows = ownLogs(context, {}).filter((row) => String(row.type) === keyword)
  return ok(rows.slice(0, 100).map((row) => logView(context.core, row)))
}

/** `GET /api/log/token?key=`: all rows of one of the user's own keys (9), oldest first. */
function readKeyLogs(context: UserContext): Reply {
  const key = (context.url.searchParams.get('key') ?? '').replace(/^sk-/, '')
  const token = [...context.core.state.tokens.values()].find((row) => row.key === key)
  const isOwn = token?.userId === context.user.id
  // Somebody else's key has no rows: not in the contract.
  const rows = isOwn ? ownLogs(context, {}).filter((row) => row.tokenId === token.id) : []
  return ok(rows.reverse().map((row) => logView(context.core, row)))
}

/** `GET /api/data/self` (5.2). */
function readHourly(context: UserContext): Reply {
  const { startSec, endSec } = logFilter(context.url.searchParams)
  if (endSec - startSec > MAX_SPAN_SEC) return fail('时间跨度不能超过 1 个月')
  const isOn = context.core.options.enableDataExport === true
  return ok(isOn ? hourlyRows(context, startSec, endSec) : [])
}

/** Logs and statistics of the user (9). */
export const logRoutes: Route[] = [
  { method: 'GET', path: '/api/log/self', auth: 'user', handle: listLogs },
  { method: 'GET', path: '/api/log/self/stat', auth: 'user', handle: readStat },
  { method: 'GET', path: '/api/log/self/search', auth: 'user', handle: searchLogs },
  { method: 'GET', path: '/api/log/token', auth: 'user', hasCors: true, handle: readKeyLogs },
  { method: 'GET', path: '/api/data/self', auth: 'user', handle: readHourly },
]
