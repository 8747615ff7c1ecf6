import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { CheckInRecord } from '@/src/domain/check-in'
import { settledDay } from '@/src/domain/check-in-evidence'
import { dueNow, plannedAt, settledEnd, type UserTime } from '@/src/domain/check-in-plan'
import type { JournalReason } from '@/src/domain/journal'
import { DAY_MS, dayEnd } from '@/src/domain/site-clock'

import type { Subject } from './subject'

const MINUTE_MS = 60_000

/** After the user opened a site's own page it is looked at so long after, ms. */
const AFTER_OPENING_MS = [MINUTE_MS, 3 * MINUTE_MS, 10 * MINUTE_MS]

/** What comes next of an account by itself. */
export interface Step {
  readonly atMs: number
  readonly isDue: boolean
  readonly act: 'try' | 'look'
  readonly why: JournalReason
  /** It goes on with the day that was tried last. */
  readonly isFollowUp: boolean
  readonly isMended?: boolean
  /** `atMs` was drawn now and has to be remembered. */
  readonly isNew?: true
}

/** What comes next of an account: looks, and a try; each in time or already due. */
export function stepsOf(
  subject: Subject,
  record: CheckInRecord,
  user: UserTime,
  settings: AutomationSettings,
  nowMs: number,
): Step[] {
  const isAutomatic = settings.checkIn.enabled && subject.takesPart && subject.isOffered !== false
  const steps = [
    lookAfterOpening(record, nowMs),
    lookAfterDeath(record, nowMs),
    tryNext(subject, record, user, isAutomatic, nowMs),
  ]
  return steps.filter((step) => step !== null)
}

function lookAfterOpening({ opened }: CheckInRecord, nowMs: number): Step | null {
  const waitMs = opened && AFTER_OPENING_MS[opened.looks]
  if (!opened || waitMs === undefined) return null
  const atMs = opened.atMs + waitMs
  return { atMs, isDue: atMs <= nowMs, act: 'look', why: 'you', isFollowUp: true }
}

/** How many looks after the opening of a page are over at that time, with the one under way. */
export function looksAfterOpening(
  { atMs, looks }: NonNullable<CheckInRecord['opened']>,
  nowMs: number,
): number {
  const passed = AFTER_OPENING_MS.filter((waitMs) => atMs + waitMs <= nowMs).length
  return Math.max(looks, passed)
}

/** Whoever sent it did not live to see what became of it. */
function lookAfterDeath({ sent, again }: CheckInRecord, nowMs: number): Step | null {
  if (!sent || again) return null
  return { atMs: nowMs, isDue: true, act: 'look', why: 'retry', isFollowUp: true }
}

function tryNext(
  subject: Subject,
  record: CheckInRecord,
  user: UserTime,
  isAutomatic: boolean,
  nowMs: number,
): Step | null {
  const again = followUp(record, nowMs)
  if (again) {
    if (!again.asked && !isAutomatic) return null
    const rest = { act: again.act, why: 'retry', isFollowUp: true } as const
    const { atMs } = again
    if (again.asked || again.act === 'look') return { ...rest, atMs, isDue: atMs <= nowMs }
    return { ...rest, ...inWindow(user, atMs, record, nowMs) }
  }
  if (!isAutomatic) return null
  const mendedMs = mendedAt(subject, record, nowMs)
  if (mendedMs !== null) {
    const rest = { act: 'try', why: 'retry', isFollowUp: true, isMended: true } as const
    return { ...rest, ...inWindow(user, mendedMs, record, nowMs) }
  }
  const due = inWindow(user, plannedTime(subject, record, user, nowMs), record, nowMs)
  return {
    ...due,
    act: 'try',
    why: due.isLate ? 'catch-up' : 'schedule',
    isFollowUp: false,
  }
}

/** When the next day of the site is to be asked for; it may be over. */
function plannedTime(
  { rule }: Subject,
  record: CheckInRecord,
  user: UserTime,
  nowMs: number,
): number {
  const { clock, sinceMs, eagerUntilMs = 0 } = record
  const isEager = eagerUntilMs > nowMs
  return plannedAt({ ...user, rule, clock, sinceMs, settled: settledDay(record), isEager })
}

/** What is still to come for the day that was tried last, while that day may last. */
function followUp({ again, left, clock }: CheckInRecord, nowMs: number): CheckInRecord['again'] {
  if (!again || !left) return undefined
  const { hiMs } = dayEnd(clock, left.atMs)
  return nowMs < hiMs && again.atMs < hiMs ? again : undefined
}

/** When an account that waited for the user worked again, once a day; `null` = it did not. */
function mendedAt({ page }: Subject, { left, clock }: CheckInRecord, nowMs: number): number | null {
  const { checkIn: mark, lastAttempt } = page.snapshot
  if (!left || left.mended || mark?.state !== 'needs-you') return null
  if (!lastAttempt || lastAttempt.failure || mark.failure?.reason === 'turnstile') return null
  const isSince = lastAttempt.atMs > left.atMs && nowMs < dayEnd(clock, left.atMs).hiMs
  return isSince ? lastAttempt.atMs : null
}

function inWindow(user: UserTime, plannedMs: number, record: CheckInRecord, nowMs: number) {
  const due = dueNow(user, plannedMs, record.catchUpAtMs, nowMs)
  if (due.isDue) return { isDue: true, atMs: Math.min(plannedMs, nowMs), isLate: due.isLate }
  const isNew = due.isNew ? { isNew: true as const } : {}
  return { isDue: false, atMs: due.atMs, isLate: false, ...isNew }
}

/** Whether a day of the site that was to be done may be over without a try. */
export function missedDay(record: CheckInRecord, nowMs: number): boolean {
  const { done, left, clock } = record
  if (!done || (left && left.atMs > done.atMs)) return false
  return nowMs >= settledEnd(clock, done).loMs + DAY_MS
}
