import {
  type DayWindow,
  isInWindow,
  nextInWindow,
  type OffsetAt,
  type Span,
  windowSpans,
} from './day-window'
import { DAY_MS, dayEnd, type DayRule, type SiteClock, SUMMER_MS, widened } from './site-clock'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * How much a plan allows for that was not seen of a site's clock: its summer time in full where there
 * is room, else less of it. The clock of this device is never quite right.
 */
const MARGINS: Readonly<Record<DayRule, readonly number[]>> = {
  server: [SUMMER_MS.server, 30 * MINUTE_MS, 10 * MINUTE_MS, 0],
  utc: [2 * MINUTE_MS, 0],
}
/** So much time inside window and site day is enough to plan with, or where asking tells no more. */
const ENOUGH_MS = HOUR_MS
const LITTLE_MS = 20 * MINUTE_MS
/** Less than this is not aimed at where there is more. */
const SHORT_MS = 5 * MINUTE_MS
/** So much is left after a planned time where there is room: for a browser that starts late. */
const SPARE_MS = 45 * MINUTE_MS
/** A site's clock that is known to this is known well enough; sites are asked no more often. */
const KNOWN_MS = 30 * MINUTE_MS

/** When check-ins run: part of the settings. */
export interface CheckInHours extends DayWindow {
  readonly mode: 'random' | 'fixed'
  /** `HH:MM`, for `fixed`. */
  readonly at: string
}

/** The user's part of a plan. */
export interface UserTime {
  readonly hours: CheckInHours
  readonly offsetAt: OffsetAt
  /** A number of [0, 1) of the account and these words: the same whoever asks whenever. */
  readonly share: (words: string) => number
}

export interface PlanInput extends UserTime {
  readonly rule: DayRule
  readonly clock: SiteClock
  /** The last day of the site that needs nothing more: when it was first and last seen, epoch ms. */
  readonly settled: { readonly fromMs: number; readonly atMs: number } | null
  /** Where nothing is settled: since when a check-in is wanted, epoch ms. */
  readonly sinceMs: number
  /** As soon as possible: the browser was closed at the planned time lately. */
  readonly isEager: boolean
}

/** The earliest and the latest time at which a settled day of a site may end. */
export function settledEnd(
  clock: SiteClock,
  { fromMs, atMs }: NonNullable<PlanInput['settled']>,
): { readonly loMs: number; readonly hiMs: number } {
  const { loMs, hiMs } = dayEnd(clock, fromMs)
  return { loMs: Math.max(loMs, atMs + 1), hiMs: Math.max(hiMs, atMs + 1) }
}

/**
 * Whether a site may be asked for the day after a settled one before the planned time: that day is
 * surely over, or it may be and the site was left alone for a while.
 */
export function mayAskForNext(
  clock: SiteClock,
  settled: NonNullable<PlanInput['settled']>,
  nowMs: number,
): boolean {
  const { loMs, hiMs } = settledEnd(clock, settled)
  return nowMs >= Math.min(hiMs, Math.max(loMs, settled.atMs + KNOWN_MS))
}

/**
 * When a site is to be asked for its next check-in, epoch ms: it depends on what was seen and on the
 * user's settings and zone only, so a worker that dies draws nothing twice. It may be over.
 *
 * It lies where window and the next day of the site surely meet. Where its clock is not known well
 * enough for that, the site is asked where its day may end: whatever it answers, more is known.
 */
