import { type Failure, failureOf, settle } from '@/src/domain/failure'

import type {
  Access,
  CheckInAnswer,
  CheckInOperations,
  CheckInStatus,
  SiteContext,
} from '../adapter'
import { fetchStatus } from './account'
import { act } from './act'
import { awardSchema, type CheckInStats, checkInSchema } from './check-in-schemas'
import { answering, meaningOf } from './check-in-words'
import { findRewardBy, LOG_TYPE } from './log-credits'
import { fetchData } from './request'
import { daysInARow } from './streak'

const PATH = '/api/user/checkin'

const NOT_OFFERED: CheckInStatus = { offered: false, doneToday: null }

/** The check-in of New API (`contracts/new-api.md 5`). */
export const newApiCheckIn: CheckInOperations = {
  dayRule: 'server',
  offeredBy: 'status',
  status: (ctx, access, month) => settle(() => readStatus(ctx, access, month)),
  perform: (ctx, access) =>
    settle(() =>
      answering(
        () => perform(ctx, access),
        () => readStatus(ctx, access),
      ),
    ),
  findReward: findRewardBy([LOG_TYPE.system]),
}

/**
 * Asked without a month, the server lists its own current one: only there the newest record is
 * today's, for nothing tells which day the server has.
 */
async function readStatus(
  ctx: SiteContext,
  access: Access,
  month?: string,
): Promise<CheckInStatus> {
  try {
    const stats = await readStats(ctx, access)
    if (!stats) return NOT_OFFERED
    const { checked_in_today: doneToday, total_checkins: total } = stats
    return {
      offered: true,
      doneToday,
      ...(doneToday ? todayOf(stats) : {}),
      ...(total === undefined ? {} : { total }),
      ...(month === undefined ? {} : { days: await daysOf(ctx, access, month, stats) }),
    }
  } catch (thrown) {
    if (await isMissing(ctx, failureOf(thrown))) return NOT_OFFERED
    throw thrown
  }
}

/** `null` = switched off. */
async function readStats(
  ctx: SiteContext,
  access: Access,
  month?: string,
): Promise<CheckInStats | null> {
  const query = month === undefined ? {} : { query: { month } }
  const answer = await fetchData(ctx, access, { path: PATH, ...query }, checkInSchema())
  return answer.enabled ? answer.stats : null
}

type Day = NonNullable<CheckInStatus['days']>[number]

/** Records with a date, each date once, newest first. */
function recordsOf({ records = [] }: CheckInStats): Day[] {
  const days = new Map<string, Day>()
  for (const { checkin_date: day, quota_awarded: reward } of records) {
    if (day !== undefined) days.set(day, { day, ...(reward === undefined ? {} : { reward }) })
  }
  return [...days.values()].sort((a, b) => b.day.localeCompare(a.day))
}

/** What the records tell of today; a list that is not whole proves no row of days. */
function todayOf(stats: CheckInStats): Pick<CheckInStatus, 'day' | 'reward' | 'streak'> {
  const days = recordsOf(stats)
  const isWhole = days.length === (stats.checkin_count ?? stats.records?.length)
  const streak = isWhole
    ? daysInARow(
        days.map(({ day }) => day),
        stats.total_checkins,
      )
    : null
  return { ...days[0], ...(streak === null || streak === 0 ? {} : { streak }) }
}

async function daysOf(
  ctx: SiteContext,
  access: Access,
  month: string,
  current: CheckInStats,
): Promise<Day[]> {
  const isIn = ({ day }: Day) => day.startsWith(`${month}-`)
  const known = recordsOf(current).filter(isIn)
  if (known.length > 0) return known
  const asked = await readStats(ctx, access, month)
  return asked ? recordsOf(asked).filter(isIn) : []
}

/**
 * Whether the failure only means that this server has no check-in: builds without it answer 404,
 * 500 or that the user may not look at the user "checkin" (5.2, `contracts/veloera.md 13`). The
 * public status decides where the answer alone could mean something else.
 */
async function isMissing(ctx: SiteContext, failure: Failure): Promise<boolean> {
  if (meaningOf(failure)?.outcome === 'not-offered') return true
  const isOdd =
    (failure.class === 'server' && failure.httpStatus === 500) ||
    (failure.class === 'refused' && failure.reason !== 'user-disabled')
  if (!isOdd) return false
  const status = await fetchStatus(ctx)
  return status.ok && status.value.checkInEnabled !== true
}

async function perform(ctx: SiteContext, access: Access): Promise<CheckInAnswer> {
  const { data } = await act(ctx, access, { path: PATH, method: 'POST', body: {} })
  const { quota_awarded: reward, checkin_date: day } = awardSchema().parse(data)
  return {
    outcome: 'done',
    ...(reward === undefined ? {} : { reward }),
    ...(day === undefined ? {} : { day }),
  }
}
