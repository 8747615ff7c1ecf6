import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { dueNow, type PlanInput, plannedAt, settledEnd } from '@/src/domain/check-in-plan'
import { isInWindow, windowSpans } from '@/src/domain/day-window'
import {
  DAY_MS,
  dayEnd,
  priorClock,
  type SiteClock,
  SUMMER_MS,
  widened,
} from '@/src/domain/site-clock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 10, 26, 12)

/** A plan for an account at a site by UTC, whose user lives by UTC, too. */
function input(given: Partial<PlanInput> & { share?: PlanInput['share'] } = {}): PlanInput {
  return {
    rule: 'utc',
    clock: priorClock('utc'),
    settled: { fromMs: NOON, atMs: NOON },
    sinceMs: NOON,
    isEager: false,
    hours: { from: '09:00', to: '23:00', mode: 'random', at: '09:00' },
    offsetAt: () => 0,
    share: () => 0.5,
    ...given,
  }
}

const at = (text: string) => Date.parse(`2026-11-${text}:00Z`)
const text = (atMs: number) => new Date(atMs).toISOString().slice(8, 16)

const clockTime = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => new Date(minute * MINUTE).toISOString().slice(11, 16))

const anyInput = fc
  .record({
    rule: fc.constantFrom('utc' as const, 'server' as const),
    offsets: fc.tuple(fc.integer({ min: -720, max: 840 }), fc.integer({ min: 0, max: 24 * 60 })),
    from: clockTime,
    to: clockTime,
    mode: fc.constantFrom('random' as const, 'fixed' as const),
    atShare: fc.double({ min: 0, max: 0.999, noNaN: true }),
    share: fc.double({ min: 0, max: 0.999, noNaN: true }),
    userMin: fc.integer({ min: -720, max: 840 }),
    doneMin: fc.nat({ max: 3 * 1440 }),
    againMin: fc.nat({ max: 1440 }),
    isSettled: fc.boolean(),
    isEager: fc.boolean(),
  })
  .filter(({ from, to }) => from !== to)
  .map((one): PlanInput => {
    const [fromMin, width] = one.offsets
    const clock: SiteClock =
      one.rule === 'utc'
        ? priorClock('utc')
        : [{ fromMs: fromMin * MINUTE, toMs: (fromMin + width) * MINUTE }]
    const fromMs = NOON + one.doneMin * MINUTE
    return {
      rule: one.rule,
      clock,
      settled: one.isSettled ? { fromMs, atMs: fromMs + one.againMin * MINUTE } : null,
      sinceMs: fromMs,
      isEager: one.isEager,
      hours: { from: one.from, to: one.to, mode: one.mode, at: timeIn(one) },
      offsetAt: () => one.userMin,
      share: () => one.share,
    }
  })

/** A time of a window. */
function timeIn({ from, to, atShare }: { from: string; to: string; atShare: number }): string {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const length = (minute(to) - minute(from) + 1440) % 1440
  const shown = (minute(from) + Math.floor(atShare * length)) % 1440
  return new Date(shown * MINUTE).toISOString().slice(11, 16)
}

const inWindow = (one: PlanInput, fromMs: number, toMs: number) =>
  fromMs < toMs ? windowSpans(one.hours, { fromMs, toMs }, one.offsetAt) : []

/** What a plan allows for, ms, and the clock with it. */
const doubtOf = ({ rule, clock }: PlanInput) =>
  rule === 'utc'
    ? { marginMs: 2 * MINUTE, wide: widened(clock, 2 * MINUTE) }
    : { marginMs: SUMMER_MS.server, wide: clock }

/** When a settled day may end, with what a plan allows for. */
const endOf = (one: PlanInput, settled: NonNullable<PlanInput['settled']>) =>
  settledEnd(doubtOf(one).wide, settled)

/** What of the window lies between the latest end of the day and the earliest of the next one. */
function sureRoom(one: PlanInput, settled: NonNullable<PlanInput['settled']>) {
  const { marginMs, wide } = doubtOf(one)
  // However long this day was, the next one may be shorter by summer time.
  const loMs = Math.max(dayEnd(wide, settled.fromMs).loMs, settled.atMs - marginMs)
  return inWindow(one, endOf(one, settled).hiMs, loMs + DAY_MS)
}

const total = (spans: readonly { fromMs: number; toMs: number }[]) =>
  spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)