export function plannedAt(input: PlanInput): number {
  const { settled, clock } = input
  const [margin = 0, ...smaller] = MARGINS[input.rule]
  if (!settled) return pick(input, spansOfNew(input, margin))
  const clockBy = (marginMs: number) => widened(clock, marginMs - SUMMER_MS[input.rule])
  const endBy = (marginMs: number) => settledEnd(clockBy(marginMs), settled)
  const sure = (marginMs: number, soonestMs = 0) => {
    // That the settled day lasted so long says less of the next one: summer time may shorten it.
    const longMs = Math.max(dayEnd(clockBy(marginMs), settled.fromMs).loMs, settled.atMs - marginMs)
    return spansOf(input, Math.max(endBy(marginMs).hiMs, soonestMs), longMs + DAY_MS)
  }
  const { loMs, hiMs } = endBy(margin)
  const isKnown = hiMs - loMs < KNOWN_MS + 2 * margin
  const half = total(spansOf(input, hiMs, hiMs + DAY_MS)) / 2
  const best = sure(margin)
  if (total(best) >= Math.min(isKnown ? LITTLE_MS : ENOUGH_MS, half)) return pick(input, best)
  // So close to an end of the day it may be either day that was seen.
  const isNearEnd = hiMs === settled.fromMs + DAY_MS
  const restedMs = settled.atMs + KNOWN_MS
  const soonestMs = Math.max(isNearEnd ? loMs : endBy(0).loMs, restedMs)
  const unsure = spansOf(input, soonestMs, hiMs)
  // Where next to nothing of what is not known lies in the window, asking there tells nothing.
  if (!isKnown && total(unsure) >= KNOWN_MS) {
    return pickNear(input, unsure.map(withSpare), { fromMs: loMs, toMs: hiMs })
  }
  const spans = smaller
    .map((marginMs) => sure(marginMs, restedMs))
    .find((some) => total(some) >= Math.min(LITTLE_MS, half))
  return pick(input, spans ?? spansOf(input, soonestMs, hiMs + DAY_MS).slice(0, 1))
}

/**
 * Where nothing is known yet: the day of the site that lasts now, where that surely lasts long
 * enough; else what is left of the window, the one chance of a day that may end with it.
 */
function spansOfNew(input: PlanInput, marginMs: number): Span[] {
  const { sinceMs, clock } = input
  const today = spansOf(input, sinceMs, dayEnd(clock, sinceMs).loMs - marginMs)
  if (total(today) >= ENOUGH_MS) return today
  const spans = spansOf(input, sinceMs, sinceMs + DAY_MS)
  const [first] = spans
  return first && total([first]) >= ENOUGH_MS ? [first] : spans
}

/** Later than planned by this much is late, ms: alarms and starts of the worker take a while. */
const GRACE_MS = 2 * MINUTE_MS

/** What a planned time means now: it is time, or the next look is at `atMs`. */
export type Due =
  | { readonly isDue: true; readonly isLate: boolean }
  /** `isNew`: `atMs` was drawn now and has to be remembered, or it would be drawn again. */
  | { readonly isDue: false; readonly atMs: number; readonly isNew?: true }

/**
 * Holds a planned time against the clock. One that passed while the browser was closed or asleep is
 * caught up some minutes later, so that sites are not asked in step with the start of a browser.
 *
 * @param catchUpMs when a time that passed is to be caught up, as drawn before
 */
export function dueNow(
  user: UserTime,
  plannedMs: number,
  catchUpMs: number | undefined,
  nowMs: number,
): Due {
  const { hours, offsetAt } = user
  if (nowMs < plannedMs) return { isDue: false, atMs: plannedMs }
  if (!isInWindow(hours, nowMs, offsetAt)) {
    return { isDue: false, atMs: nextInWindow(hours, nowMs, offsetAt) }
  }
  if (nowMs <= plannedMs + GRACE_MS) return { isDue: true, isLate: false }
  const isDrawn = catchUpMs !== undefined && catchUpMs >= plannedMs
  if (isDrawn && nowMs >= catchUpMs && nowMs <= catchUpMs + GRACE_MS) {
    return { isDue: true, isLate: true }
  }
  if (isDrawn && nowMs < catchUpMs && catchUpMs <= nowMs + LONGEST_WAIT_MS) {
    return { isDue: false, atMs: catchUpMs }
  }
  const atMs = nowMs + soon(user, `catch up ${nowMs}`)
  // The window may be over by then.
  if (!isInWindow(hours, atMs, offsetAt)) return { isDue: true, isLate: true }
  return { isDue: false, atMs, isNew: true }
}

const LONGEST_WAIT_MS = 10 * MINUTE_MS

/** 1 to 10 minutes, ms. */
function soon({ share }: UserTime, words: string): number {
  return Math.floor(MINUTE_MS + share(words) * (LONGEST_WAIT_MS - MINUTE_MS))
}

