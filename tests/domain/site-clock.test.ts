import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  DAY_MS,
  dayEnd,
  learnDate,
  learnTurn,
  MOST_RANGES,
  priorClock,
  type SiteClock,
  type SiteKind,
  SUMMER_MS,
} from '@/src/domain/site-clock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.UTC(2026, 10, 26)

const offset = fc.integer({ min: -720, max: 840 }).map((minutes) => minutes * MINUTE)
const ANY = priorClock('server')
const SERVER: SiteKind = { rule: 'server' }

const dayOf = (atMs: number, offsetMs: number) => Math.floor((atMs + offsetMs) / DAY_MS)
const dateOf = (atMs: number, offsetMs: number) =>
  new Date(dayOf(atMs, offsetMs) * DAY_MS).toISOString().slice(0, 10)
const endOf = (atMs: number, offsetMs: number) => (dayOf(atMs, offsetMs) + 1) * DAY_MS - offsetMs
const holds = (clock: SiteClock, offsetMs: number) =>
  clock.some(({ fromMs, toMs }) => fromMs <= offsetMs && offsetMs <= toMs)

/** What is learnt from a site that is asked at these times and done at each first one of its days. */
function learnt(offsetMs: number, times: readonly number[], tellsDates: boolean): SiteClock {
  let clock = ANY
  let doneMs: number | undefined
  for (const atMs of times) {
    const call = { fromMs: atMs - 300, toMs: atMs + 700 }
    const isOpen = doneMs === undefined || dayOf(doneMs, offsetMs) !== dayOf(atMs, offsetMs)
    if (isOpen && doneMs !== undefined) clock = learnTurn(clock, SERVER, doneMs, call.toMs)
    if (tellsDates) clock = learnDate(clock, SERVER, dateOf(atMs, offsetMs), call)
    doneMs = atMs
  }
  return clock
}

const times = fc
  .array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 1, maxLength: 60 })
  .map((gaps) => {
    let atMs = START
    return gaps.map((minutes) => (atMs += minutes * MINUTE))
  })

describe('the end of a site’s day', () => {
  test('lies between the earliest and the latest that fit, whatever the true offset', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(offset, fc.integer({ min: 0, max: DAY_MS })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.nat({ max: 10 * DAY_MS }),
        fc.nat(),
        (ranges, sinceMs, pick) => {
          const clock = ranges.map(([fromMs, width]) => ({ fromMs, toMs: fromMs + width }))
          const range = clock[pick % clock.length]!
          const trueMs = range.fromMs + (pick % (range.toMs - range.fromMs + 1))
          const atMs = START + sinceMs
          const { loMs, hiMs } = dayEnd(clock, atMs)
          const endMs = endOf(atMs, trueMs)
          expect(loMs).toBeLessThanOrEqual(endMs)
          expect(endMs).toBeLessThanOrEqual(hiMs)
          expect(loMs).toBeGreaterThan(atMs)
          expect(hiMs).toBeLessThanOrEqual(atMs + DAY_MS)
        },
      ),
    )
  })

  test('is exact for a site that counts by UTC', () => {
    const midnight = START + DAY_MS
    expect(dayEnd(priorClock('utc'), START)).toEqual({ loMs: midnight, hiMs: midnight })
    expect(dayEnd(priorClock('utc'), midnight - 1)).toEqual({ loMs: midnight, hiMs: midnight })
    const next = midnight + DAY_MS
    expect(dayEnd(priorClock('utc'), midnight)).toEqual({ loMs: next, hiMs: next })
  })

  test('may be any time of a day at a site of which nothing is known', () => {
    expect(dayEnd(ANY, START)).toEqual({ loMs: START + 1, hiMs: START + DAY_MS })
  })
})

describe('what is learnt of a clock', () => {
  test('never excludes the true offset', () => {
    fc.assert(
      fc.property(offset, times, fc.boolean(), (offsetMs, asked, tellsDates) => {
        expect(holds(learnt(offsetMs, asked, tellsDates), offsetMs)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('stays within what a record holds', () => {
    fc.assert(
      fc.property(offset, times, (offsetMs, asked) => {
        expect(learnt(offsetMs, asked, false).length).toBeLessThanOrEqual(MOST_RANGES)
      }),
    )
  })

  test('is the true end of the day but for summer time, where it is asked around it', () => {
    fc.assert(
      fc.property(offset, fc.boolean(), (offsetMs, tellsDates) => {
        const endMs = endOf(START, offsetMs)
        const clock = learnt(offsetMs, [endMs - 20 * MINUTE, endMs + 10 * MINUTE], tellsDates)
        const { loMs, hiMs } = dayEnd(clock, endMs + 2 * HOUR)
        expect(hiMs - loMs).toBeLessThan(31 * MINUTE + 2 * SUMMER_MS.server)
      }),
    )
  })

  test('says nothing where more than one day may have ended in between', () => {
    expect(learnTurn(ANY, SERVER, START, START + DAY_MS)).toEqual(ANY)
    expect(learnTurn(ANY, SERVER, START, START)).toEqual(ANY)
    expect(learnDate(ANY, SERVER, 'soon', { fromMs: START, toMs: START })).toEqual(ANY)
  })

  test('a change of the server’s zone makes the newest count alone', () => {
    const call = (atMs: number) => ({ fromMs: atMs, toMs: atMs })
    const east = learnDate(
      learnDate(ANY, SERVER, '2026-11-26', call(START)),
      SERVER,
      '2026-11-27',
      call(START + 16 * HOUR + 1),
    )
    expect(holds(east, 8 * HOUR)).toBe(true)
    expect(holds(east, 0)).toBe(false)
    // The container was built anew, with UTC for its zone.
    const moved = learnDate(east, SERVER, '2026-11-27', call(START + DAY_MS + 23 * HOUR))
    expect(holds(moved, 0)).toBe(true)
    expect(holds(moved, -12 * HOUR)).toBe(true)
  })

  test('a date that no zone can have is not believed', () => {
    const clock = learnDate(ANY, SERVER, '2020-01-01', { fromMs: START, toMs: START })
    expect(clock).toEqual(ANY)
  })

  test('of a site that counts by UTC is nothing new', () => {
    const utc = priorClock('utc')
    expect(learnTurn(utc, { rule: 'utc' }, START + HOUR, START + 2 * HOUR)).toEqual(utc)
    expect(learnDate(utc, { rule: 'utc' }, '2026-11-27', { fromMs: START, toMs: START })).toEqual(
      utc,
    )
  })
})
