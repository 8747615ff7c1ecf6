import type { CheckInRecord } from '@/src/domain/check-in'
import { siteTime } from '@/src/domain/check-in-evidence'
import { type Failure, type Result, unwrap } from '@/src/domain/failure'
import { DAY_MS, dayEnd } from '@/src/domain/site-clock'
import type { AccountFigures } from '@/src/domain/snapshot'
import type { CheckInOperations, DailyAdapter } from '@/src/sites/adapter'

import type { AccountSite } from '../as-account'
import type { Finding } from './finding'

export type Site = AccountSite<DailyAdapter>

export type Sent = NonNullable<CheckInRecord['sent']>

/** A balance older than this proves nothing, ms. */
const BALANCE_AGE_MS = 10 * 60_000
/** The site's log may go by a clock that is slow, ms. */
const LOG_SLACK_MS = 2 * 60_000

/** A check-in that left and of which the site knows nothing. */
export const LOST: Failure = { class: 'interrupted', reason: 'uncertain' }

/**
 * What became of a check-in that was sent, where no status tells: its reward is in the log, or the
 * balance grew. `null` = it certainly did not arrive.
 *
 * @param sentMs when it was sent, on the clock of the site
 */
export async function fateOf(
  operations: CheckInOperations,
  site: Site,
  sent: Sent,
  sentMs: number,
): Promise<Finding | null> {
  const logged = await operations.findReward?.(site.ctx, site.access, sentMs - LOG_SLACK_MS)
  if (logged?.ok && logged.value) return { state: 'done', by: 'log', reward: logged.value.reward }
  const figures = sent.balance === undefined ? null : await readFigures(site)
  const balance = figures?.ok ? balanceIn(figures.value) : null
  if (balance === null || sent.balance === undefined) return { state: 'unknown', failure: LOST }
  if (balance > sent.balance) return { state: 'done', by: 'balance' }
  // Use may hide a reward; nothing hides one in a balance that stands still.
  const isStill = balance === sent.balance && logged?.ok !== false
  return isStill ? null : { state: 'unknown', failure: LOST }
}

/** What the account has before a check-in leaves, in its unit; `null` = not known well enough. */
export async function balanceBefore(
  operations: CheckInOperations,
  site: Site,
  nowMs: number,
): Promise<number | null> {
  // Where there is no status the balance may be all that tells afterwards.
  if (!operations.status) return balanceIn(unwrap(await readFigures(site)))
  const { figures, figuresAtMs = 0 } = site.snapshot
  const isYoung = Math.abs(nowMs - figuresAtMs) < BALANCE_AGE_MS
  return isYoung && figures ? balanceIn(figures) : null
}

function readFigures({ adapter, ctx, access }: Site): Promise<Result<AccountFigures>> {
  return adapter.fetchFigures(ctx, access)
}

function balanceIn({ balance }: AccountFigures): number | null {
  return balance.state === 'complete' ? balance.value : null
}

/**
 * A look where asking would check in: a reward in the log that is surely of the current day, or that
 * came after the user opened the site's page.
 */
export async function lookIntoLog(
  { findReward }: CheckInOperations,
  { ctx, access }: Site,
  record: CheckInRecord,
  nowMs: number,
): Promise<Finding> {
  const dayMs = dayEnd(record.clock, nowMs).hiMs - DAY_MS
  const sinceMs = siteTime(record, Math.min(dayMs, record.opened?.atMs ?? Infinity))
  const found = findReward ? unwrap(await findReward(ctx, access, sinceMs)) : null
  return found ? { state: 'done-earlier', by: 'log', reward: found.reward } : { state: 'untold' }
}

/**
 * What may have been sent before a record was lost: where there is no status only the log can tell.
 * `null` = nothing was.
 */
export async function sentEarlier(
  { status, findReward }: CheckInOperations,
  { ctx, access }: Site,
  record: CheckInRecord,
  nowMs: number,
): Promise<Finding | null> {
  const { doubtAtMs } = record
  if (status || doubtAtMs === undefined || nowMs - doubtAtMs >= DAY_MS) return null
  if (!findReward) return { state: 'unknown' }
  const found = unwrap(await findReward(ctx, access, siteTime(record, nowMs - DAY_MS)))
  return found && { state: 'done-earlier', by: 'log', reward: found.reward }
}
