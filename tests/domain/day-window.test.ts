import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  isInWindow,
  localDay,
  midnightAfter,
  nextInWindow,
  type OffsetAt,
  windowDay,
  windowSpans,
} from '@/src/domain/day-window'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
]

const formats = new Map<string, Intl.DateTimeFormat>()

/** The offset of a real zone, read off a clock of it. */
function zone(name: string): OffsetAt {
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat('en', {
      timeZone: name,
      timeZoneName: 'longOffset',
    })
  formats.set(name, format)
  return (atMs) => {
    const text = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')!.value
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text)!
    return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0
  }
}

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => new Date(minute * MINUTE).toISOString().slice(11, 16))

/** What a clock on the wall shows. */
function shown(atMs: number, offsetAt: OffsetAt): string {
  return new Date(atMs + offsetAt(atMs) * MINUTE).toISOString().slice(11, 16)
}

describe('the part of the day', () => {
  test('is where the user’s clock shows one of its times, in every zone and season', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        clock,
        clock,
        fc.integer({ min: 0, max: 365 * 24 * 4 }),
        (name, from, to, quarter) => {
          fc.pre(from !== to)
          const offsetAt = zone(name)
          const fromMs = Date.UTC(2026, 0, 1) + quarter * 15 * MINUTE
          const range = { fromMs, toMs: fromMs + 30 * HOUR }
          const spans = windowSpans({ from, to }, range, offsetAt)
          for (let atMs = range.fromMs; atMs < range.toMs; atMs += 5 * MINUTE) {
            const time = shown(atMs, offsetAt)
            const isIn = from < to ? from <= time && time < to : from <= time || time < to
            expect(spans.some((span) => span.fromMs <= atMs && atMs < span.toMs)).toBe(isIn)
            expect(isInWindow({ from, to }, atMs, offsetAt)).toBe(isIn)
          }
          spans.forEach((span, at) => {
            expect(span.fromMs).toBeLessThan(span.toMs)
            if (at > 0) expect(spans[at - 1]!.toMs).toBeLessThan(span.fromMs)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  test('that is skipped when clocks go forward does not come', () => {
    // 02:00 became 03:00 at 01:00 UTC.
    const range = { fromMs: Date.UTC(2026, 2, 29), toMs: Date.UTC(2026, 2, 29, 12) }
    const berlin = zone('Europe/Berlin')
    expect(windowSpans({ from: '02:00', to: '03:00' }, range, berlin)).toEqual([])
    expect(windowSpans({ from: '02:30', to: '03:30' }, range, berlin)).toEqual([
      { fromMs: Date.UTC(2026, 2, 29, 1), toMs: Date.UTC(2026, 2, 29, 1, 30) },
    ])
  })

  test('that is shown twice when clocks go back comes twice', () => {
    // 03:00 became 02:00 at 01:00 UTC.
    const range = { fromMs: Date.UTC(2026, 9, 24, 22), toMs: Date.UTC(2026, 9, 25, 12) }
    const spans = windowSpans({ from: '02:00', to: '02:30' }, range, zone('Europe/Berlin'))
    expect(spans).toEqual([
      { fromMs: Date.UTC(2026, 9, 25, 0), toMs: Date.UTC(2026, 9, 25, 0, 30) },
      { fromMs: Date.UTC(2026, 9, 25, 1), toMs: Date.UTC(2026, 9, 25, 1, 30) },
    ])
  })

  test('begins next where the clock shows its first time', () => {
    const at = Date.UTC(2026, 10, 26, 12)
    const window = { from: '22:00', to: '02:00' }
    expect(nextInWindow(window, at, () => 0)).toBe(Date.UTC(2026, 10, 26, 22))
    expect(nextInWindow(window, at, () => 11 * 60)).toBe(at)
    expect(nextInWindow(window, at, () => 9 * 60)).toBe(Date.UTC(2026, 10, 26, 13))
  })
})

describe('the day', () => {
  test('ends when the user’s clock shows another date, and no sooner', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 365 * 24 * 4 }),
        (name, quarter) => {
          const offsetAt = zone(name)
          const atMs = Date.UTC(2026, 0, 1) + quarter * 15 * MINUTE
          const endMs = midnightAfter(atMs, offsetAt)
          expect(endMs).toBeGreaterThan(atMs)
          expect(endMs - atMs).toBeLessThanOrEqual(26 * HOUR)
          expect(localDay(endMs - 1, offsetAt)).toBe(localDay(atMs, offsetAt))
          expect(localDay(endMs, offsetAt)).not.toBe(localDay(atMs, offsetAt))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('of a window over midnight is the one on which it began', () => {
    const window = { from: '22:00', to: '02:00' }
    const utc = () => 0
    const endMs = Date.UTC(2026, 10, 27, 2)
    for (const hour of [3, 22, 23, 24, 25]) {
      const atMs = Date.UTC(2026, 10, 26, hour)
      expect(windowDay(window, atMs, utc)).toEqual({ day: '2026-11-26', endMs })
    }
    expect(windowDay(window, endMs, utc).day).toBe('2026-11-27')
  })

  test('is the calendar day for any other window', () => {
    const window = { from: '09:00', to: '23:00' }
    const { day, endMs } = windowDay(window, Date.UTC(2026, 10, 26, 20), zone('Asia/Shanghai'))
    expect(day).toBe('2026-11-27')
    expect(endMs).toBe(Date.UTC(2026, 10, 27, 16))
    expect(endMs - Date.UTC(2026, 10, 26, 20)).toBeLessThan(DAY)
  })
})
