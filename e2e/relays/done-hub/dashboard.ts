import type { HubCore, UserContext } from './context'
import { CONSUMPTION, type HubLog } from './state'

const DAY_SEC = 86_400
const JOB_SEC = 600
const DAYS_BACK = 7

/** Number of the server's local day. */
function dayOf(relay: HubCore, sec: number): number {
  return Math.floor((sec + (relay.options.utcOffsetMinutes ?? 0) * 60) / DAY_SEC)
}

/** `Date`: One Hub on MySQL gives a full timestamp (`contracts/donehub.md` 7.3). */
function dateText(relay: HubCore, day: number): string {
  const date = new Date(day * DAY_SEC * 1000).toISOString().slice(0, 10)
  return relay.isDoneHub ? date : `${date}T00:00:00Z`
}

function emptyRow(relay: HubCore, row: HubLog) {
  return {
    Date: dateText(relay, dayOf(relay, row.createdAtSec)),
    RequestCount: 0,
    Quota: 0,
    ...(relay.isDoneHub ? { CostQuota: 0 } : {}),
    PromptTokens: 0,
    CompletionTokens: 0,
    RequestTime: 0,
    ModelName: row.modelName,
  }
}

/**
 * `GET /api/user/dashboard` data: per day and model since 7 days ago, as of the last run of the job
 * that runs at start and every 10 minutes (7.3).
 */
export function dashboardRows({ relay, user }: UserContext) {
  const { startedAtSec, logs } = relay.state
  const sinceStart = relay.nowSec() - startedAtSec
  const lastRunSec = startedAtSec + sinceStart - (sinceStart % JOB_SEC)
  const firstDay = dayOf(relay, relay.nowSec()) - DAYS_BACK
  const rows = new Map<string, ReturnType<typeof emptyRow>>()
  for (const log of logs) {
    if (log.userId !== user.id || log.type !== CONSUMPTION) continue
    if (log.createdAtSec > lastRunSec || dayOf(relay, log.createdAtSec) < firstDay) continue
    const id = `${dayOf(relay, log.createdAtSec)} ${log.modelName}`
    const row = rows.get(id) ?? emptyRow(relay, log)
    row.RequestCount += 1
    row.Quota += log.quota
    row.PromptTokens += log.promptTokens
    row.CompletionTokens += log.completionTokens
    row.RequestTime += log.requestTimeMs
    rows.set(id, row)
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