function spansOf({ hours, offsetAt }: UserTime, fromMs: number, toMs: number): Span[] {
  return fromMs < toMs ? windowSpans(hours, { fromMs, toMs }, offsetAt) : []
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
}

/** A time in these stretches, as the settings say. */
function pick(input: PlanInput, all: readonly Span[]): number {
  const useful = all.filter((span) => total([span]) >= SHORT_MS)
  const spans = useful.length > 0 ? useful : all
  const [first] = spans
  if (!first) return input.sinceMs
  // The same all day long, and another one every day.
  const day = String(Math.floor(first.fromMs / DAY_MS))
  if (input.isEager) {
    return Math.min(first.fromMs + soon(input, `early ${day}`), middle(first))
  }
  if (input.hours.mode === 'fixed') return pickFixed(input, spans)
  const early = spans.map(withSpare)
  let left = Math.floor(input.share(day) * total(early))
  for (const { fromMs, toMs } of early) {
    if (left < toMs - fromMs) return fromMs + left
    left -= toMs - fromMs
  }
  return first.fromMs
}

/**
 * A time in these stretches near the middle of what is not known: not the very middle, and no end of
 * a window, where all accounts would meet.
 */
function pickNear(input: PlanInput, spans: readonly Span[], unknown: Span): number {
  const share = input.share(String(Math.floor(unknown.toMs / DAY_MS)))
  const wishedMs = unknown.fromMs + total([unknown]) * (0.45 + share / 10)
  const atMs = nearest(spans, wishedMs)
  const end = spans.find(({ fromMs, toMs }) => atMs === fromMs || atMs === toMs)
  if (!end) return atMs
  const inwardMs = Math.floor(share * Math.min(SPARE_MS, total([end]) / 2))
  return atMs === end.fromMs ? atMs + inwardMs : atMs - inwardMs
}

/**
 * The fixed time where it is among these stretches, else what is nearest to it. It may be as late as
 * the window allows, for so the user decided; not as late as the site's day does.
 */
function pickFixed({ hours, offsetAt }: PlanInput, spans: readonly Span[]): number {
  const [first] = spans
  const last = spans.at(-1)
  if (!first || !last) return 0
  const range = { fromMs: first.fromMs - DAY_MS / 2, toMs: last.toMs + DAY_MS / 2 }
  const minute = { from: hours.at, to: minuteAfter(hours.at) }
  const times = windowSpans(minute, range, offsetAt).map(({ fromMs }) => fromMs)
  const early = spans.map(withSpare)
  const allowed = spans.map((span, at) => {
    const isWindowsEnd = !isInWindow(hours, span.toMs, offsetAt)
    return isWindowsEnd ? span : (early[at] ?? span)
  })
  const inside = times.find((atMs) =>
    allowed.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs),
  )
  if (inside !== undefined) return inside
  const [best = first.fromMs] = times
    .map((atMs) => nearest(early, atMs))
    .map((atMs, at) => ({ atMs, farMs: Math.abs(atMs - (times[at] ?? 0)) }))
    .sort((a, b) => a.farMs - b.farMs || a.atMs - b.atMs)
    .map(({ atMs }) => atMs)
  return best
}

function minuteAfter(time: string): string {
  return new Date(Date.parse(`2000-01-01T${time}:00Z`) + MINUTE_MS).toISOString().slice(11, 16)
}

/** A stretch without what is kept free at its end. */
function withSpare({ fromMs, toMs }: Span): Span {
  const hasRoom = toMs - fromMs >= ENOUGH_MS
  return { fromMs, toMs: hasRoom ? toMs - SPARE_MS : middle({ fromMs, toMs }) }
}

function middle({ fromMs, toMs }: Span): number {
  return Math.ceil((fromMs + toMs) / 2)
}

/** The time in these stretches, ends included, that is nearest to `atMs`. */
function nearest(spans: readonly Span[], atMs: number): number {
  const times = spans.map(({ fromMs, toMs }) => Math.min(Math.max(atMs, fromMs), toMs))
  const best = Math.min(...times.map((time) => Math.abs(time - atMs)))
  return Math.floor(times.find((time) => Math.abs(time - atMs) === best) ?? atMs)
}
