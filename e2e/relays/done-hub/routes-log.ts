import { fail, ok, type Reply } from '../kit/reply'
import type { Route, UserContext } from './context'
import { dashboardRows } from './dashboard'
import { logFilter, ownLogs, windowProblem, withWindow } from './log-queries'
import { logView } from './log-rows'
import { pageReply } from './paging'
import { CONSUMPTION } from './state'

const SORTABLE = ['created_at', 'token_name', 'model_name', 'type', 'source_ip']
const ONE_HUB_SORTABLE = [...SORTABLE, 'channel_id', 'user_id']

function listLogs(context: UserContext): Reply {
  const { relay, url, user } = context
  const filter = logFilter(relay, url.searchParams)
  if (typeof filter === 'string') return fail(filter)
  const problem = windowProblem(relay, filter)
  if (problem !== null) return fail(problem)
  const rows = ownLogs(context, withWindow(relay, filter))
  const views = rows.map((row) => logView(relay, row, user))
  return pageReply(url.searchParams, views, relay.isDoneHub ? SORTABLE : ONE_HUB_SORTABLE)
}

/** `GET /api/log/self/stat`: consumption only, whatever `log_type` says (7.2). */
function readStat(context: UserContext): Reply {
  const filter = logFilter(context.relay, context.url.searchParams)
  if (typeof filter === 'string') return fail(filter)
  // Not in the contract: `request_id` and the 180 days do not matter here.
  const rows = ownLogs(context, { ...filter, type: CONSUMPTION, requestId: '' })
  return ok({ quota: rows.reduce((sum, row) => sum + row.quota, 0) })
}

/** `GET /api/user/dashboard/rate`; token figures are always 0 (5.2). */
function readRate({ relay, user }: UserContext): Reply {
  const recent = relay.state.logs.filter(
    (row) =>
      row.userId === user.id && row.type === CONSUMPTION && row.createdAtSec > relay.nowSec() - 60,
  )
  const rpm = recent.length
  const maxRPM = relay.state.groups.get(user.group)?.apiRate ?? 0
  const usageRpmRate = maxRPM === 0 ? 0 : (rpm / maxRPM) * 100
  return ok({ rpm, maxRPM, usageRpmRate, tpm: 0, maxTPM: 0, usageTpmRate: 0 })
}

/** Logs and usage of the user (`contracts/donehub.md` 7). */
export const logRoutes: Route[] = [
  { method: 'GET', path: '/api/log/self', auth: 'user', handle: listLogs },
  { method: 'GET', path: '/api/log/self/stat', auth: 'user', handle: readStat },
  {
    method: 'GET',
    path: '/api/user/dashboard',
    auth: 'user',
    handle: (context) => ok(dashboardRows(context)),
  },
  { method: 'GET', path: '/api/user/dashboard/rate', auth: 'user', handle: readRate },
]
