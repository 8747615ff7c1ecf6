import type { DayRange } from '@/src/domain/day-key'
import { type Failure, failureOf, raise, type Result, settle } from '@/src/domain/failure'
import { complete, type Metric, type MetricReason, partial, unavailable } from '@/src/domain/metric'
import type { TodayUse } from '@/src/domain/snapshot'

import type { Access, SiteContext } from '../adapter'
import { consumptionOf, type DayRows, type LogPaging, readDayRows } from './log-pages'
import { fetchData } from './request'
import { type LogRow, statSchema } from './schemas'

/** Today's use and the user names the rows behind it carried, for the identity guard. */
export interface DayReading {
  readonly today: TodayUse
  readonly usernames: readonly string[]
}

/** Today's use (`contracts/new-api.md 8.3`): one light call, or paging where that is missing. */
export function fetchTodayUse(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  paging: LogPaging,
): Promise<Result<TodayUse>> {
  return settle(async () => (await readDay(ctx, access, day, paging)).today)
}

/** As {@link fetchTodayUse}, with the evidence, and throwing. */
export async function readDay(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  paging: LogPaging,
): Promise<DayReading> {
  try {
    const call = { path: '/api/log/self/stat', query: consumptionOf(day, paging) }
    const { quota } = await fetchData(ctx, access, call, statSchema)
    return {
      today: { ...unknownDay(day.dayKey, 'not-collected'), consumption: complete(quota) },
      usernames: [],
    }
  } catch (thrown) {
    if (!canPageInstead(failureOf(thrown))) throw thrown
    return sumUp(await readDayRows(ctx, access, day, paging), day)
  }
}

/** Today's use of which nothing is known. */
export function unknownDay(dayKey: string, why: MetricReason): TodayUse {
  const unknown = unavailable(why)
  return {
    dayKey,
    consumption: unknown,
    requests: unknown,
    promptTokens: unknown,
    completionTokens: unknown,
  }
}

/** Whether the failure is about this one endpoint and not about login, identity or connection. */
function canPageInstead({ class: kind, reason }: Failure): boolean {
  if (kind === 'changed-api') return reason !== 'redirected'
  return kind === 'unsupported' || kind === 'refused' || kind === 'server'
}

function sumUp({ rows, shortfall }: DayRows, day: DayRange): DayReading {
  const usernames = [...new Set(rows.map(ownerName).filter((name) => name !== ''))]
  if (usernames.length > 1) {
    raise({ class: 'identity', reason: 'rows-of-several-users', path: '/api/log/self' })
  }
  const metric = (part: (row: LogRow) => number): Metric => {
    const sum = rows.reduce((total, row) => total + part(row), 0)
    if (!Number.isSafeInteger(sum)) return unavailable('invalid-answer')
    return shortfall === null ? complete(sum) : partial(sum, shortfall)
  }
  return {
    today: {
      dayKey: day.dayKey,
      consumption: metric((row) => row.quota),
      requests: metric(() => 1),
      promptTokens: metric((row) => row.prompt_tokens),
      completionTokens: metric((row) => row.completion_tokens),
    },
    usernames,
  }
}

/** A row that names its user's id was checked by it; a user may have been renamed since. */
function ownerName(row: LogRow): string {
  return row.user_id === undefined ? (row.username ?? '') : ''
}
