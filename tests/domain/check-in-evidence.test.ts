import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { CheckInRecord } from '@/src/domain/check-in'
import {
  onClock,
  seenDone,
  seenOpen,
  settledDay,
  siteTime,
  withoutFuture,
} from '@/src/domain/check-in-evidence'
import { DAY_MS, dayEnd, priorClock, SUMMER_MS } from '@/src/domain/site-clock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 10, 26, 12)

function record(given: Partial<CheckInRecord> = {}): CheckInRecord {
  return {
    id: 'acc_00000000000000000000000000000001',
    sinceMs: NOON - 30 * DAY_MS,
    clock: [...priorClock('server')],
    tries: { count: 0, lastAtMs: 0 },
    days: [],
    ...given,
  }
}

const call = (atMs: number) => ({ fromMs: atMs - 200, toMs: atMs + 300 })

describe('what is seen of a site’s day', () => {
  const offset = fc.integer({ min: -720, max: 840 }).map((minutes) => minutes * MINUTE)
  const gaps = fc.array(fc.integer({ min: 1, max: 45 * 60 }), { minLength: 2, maxLength: 40 })

  test('keeps the true clock, whoever checks in and whether the site tells dates', () => {
    fc.assert(
      fc.property(
        offset,
        gaps,
        fc.boolean(),
        fc.array(fc.boolean()),
        (offsetMs, times, tells, hands) => {
          const dayOf = (atMs: number) => Math.floor((atMs + offsetMs) / DAY_MS)
          let known = record()
          let doneDay = -1
          let atMs = NOON
          times.forEach((gap, at) => {
            atMs += gap * MINUTE
            const day = tells
              ? new Date(dayOf(atMs) * DAY_MS).toISOString().slice(0, 10)
              : undefined
            const time = call(atMs)
            // Somebody else may have been there since it was looked at last.
            if (hands[at] === true) doneDay = dayOf(atMs)
            if (doneDay === dayOf(atMs)) {
              known = seenDone(known, 'server', { time, day, isNew: false })
            } else {
              known = seenOpen(known, 'server', time)
              known = seenDone(known, 'server', { time, day, isNew: true })
              doneDay = dayOf(atMs)
            }
            const fits = known.clock.some((one) => one.fromMs <= offsetMs && offsetMs <= one.toMs)
            expect(fits).toBe(true)
          })
        },
      ),
      { numRuns: 400 },
    )
  })

  test('that is done again later is the same day while that may last', () => {
    const first = seenDone(record(), 'server', { time: call(NOON), isNew: true })
    const later = seenDone(first, 'server', { time: call(NOON + 5 * HOUR), isNew: false })
    expect(later.done).toEqual({ fromMs: NOON - 200, atMs: NOON + 5 * HOUR - 200, ours: true })
    const another = seenDone(later, 'server', { time: call(NOON + 30 * HOUR), isNew: false })
    expect(another.done).toMatchObject({ fromMs: NOON + 30 * HOUR - 200, ours: false })
  })

  test('that has another date is another day', () => {
    const first = seenDone(record(), 'server', { time: call(NOON), day: '2026-11-26', isNew: true })
    const next = seenDone(first, 'server', {
      time: call(NOON + HOUR),
      day: '2026-11-27',
      isNew: false,
    })
    expect(next.done).toMatchObject({ day: '2026-11-27', ours: false })
    const { loMs, hiMs } = dayEnd(next.clock, NOON - 2 * HOUR)
    const summerMs = SUMMER_MS.server
    expect([loMs, hiMs]).toEqual([NOON - 199 - summerMs, NOON + HOUR + 300 + summerMs])
  })

  test('that is done twice when it should have been new makes the clock unknown again', () => {
    const clock = [{ fromMs: 0, toMs: 0 }]
    const done = { fromMs: NOON, atMs: NOON, ours: true }
    const next = { time: call(NOON + DAY_MS), isNew: false }
    const once = seenDone(record({ clock, done }), 'server', next)
    // It may have been somebody else.
    expect(once.clock).toEqual(clock)
    const twice = seenDone(once, 'server', { time: call(NOON + 2 * DAY_MS), isNew: false })
    expect(twice.clock).toEqual(priorClock('server'))
    const dated = { time: call(NOON + 2 * DAY_MS), day: '2026-11-28', isNew: false }
    expect(seenDone(once, 'server', dated).clock).toEqual(clock)
  })

  test('settles that day, and a later try that day', () => {
    const done = { fromMs: NOON, atMs: NOON + HOUR, ours: true }
    const left = { atMs: NOON + DAY_MS, looks: 0, fails: 1 }
    expect(settledDay({})).toBeNull()
    expect(settledDay({ done })).toEqual(done)
    expect(settledDay({ done, left })).toEqual({ fromMs: left.atMs, atMs: left.atMs })
    expect(settledDay({ done, left: { ...left, atMs: NOON } })).toEqual(done)
  })
})

describe('the clock of this device', () => {
  const full = record({
    clock: [{ fromMs: 8 * HOUR, toMs: 9 * HOUR }],
    done: { fromMs: NOON, atMs: NOON + HOUR, ours: true, day: '2026-11-26' },
    left: { atMs: NOON + DAY_MS, looks: 1, fails: 0 },
    again: { atMs: NOON + DAY_MS + HOUR, act: 'look' },
    sent: { runId: 'run_1', atMs: NOON + DAY_MS },
    opened: { atMs: NOON + DAY_MS, looks: 1 },
    tries: { count: 1, lastAtMs: NOON + DAY_MS },
    catchUpAtMs: NOON,
  })

  test('that was changed moves everything it was used to note', () => {
    const slow = onClock(full, 'server', 5 * HOUR)
    expect(slow.done).toMatchObject({ fromMs: NOON - 5 * HOUR, day: '2026-11-26' })
    expect(siteTime(slow, slow.done!.fromMs)).toBe(NOON)
    // The end of the day is the same moment, told by either clock.
    const end = dayEnd(full.clock, NOON)
    const moved = dayEnd(slow.clock, NOON - 5 * HOUR)
    expect([siteTime(slow, moved.loMs), siteTime(slow, moved.hiMs)]).toEqual([end.loMs, end.hiMs])
    const { catchUpAtMs: _, ...rest } = full
    expect(onClock(slow, 'server', 0)).toEqual({ ...rest, errorMs: 0 })
  })

  test('that is as good as right moves nothing', () => {
    expect(onClock(full, 'server', MINUTE)).toBe(full)
    expect(onClock(full, 'server', -MINUTE)).toBe(full)
  })

  test('of a site by UTC is that of the site', () => {
    const { clock } = onClock(record({ clock: [...priorClock('utc')] }), 'utc', -3 * HOUR)
    const atMs = Date.UTC(2026, 10, 27, 2)
    expect(dayEnd(clock, atMs).loMs).toBe(Date.UTC(2026, 10, 27, 3))
  })

  test('that was set back makes what was seen in the future count as not seen', () => {
    expect(withoutFuture(full, 'server', NOON + 2 * DAY_MS)).toBe(full)
    const back = withoutFuture(full, 'server', NOON + 2 * HOUR)
    expect(back).toMatchObject({ done: full.done, clock: priorClock('server') })
    expect([back.left, back.opened]).toEqual([undefined, undefined])
    expect(back.sent!.atMs).toBe(NOON + 2 * HOUR)
    const further = withoutFuture(full, 'server', NOON - 3 * DAY_MS)
    expect([further.done, further.again, settledDay(further)]).toEqual([undefined, undefined, null])
    expect(further.tries.lastAtMs).toBe(NOON - 3 * DAY_MS)
  })
})
