import type { CheckInRecord } from './check-in'
import {
  DAY_MS,
  dayEnd,
  type DayRule,
  learnDate,
  learnTurn,
  priorClock,
  type Range,
  shiftClock,
  type SiteClock,
} from './site-clock'

/** A time further in the future than this comes from a clock that was set back, ms. */
const FUTURE_MS = 60_000

/** That the site's current day is done, as a call told. */
export interface SeenDone {
  readonly time: Range
  /** The site's own date. */
  readonly day?: string | undefined
  /** The site has just accepted a check-in of ours: until then it was not done. */
  readonly isNew: boolean
}

type Evidence = Pick<CheckInRecord, 'clock' | 'done' | 'errorMs' | 'oddAtMs'>

/** Two odd sightings within this time are no chance, ms. */
const ODD_MS = 3 * DAY_MS

/** What a record knows after its site's current day was seen open. */
export function seenOpen<R extends Evidence>(record: R, rule: DayRule, time: Range): R {
  const { done, clock, errorMs } = record
  if (!done) return record
  const learnt = learnTurn(clock, { rule, errorMs }, done.atMs, time.toMs)
  return { ...record, clock: [...learnt] }
}

/** What a record knows after its site's current day was seen done. */
export function seenDone<R extends Evidence>(record: R, rule: DayRule, seen: SeenDone): R {
  const before = seen.isNew ? seenOpen(record, rule, seen.time) : record
  const { fromMs: atMs } = seen.time
  const { done, errorMs } = before
  const clock =
    seen.day === undefined
      ? before.clock
      : learnDate(before.clock, { rule, errorMs }, seen.day, orderly(seen.time))
  if (done && !seen.isNew && isSameDay(clock, done, seen)) {
    const day = done.day ?? seen.day
    const same = { ...done, atMs: Math.max(done.atMs, atMs), ...(day === undefined ? {} : { day }) }
    return { ...before, clock, done: same }
  }
  // Somebody else did it, or the site's clock is not what it was: without a date nobody can tell
  // before it happens again.
  const isOdd = done && !seen.isNew && seen.day === undefined && atMs < done.fromMs + 2 * DAY_MS
  const isAgain = isOdd && Math.abs(atMs - (before.oddAtMs ?? -Infinity)) < ODD_MS
  return {
    ...before,
    clock: isAgain ? [...priorClock(rule, errorMs)] : clock,
    ...(isOdd ? { oddAtMs: atMs } : {}),
    done: {
      fromMs: atMs,
      atMs,
      ours: seen.isNew,
      ...(seen.day === undefined ? {} : { day: seen.day }),
    },
  }
}

/** Whether a day that is done now may be the one that was known to be done. */
function isSameDay(
  clock: SiteClock,
  done: NonNullable<CheckInRecord['done']>,
  { time, day }: SeenDone,
): boolean {
  if (day !== undefined && done.day !== undefined)
    return day === done.day && time.fromMs < done.fromMs + DAY_MS
  if (time.fromMs < done.fromMs) return done.atMs <= time.fromMs + FUTURE_MS
  return time.fromMs < dayEnd(clock, done.fromMs).hiMs
}

/** A clock that was set back during a call must not turn it around. */
function orderly({ fromMs, toMs }: Range): Range {
  return { fromMs: Math.min(fromMs, toMs), toMs: Math.max(fromMs, toMs) }
}

/** The last day of the site that needs nothing more; `null` = none is known. */
export function settledDay({ done, left }: Pick<CheckInRecord, 'done' | 'left'>): {
  readonly fromMs: number
  readonly atMs: number
} | null {
  if (left && left.atMs > (done?.atMs ?? -Infinity)) return { fromMs: left.atMs, atMs: left.atMs }
  return done ?? null
}

/** Clocks that differ by less than this are as good as the same, ms. */
const SAME_MS = 2 * 60_000

/**
 * A record on the clock of this device as it is now. Sites tell the time with every answer: where it
 * differs from what they told before, the clock of this device was changed, and everything it was
 * used to note moves along.
 *
 * @param errorMs by how much the site's clock is ahead of this device's
 */
export function onClock(record: CheckInRecord, rule: DayRule, errorMs: number): CheckInRecord {
  const { errorMs: known = 0, done, left, again, sent, opened, catchUpAtMs: _, ...rest } = record
  if (Math.abs(errorMs - known) < SAME_MS) return record
  const moved = (atMs: number) => atMs + known - errorMs
  return {
    ...rest,
    errorMs,
    sinceMs: moved(rest.sinceMs),
    clock: [
      ...(rule === 'utc' ? priorClock(rule, errorMs) : shiftClock(rest.clock, errorMs - known)),
    ],
    tries: { ...rest.tries, lastAtMs: moved(rest.tries.lastAtMs) },
    ...(done ? { done: { ...done, fromMs: moved(done.fromMs), atMs: moved(done.atMs) } } : {}),
    ...(left ? { left: { ...left, atMs: moved(left.atMs) } } : {}),
    ...(again ? { again: { ...again, atMs: moved(again.atMs) } } : {}),
    ...(sent ? { sent: { ...sent, atMs: moved(sent.atMs) } } : {}),
    ...(opened ? { opened: { ...opened, atMs: moved(opened.atMs) } } : {}),
  }
}

/** A time on the clock of this device as the site's clock shows it, epoch ms. */
export function siteTime({ errorMs = 0 }: Pick<CheckInRecord, 'errorMs'>, atMs: number): number {
  return atMs + errorMs
}

/**
 * A record without what a clock that was set back since may have got wrong: days of the future were
 * not seen, so they are asked for anew.
 */
export function withoutFuture(record: CheckInRecord, rule: DayRule, nowMs: number): CheckInRecord {
  const isPast = (atMs: number) => atMs <= nowMs + FUTURE_MS
  const seenMs = Math.max(record.done?.atMs ?? 0, record.left?.atMs ?? 0)
  if (isPast(seenMs) && isPast(latestOf(record))) return record
  const { done, left, again, opened, errorMs, clock, ...rest } = record
  return {
    ...rest,
    sinceMs: Math.min(rest.sinceMs, nowMs),
    // A clock that was changed is taken for right, until a site tells.
    ...(isPast(seenMs)
      ? { clock, ...(errorMs === undefined ? {} : { errorMs }) }
      : { clock: [...priorClock(rule)] }),
    tries: { ...rest.tries, lastAtMs: Math.min(rest.tries.lastAtMs, nowMs) },
    ...(rest.sent ? { sent: { ...rest.sent, atMs: Math.min(rest.sent.atMs, nowMs) } } : {}),
    ...(done && isPast(done.atMs) ? { done } : {}),
    ...(left && isPast(left.atMs) ? { left } : {}),
    ...(again && isPast(again.atMs - DAY_MS) ? { again } : {}),
    ...(opened && isPast(opened.atMs) ? { opened } : {}),
  }
}

/** The latest time a record speaks of as past, epoch ms; a follow-up counts as of the day before. */
function latestOf({ sinceMs, tries, sent, again, opened }: CheckInRecord): number {
  return Math.max(
    sinceMs,
    tries.lastAtMs,
    sent?.atMs ?? 0,
    again ? again.atMs - DAY_MS : 0,
    opened?.atMs ?? 0,
  )
}
