import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { CheckInRecord } from '@/src/domain/check-in'
import { onClock, seenDone, seenOpen } from '@/src/domain/check-in-evidence'
import type { UserTime } from '@/src/domain/check-in-plan'
import type { Failure, FailureClass } from '@/src/domain/failure'
import { dayEnd, type DayRule } from '@/src/domain/site-clock'

import { type Order, SENDS_IF_LOST, SETTLED_MS } from './conversation'
import type { Report } from './finding'

const MINUTE_MS = 60_000

/** How often something of unknown fate is looked at again in a day, and after how long, ms. */
const LOOKS = 3
const LOOK_EVERY_MS = 30 * MINUTE_MS
/** A site that gave no time is asked again after this, ms. */
const LIMIT_MS = 15 * MINUTE_MS
/** What passes by itself is tried again after this, longer every time, and at most that, ms. */
const FIRST_RETRY_MS = 10 * MINUTE_MS
const LONGEST_RETRY_MS = 120 * MINUTE_MS

/** Failures without a cause at the account: the site could not be asked this time. */
const PASSING: ReadonlySet<FailureClass> = new Set([
  'network',
  'server',
  'interrupted',
  'cancelled',
  'storage',
])

/** What an outcome is held against. */
export interface Circumstances {
  readonly rule: DayRule
  readonly user: UserTime
  readonly settings: AutomationSettings
  readonly order: Order
  readonly nowMs: number
}

/** A record with what a conversation brought, and with what is still to come for that day. */
export function recordAfter(
  before: CheckInRecord,
  report: Report,
  circumstances: Circumstances,
): CheckInRecord {
  const { rule } = circumstances
  const onTime = report.errorMs === undefined ? before : onClock(before, rule, report.errorMs)
  const seen = withSightings(withoutOldSend(onTime, circumstances.nowMs), report, rule)
  const told = { ...seen, ...report.told }
  const { finding } = report
  switch (finding.state) {
    case 'done':
    case 'done-earlier':
      return settled(told, report, circumstances)
    case 'open':
    case 'untold':
      return told
    case 'not-done':
    case 'unknown':
    case 'failed':
    case 'needs-you':
    case 'not-offered':
      return leftOpen(told, report, circumstances)
  }
}

/** What became of something that was sent on a day that is over does not matter any more. */
function withoutOldSend({ sent, ...rest }: CheckInRecord, nowMs: number): CheckInRecord {
  return sent && nowMs < dayEnd(rest.clock, sent.atMs).hiMs ? { ...rest, sent } : rest
}

function withSightings(record: CheckInRecord, { seen }: Report, rule: DayRule): CheckInRecord {
  return seen.reduce(
    (known, sighting) =>
      sighting.state === 'open'
        ? seenOpen(known, rule, sighting.time)
        : seenDone(known, rule, sighting),
    record,
  )
}

function settled(
  {
    sent: _,
    left: __,
    again: ___,
    catchUpAtMs: ____,
    doubtAtMs: _____,
    opened: ______,
    ...rest
  }: CheckInRecord,
  { seen }: Report,
  { nowMs }: Circumstances,
): CheckInRecord {
  const isSeen = seen.some(({ state }) => state === 'done')
  return {
    ...rest,
    ...(isSeen || rest.done ? {} : { left: { atMs: nowMs, looks: 0, fails: 0 } }),
    tries: { count: 0, lastAtMs: nowMs },
  }
}

function leftOpen(
  record: CheckInRecord,
  report: Report,
  circumstances: Circumstances,
): CheckInRecord {
  const { nowMs, order } = circumstances
  const { sent, left: before, again: planned, catchUpAtMs: _, ...rest } = record
  // A day that is surely done stays so, whatever fails afterwards.
  const isDone = record.done && nowMs < dayEnd(record.clock, record.done.fromMs).loMs
  if (isDone && !sent) return record
  const isSameDay = before && nowMs < dayEnd(record.clock, before.atMs).hiMs
  const { looks = 0, fails = 0, mended } = isSameDay ? before : {}
  const { state } = report.finding
  const left = {
    atMs: nowMs,
    looks: looks + (state === 'unknown' ? 1 : 0),
    fails: fails + (state === 'failed' ? 1 : 0),
    ...(mended || order.isMended ? { mended: true as const } : {}),
  }
  const known = { ...rest, left, tries: triesAfter(record, report, nowMs) }
  const isAsked = order.byHand || planned?.asked === true
  const again = againAfter({ ...known, ...(sent ? { sent } : {}) }, report, circumstances, isAsked)
  const isOpen = again && (state === 'unknown' || state === 'not-done')
  return { ...known, ...(again ? { again } : {}), ...(sent && isOpen ? { sent } : {}) }
}

/** One that a limit, a login or a challenge kept out does not count. */
function triesAfter({ tries }: CheckInRecord, report: Report, nowMs: number) {
  const { finding } = report
  const isSaid = finding.state === 'failed' && finding.failure.class === 'refused'
  if (!report.isRefused || isSaid) return tries
  return { count: Math.max(0, tries.count - 1), lastAtMs: nowMs }
}

/** What is still to come that day; `undefined` = nothing. */
function againAfter(
  record: CheckInRecord,
  { finding }: Report,
  circumstances: Circumstances,
  isAsked: boolean,
): CheckInRecord['again'] {
  const { nowMs, user } = circumstances
  const jitterMs = Math.floor(user.share(`again ${nowMs}`) * MINUTE_MS)
  const at = (ms: number, act: 'try' | 'look') => ({ atMs: nowMs + ms + jitterMs, act })
  // What became of something that was sent is found out whatever the settings say now.
  const asked = isAsked ? { asked: true as const } : {}
  switch (finding.state) {
    case 'unknown':
      if ((record.left?.looks ?? 0) > LOOKS) return undefined
      return { ...at(LOOK_EVERY_MS, 'look'), ...asked }
    case 'not-done': {
      const waitMs = (record.sent?.atMs ?? -Infinity) + SETTLED_MS - nowMs
      if (record.sent && record.tries.count < SENDS_IF_LOST) {
        return { ...at(Math.max(waitMs, MINUTE_MS), 'try'), ...asked }
      }
      return byPolicy(record.tries.count, circumstances, at)
    }
    case 'failed':
      return afterFailure(finding.failure, record, circumstances, at)
    default:
      return undefined
  }
}

type At = (ms: number, act: 'try' | 'look') => { atMs: number; act: 'try' | 'look' }

function afterFailure(
  failure: Failure,
  { left, tries }: CheckInRecord,
  circumstances: Circumstances,
  at: At,
): CheckInRecord['again'] {
  const { nowMs } = circumstances
  const { retryAtMs } = failure
  if (retryAtMs !== undefined) return at(Math.max(retryAtMs - nowMs, MINUTE_MS), 'try')
  if (failure.class === 'limit') return at(LIMIT_MS, 'try')
  const fails = left?.fails ?? 1
  if (PASSING.has(failure.class)) {
    return at(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (fails - 1)), 'try')
  }
  return byPolicy(Math.max(fails, tries.count), circumstances, at)
}

/** Another try as the settings say, `count` being those there were. */
function byPolicy(count: number, { settings }: Circumstances, at: At): CheckInRecord['again'] {
  const { retry, retryMost, retryEveryMin } = settings.checkIn
  return retry && count < retryMost ? at(retryEveryMin * MINUTE_MS, 'try') : undefined
}
