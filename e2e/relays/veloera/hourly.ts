import type { UserContext } from './context'
import { ownLogs } from './log-queries'
import { LOG } from './logbook'
import type { VeloeraUser } from './state'

const FLUSH_SEC = 300

function emptyHour(id: number, user: VeloeraUser, modelName: string, hourSec: number) {
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

/**
 * Consumption by hour and model, as `GET /api/data/self` lists it (`contracts/veloera.md` 5.2).
 * Written every five minutes, so the newest calls are missing. The bounds are compared with the
 * start of the hour: not in the contract.
 */
export function hourlyRows(context: UserContext, startSec: number, endSec: number) {
  const { core, user } = context
  const { startedAtSec } = core.state
  const flushes = Math.floor((core.nowSec() - startedAtSec) / FLUSH_SEC)
  const writtenUntilSec = startedAtSec + flushes * FLUSH_SEC
  const rows = new Map<string, ReturnType<typeof emptyHour>>()
  for (const log of ownLogs(context, { type: LOG.consumption }).reverse()) {
    const hourSec = log.createdAtSec - (log.createdAtSec % 3600)
    if (log.createdAtSec > writtenUntilSec || hourSec < startSec || hourSec > endSec) continue
    const id = `${hourSec}:${log.modelName}`
    const row = rows.get(id) ?? emptyHour(rows.size + 1, user, log.modelName, hourSec)
    row.token_used += log.promptTokens + log.completionTokens
    row.count += 1
    row.quota += log.quota
    rows.set(id, row)
  }
  return [...rows.values()]
}
