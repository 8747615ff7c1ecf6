import { type DayRange, dayKey } from '@/src/domain/day-key'
import { complete, type Metric, partial } from '@/src/domain/metric'
import type { TodayUse } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { expectUser } from '../new-api/identity'
import { listPage } from './list-page'
import { fetchData } from './request'
import { type UsageRow, usageRowSchema } from './schemas'
import { epochMs } from './time'

const PATH = '/api/v1/usage'

/** The cap of old servers; more would give 20 (`contracts/sub2api.md 2`). */
const ROWS = 100

/**
 * The day's use from its newest rows: one heavy call. Their times are exact whatever day the server
 * is in, so the dates asked for only have to be wide enough. More rows than one page holds make the
 * figures lower bounds.
 */
export async function sumDayRows(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
): Promise<TodayUse> {
  const query = { page: 1, page_size: ROWS, ...datesAround(day) }
  const data = await fetchData(ctx, access, { path: PATH, query }, listPage(usageRowSchema))
  for (const { user_id: owner } of data.items) {
    if (owner !== undefined) expectUser(owner, access, PATH)
  }
  const rows = data.items.filter((row) => isWithin(row, day))
  const isWhole = data.page >= data.pages || reachesBefore(data.items, day)
  const metric = (part: (row: UsageRow) => number): Metric => {
    const sum = rows.reduce((total, row) => total + part(row), 0)
    return isWhole ? complete(sum) : partial(sum, 'page-limit')
  }
  return {
    dayKey: day.dayKey,
    consumption: metric((row) => row.actual_cost),
    requests: metric(() => 1),
    promptTokens: metric((row) => row.input_tokens),
    completionTokens: metric((row) => row.output_tokens),
  }
}

/** Inclusive dates in the server's unknown zone that hold the whole local day. */
function datesAround(day: DayRange): { start_date: string; end_date: string } {
  const nearMs = 12 * 3_600_000
  return {
    start_date: dayKey(day.fromSec * 1000 - nearMs),
    end_date: dayKey(day.toSec * 1000 + nearMs),
  }
}

function isWithin({ created_at: text }: UsageRow, day: DayRange): boolean {
  const atMs = epochMs(text)
  return atMs !== null && atMs >= day.fromSec * 1000 && atMs < (day.toSec + 1) * 1000
}

/** Whether rows that are missing are older than the day: newest first, and the last is older. */
function reachesBefore(rows: readonly UsageRow[], day: DayRange): boolean {
  const times = rows.map((row) => epochMs(row.created_at) ?? NaN)
  const isSorted = times.every((atMs, at) => at === 0 || atMs <= (times[at - 1] ?? NaN))
  const last = times.at(-1)
  return isSorted && last !== undefined && last < day.fromSec * 1000
}