describe('a planned time', () => {
  test('lies in the window, after the settled day may be over and within the one that follows', () => {
    fc.assert(
      fc.property(anyInput, (one) => {
        const plannedMs = plannedAt(one)
        expect(isInWindow(one.hours, plannedMs, one.offsetAt)).toBe(true)
        const settled = one.settled && endOf(one, one.settled)
        const [fromMs, toMs] = settled
          ? [settled.loMs, settled.hiMs + DAY_MS]
          : [one.sinceMs, one.sinceMs + DAY_MS]
        expect(plannedMs).toBeGreaterThanOrEqual(fromMs)
        expect(plannedMs).toBeLessThan(toMs)
      }),
      { numRuns: 2000 },
    )
  })

  test('is surely of the next day, whatever summer time does, where there is room for that', () => {
    fc.assert(
      fc.property(anyInput, (one) => {
        fc.pre(one.settled !== null && one.rule === 'server')
        const room = sureRoom(one, one.settled)
        fc.pre(total(room) >= HOUR)
        const plannedMs = plannedAt(one)
        expect(room.some(({ fromMs, toMs }) => fromMs <= plannedMs && plannedMs < toMs)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('leaves three quarters of an hour where there is room, if it was drawn', () => {
    fc.assert(
      fc.property(anyInput, (one) => {
        fc.pre(one.settled !== null && one.hours.mode === 'random')
        const room = sureRoom(one, one.settled)
        fc.pre(total(room) >= HOUR)
        const plannedMs = plannedAt(one)
        const span = room.find(({ fromMs, toMs }) => fromMs <= plannedMs && plannedMs < toMs)!
        const hasRoom = span.toMs - span.fromMs >= HOUR
        if (hasRoom) expect(span.toMs - plannedMs).toBeGreaterThanOrEqual(45 * MINUTE)
      }),
      { numRuns: 2000 },
    )
  })

  test('is the fixed time, where that is surely of the next day', () => {
    const hours = { from: '09:00', to: '23:00', mode: 'fixed', at: '22:50' } as const
    expect(text(plannedAt(input({ hours })))).toBe('27T22:50')
    // At a site eight hours east the day ends at 16:00, or an hour later.
    const east = [{ fromMs: 7 * HOUR - MINUTE, toMs: 9 * HOUR + MINUTE }]
    const close = { ...hours, at: '16:30' } as const
    const planned = plannedAt(input({ rule: 'server', clock: east, hours: close }))
    expect(text(planned)).toBe('26T17:01')
  })

  test('is half an hour after the last question at least, where the day may last', () => {
    // The site's day has ended at 15:00 so far, and lasts still at 15:20.
    const settled = { fromMs: at('25T15:45'), atMs: at('26T15:20') }
    const hours = { from: '14:30', to: '16:00', mode: 'random', at: '14:30' } as const
    const clock = [{ fromMs: 8 * HOUR, toMs: 10 * HOUR }]
    for (const part of [0, 0.5, 0.999]) {
      const planned = plannedAt(input({ rule: 'server', clock, settled, hours, share: () => part }))
      expect(planned).toBeGreaterThanOrEqual(at('26T15:50'))
    }
  })

  test('follows the user to another zone', () => {
    const hours = { from: '09:00', to: '23:00', mode: 'fixed', at: '10:00' } as const
    expect(text(plannedAt(input({ hours })))).toBe('27T10:00')
    expect(text(plannedAt(input({ hours, offsetAt: () => 8 * 60 })))).toBe('27T02:00')
  })

  test('is spread over the whole window, and another one every day', () => {
    const shares = new Map<string, number>()
    const share = (words: string) => shares.get(words) ?? 0
    const times = Array.from({ length: 50 }, (_, index) => {
      const day = Math.floor(at('27T00:00') / DAY_MS)
      shares.set(String(day), index / 50)
      return plannedAt(input({ share }))
    })
    expect(text(times[0]!)).toBe('27T09:00')
    expect(times.at(-1)).toBeGreaterThan(at('27T21:00'))
    expect(times.at(-1)).toBeLessThan(at('27T22:15'))
    expect(new Set(times).size).toBe(50)
    expect(
      plannedAt(input({ settled: { fromMs: NOON + DAY_MS, atMs: NOON + DAY_MS }, share })),
    ).toBe(at('28T09:00'))
  })

  test('is early while days were missed', () => {
    const planned = plannedAt(input({ isEager: true, share: () => 0.999 }))
    expect(planned).toBeGreaterThanOrEqual(at('27T09:01'))
    expect(planned).toBeLessThanOrEqual(at('27T09:10'))
  })

  test('of a new account is today where the site’s day surely lasts, else within a day', () => {
    const hours = { from: '09:00', to: '23:00', mode: 'fixed', at: '20:00' } as const
    expect(text(plannedAt(input({ settled: null, hours })))).toBe('26T20:00')
    expect(text(plannedAt(input({ settled: null, hours, sinceMs: at('26T21:00') })))).toBe(
      '26T21:00',
    )
    const unknown = input({ settled: null, rule: 'server', clock: priorClock('server') })
    expect(plannedAt(unknown)).toBeLessThan(NOON + DAY_MS)
  })
})

describe('a site whose day may end at any time', () => {
  const unknown = input({ rule: 'server', clock: priorClock('server') })

  test('is asked in the window, near the middle of what is not known', () => {
    // Not all at the end of the window, which is the nearest.
    expect(text(plannedAt({ ...unknown, share: () => 0 }))).toBe('26T22:15')
    expect(text(plannedAt({ ...unknown, share: () => 0.8 }))).toBe('26T21:39')
    const allDay = { ...unknown.hours, from: '00:00', to: '23:59' }
    const times = [0, 0.5, 0.9].map((share) =>
      plannedAt({ ...unknown, hours: allDay, share: () => share }),
    )
    // It is a window all the same, and its end is at midnight.
    expect(times.map(text)).toEqual(['26T22:48', '27T00:22', '27T00:57'])
  })

  test('is asked a few times at most until it is known well enough', () => {
    fc.assert(
      fc.property(anyInput, fc.nat({ max: 1440 }), (one, endMin) => {
        const doneMs = NOON
        const endMs = doneMs + 1 + endMin * MINUTE
        let settled = { fromMs: doneMs, atMs: doneMs }
        const plan = () =>
          plannedAt({
            ...one,
            rule: 'server',
            clock: priorClock('server'),
            isEager: false,
            settled,
          })
        let asked = 0
        for (let nextMs = plan(); nextMs < endMs; nextMs = plan()) {
          asked += 1
          // Half an hour lies between two questions at least.
          expect(nextMs - settled.atMs).toBeGreaterThanOrEqual(30 * MINUTE)
          settled = { fromMs: doneMs, atMs: nextMs }
          expect(asked).toBeLessThan(9)
        }
        const hours = inWindow(one, endMs, endMs + DAY_MS)
        if (total(hours) >= HOUR) expect(plan()).toBeLessThan(endMs + DAY_MS)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a planned time held against the clock', () => {
  const user = input()
  const planned = at('27T12:00')

  test('has not come, has come, or waits for the window', () => {
    expect(dueNow(user, planned, undefined, planned - 1)).toEqual({ isDue: false, atMs: planned })
    expect(dueNow(user, planned, undefined, planned)).toEqual({ isDue: true, isLate: false })
    const soon = planned + 2 * MINUTE
    expect(dueNow(user, planned, undefined, soon)).toEqual({ isDue: true, isLate: false })
    const night = at('28T03:00')
    const next = at('28T09:00')
    expect(dueNow(user, planned, undefined, night)).toEqual({ isDue: false, atMs: next })
  })

  test('that passed is caught up one to ten minutes later, drawn once', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (share) => {
        const nowMs = planned + 3 * HOUR
        const drawn = dueNow({ ...user, share: () => share }, planned, undefined, nowMs)
        if (drawn.isDue) throw new Error('it is due at once')
        expect(drawn.isNew).toBe(true)
        expect(drawn.atMs - nowMs).toBeGreaterThanOrEqual(MINUTE)
        expect(drawn.atMs - nowMs).toBeLessThanOrEqual(10 * MINUTE)
        // Whatever is drawn by a worker that comes later, the first time stays.
        const later = { ...user, share: () => 1 - share }
        const waits = { isDue: false, atMs: drawn.atMs }
        expect(dueNow(later, planned, drawn.atMs, nowMs + 1000)).toEqual(waits)
        const due = { isDue: true, isLate: true }
        expect(dueNow(later, planned, drawn.atMs, drawn.atMs)).toEqual(due)
        expect(dueNow(later, planned, drawn.atMs, drawn.atMs + MINUTE)).toEqual(due)
      }),
    )
  })

  test('is drawn anew after another sleep, and after the clock was set back', () => {
    const nowMs = planned + 5 * HOUR
    expect(dueNow(user, planned, nowMs - HOUR, nowMs)).toMatchObject({ isNew: true })
    expect(dueNow(user, planned, nowMs + DAY_MS, nowMs)).toMatchObject({ isNew: true })
    // What was drawn for another time says nothing about this one.
    expect(dueNow(user, planned, planned - 1, nowMs)).toMatchObject({ isNew: true })
  })

  test('is due at once where the window ends before it could be caught up', () => {
    const late = dueNow({ ...user, share: () => 0.9 }, planned, undefined, at('27T22:58'))
    expect(late).toEqual({ isDue: true, isLate: true })
  })
})
