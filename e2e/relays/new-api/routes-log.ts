import { textFor, type RelayCore, type Route, type UserContext } from './context'
import { isSince } from './generation'
import { hourlyRows, logFilter, logView, ownLogs, type LogFilter } from './log-queries'
import { bareSlice, pageOf, pageQuery } from './paging'
import { fail, ok, type Reply } from '../kit/reply'

const CONSUMPTION = 2
const MAX_TOTAL = 10_000
const MAX_SPAN_SEC = 2_592_000

function listLogs(context: UserContext): Reply {
  const { relay, url } = context
  const rows = ownLogs(context, logFilter(url.searchParams))
  if (relay.generation === 'one-api') {
    const page = bareSlice(rows, url.searchParams, relay.generation)
    return ok(page.map((row) => logView(relay, row, context.user, row.id % 1024)))
  }
  const query = pageQuery(url.searchParams)
  // The builds of 2025 have no default for a missing size: the answer has no rows (8.1).
  if (!isSince(relay.generation, 'g1b') && !url.searchParams.has('page_size')) {
    return ok({ page: query.page, page_size: 0, total: rows.length, items: [] })
  }
  const total = isSince(relay.generation, 'g1b') ? Math.min(rows.length, MAX_TOTAL) : rows.length
  const { items, ...page } = pageOf(rows, query, total)
  const start = (query.page - 1) * query.size
  const views = items.map((row, index) => {
    const id = relay.generation === 'g0' ? row.id % 1024 : start + index + 1
    return logView(relay, row, context.user, id)
  })
  return ok({ ...page, items: views })
}

/** `GET /api/log/self/stat` (8.2): `type` is ignored; rpm and tpm are those of the last 60 s. */
function readStat(context: UserContext): Reply {
  const filter: LogFilter = { ...logFilter(context.url.searchParams), type: CONSUMPTION }
  const quota = ownLogs(context, filter).reduce((sum, row) => sum + row.quota, 0)
  if (context.relay.generation === 'one-api') return ok({ quota })
  const recent = ownLogs(context, {
    ...filter,
    startSec: context.relay.nowSec() - 60,
    endSec: null,
  })
  const tpm = recent.reduce((sum, row) => sum + row.promptTokens + row.completionTokens, 0)
  return ok({ quota, rpm: recent.length, tpm })
}

/** `GET /api/log/self/search`: works on G0 and One API, deprecated since (8.2). */
function searchLogs(context: UserContext): Reply {
  const { relay, url, user } = context
  if (isSince(relay.generation, 'g1a')) return fail(textFor(context, 'searchDeprecated', user))
  const keyword = url.searchParams.get('keyword') ?? ''
  const rows = ownLogs(context, logFilter(new URLSearchParams())).filter(
    (row) => String(row.type) === keyword || row.content.startsWith(keyword),
  )
  return ok(rows.map((row) => logView(relay, row, user, row.id % 1024)))
}

/** `GET /api/data/self`: hourly rows per model, empty unless data export is on (8.2). */
function readHourly(context: UserContext): Reply {
  const { relay, url, user } = context
  const { startSec, endSec } = logFilter(url.searchParams)
  const [start, end] = [startSec ?? 0, endSec ?? 0]
  if (end - start > MAX_SPAN_SEC) return fail(textFor(context, 'spanTooLong', user))
  return ok(relay.options.enableDataExport === true ? hourlyRows(context, start, end) : [])
}

const isNewApi = ({ generation }: RelayCore): boolean => isSince(generation, 'g0')

/** Logs and statistics of the user (8). */
export const logRoutes: Route[] = [
  { method: 'GET', path: '/api/log/self', auth: 'user', handle: listLogs },
  {
    method: 'GET',
    path: '/api/log/self/stat',
    auth: 'user',
    isIn: ({ options }) => options.logStat !== false,
    handle: readStat,
  },
  {
    method: 'GET',
    path: '/api/log/self/search',
    auth: 'user',
    isSearch: isNewApi,
    handle: searchLogs,
  },
  { method: 'GET', path: '/api/data/self', auth: 'user', isIn: isNewApi, handle: readHourly },
]
