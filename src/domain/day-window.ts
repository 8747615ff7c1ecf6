import { DAY_MS } from './site-clock'

/** Offset of the user's clock from UTC at a time (epoch ms), minutes east. */
export type OffsetAt = (atMs: number) => number

/** A part of the user's day, `HH:MM`; `from` later than `to` = over midnight. */
export interface DayWindow {
  readonly from: string
  readonly to: string
}

/** A stretch of time, epoch ms, its end not included. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

const MINUTE_MS = 60_000
/** Zones do not change twice within this time, ms. */
const STEP_MS = 6 * 3_600_000

/** The time on the user's clock as if it were UTC, epoch ms. */
function localMs(atMs: number, offsetAt: OffsetAt): number {
  return atMs + offsetAt(atMs) * MINUTE_MS
}

/** The calendar day of the user's clock, `YYYY-MM-DD`. */
export function localDay(atMs: number, offsetAt: OffsetAt): string {
  return new Date(localMs(atMs, offsetAt)).toISOString().slice(0, 10)
}

/** Whether the user's clock shows a time of the window. */
export function isInWindow(window: DayWindow, atMs: number, offsetAt: OffsetAt): boolean {
  const { fromMs, lengthMs } = timesOf(window)
  return (((localMs(atMs, offsetAt) - fromMs) % DAY_MS) + DAY_MS) % DAY_MS < lengthMs
}

/**
 * The stretches of `range` at which the user's clock shows a time of the window. What the clock
 * shows decides: a time that is skipped when clocks go forward does not come, and one that is shown
 * twice comes twice.
 */
export function windowSpans(window: DayWindow, range: Span, offsetAt: OffsetAt): Span[] {
  const { fromMs, lengthMs } = timesOf(window)
  const spans: Span[] = []
  for (const part of evenParts(range, offsetAt)) {
    const shiftMs = offsetAt(part.fromMs) * MINUTE_MS
    const firstDay = Math.floor((part.fromMs + shiftMs - fromMs) / DAY_MS)
    for (let day = firstDay; ; day += 1) {
      const startMs = day * DAY_MS + fromMs - shiftMs
      if (startMs >= part.toMs) break
      const span = {
        fromMs: Math.max(startMs, part.fromMs),
        toMs: Math.min(startMs + lengthMs, part.toMs),
      }
      if (span.fromMs < span.toMs) add(spans, span)
    }
  }
  return spans
}

/** The next time the clock shows a time of the window, from `atMs` on. */
export function nextInWindow(window: DayWindow, atMs: number, offsetAt: OffsetAt): number {
  const spans = windowSpans(window, { fromMs: atMs, toMs: atMs + 2 * DAY_MS }, offsetAt)
  return spans[0]?.fromMs ?? atMs + DAY_MS
}

/**
 * The day a time belongs to and when that day is over, epoch ms. Where the window goes over midnight
 * a day lasts until the window ends, so that one window is never two days.
 */
export function windowDay(
  window: DayWindow,
  atMs: number,
  offsetAt: OffsetAt,
): { readonly day: string; readonly endMs: number } {
  const { fromMs, lengthMs } = timesOf(window)
  const overMs = Math.max(0, fromMs + lengthMs - DAY_MS)
  const shifted: OffsetAt = (ms) => offsetAt(ms) - overMs / MINUTE_MS
  return { day: localDay(atMs, shifted), endMs: midnightAfter(atMs, shifted) }
}

/** When the user's calendar day that holds `atMs` ends, epoch ms. */
export function midnightAfter(atMs: number, offsetAt: OffsetAt): number {
  const day = localDay(atMs, offsetAt)
  const parts = evenParts({ fromMs: atMs, toMs: atMs + 2 * DAY_MS }, offsetAt)
  for (const part of parts) {
    if (localDay(part.fromMs, offsetAt) !== day) return part.fromMs
    const endMs = Date.parse(`${day}T00:00:00Z`) + DAY_MS - offsetAt(part.fromMs) * MINUTE_MS
    if (endMs < part.toMs) return endMs
  }
  return atMs + DAY_MS
}

function timesOf({ from, to }: DayWindow): { readonly fromMs: number; readonly lengthMs: number } {
  const fromMs = timeOfDay(from)
  const lengthMs = (timeOfDay(to) - fromMs + DAY_MS) % DAY_MS
  return { fromMs, lengthMs: lengthMs === 0 ? DAY_MS : lengthMs }
}

/** `HH:MM` as ms since midnight. */
function timeOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS
}

/** A stretch cut where the offset of the user's clock changes. */
function evenParts({ fromMs, toMs }: Span, offsetAt: OffsetAt): Span[] {
  const parts: Span[] = []
  let startMs = fromMs
  for (let atMs = fromMs; atMs < toMs; atMs += STEP_MS) {
    const nextMs = Math.min(atMs + STEP_MS, toMs)
    if (offsetAt(atMs) === offsetAt(nextMs)) continue
    const changeMs = firstOf(atMs, nextMs, (ms) => offsetAt(ms) !== offsetAt(atMs))
    if (changeMs < toMs) {
      parts.push({ fromMs: startMs, toMs: changeMs })
      startMs = changeMs
    }
  }
  return startMs < toMs ? [...parts, { fromMs: startMs, toMs }] : parts
}

/** The first ms after `lowMs` for which `isTrue` holds; it holds at `highMs`. */
function firstOf(lowMs: number, highMs: number, isTrue: (ms: number) => boolean): number {
  let [low, high] = [lowMs, highMs]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isTrue(middle)) high = middle
    else low = middle
  }
  return high
}

/** Adds a stretch; one that goes on where the last one ended is the same. */
function add(spans: Span[], span: Span): void {
  const last = spans.at(-1)
  if (last?.toMs === span.fromMs) spans[spans.length - 1] = { ...last, toMs: span.toMs }
  else spans.push(span)
}
