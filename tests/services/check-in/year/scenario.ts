import * as fc from 'fast-check'

import type { Zone } from './zones'

/** How a year goes; everything that happens by chance follows from `seed`. */
export interface Scenario {
  readonly seed: number
  readonly rule: 'utc' | 'server'
  readonly hasStatus: boolean
  /** The site tells its own date with a check-in. */
  readonly hasDates: boolean
  readonly serverZone: Zone
  readonly userZone: Zone
  readonly window: { readonly from: string; readonly to: string }
  readonly mode: 'random' | 'fixed'
  /** Part of the window, for `fixed`. */
  readonly fixedShare: number
  readonly habit: 'always' | 'office' | 'pieces' | 'rare'
  /** Chance that a worker that starts to work dies on the way. */
  readonly kills: number
  /** Chance that a worker is a new one at an alarm, as browsers end idle ones. */
  readonly restarts: number
  /** Chance that a check-in is answered by a time-out. */
  readonly losses: number
  /** Chance per day that the user checks in at the site. */
  readonly byHand: number
  readonly jumps: number
  readonly travels: number
  readonly accounts: 1 | 2
}

const minutes = (min: number, max: number, step: number) =>
  fc.integer({ min: min / step, max: max / step }).map((n) => n * step)

const zone: fc.Arbitrary<Zone> = fc.record({
  baseMin: fc.oneof(minutes(-660, 780, 60), minutes(-660, 780, 15)),
  summerMin: fc.constantFrom(0, 0, 60, 60, 30),
  isSouthern: fc.boolean(),
})

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const window = fc
  .oneof(
    { weight: 2, arbitrary: fc.constant([540, 840] as const) },
    { weight: 3, arbitrary: fc.tuple(minutes(0, 1425, 15), minutes(60, 1425, 15)) },
    { weight: 1, arbitrary: fc.tuple(minutes(1200, 1425, 15), minutes(120, 480, 15)) },
  )
  .map(([from, length]) => ({ from: clock(from), to: clock(from + length) }))

export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    seed: fc.noShrink(fc.integer({ min: 0, max: 2 ** 31 - 1 })),
    rule: fc.constantFrom('utc' as const, 'server' as const, 'server' as const),
    hasStatus: fc.constantFrom(true, true, false),
    hasDates: fc.boolean(),
    serverZone: zone,
    userZone: zone,
    window,
    mode: fc.constantFrom('random' as const, 'fixed' as const),
    fixedShare: fc.double({ min: 0, max: 0.999, noNaN: true }),
    habit: fc.constantFrom(
      'always' as const,
      'office' as const,
      'pieces' as const,
      'rare' as const,
    ),
    kills: fc.constantFrom(0, 0.02, 0.1),
    restarts: fc.constantFrom(0, 0.5, 1),
    losses: fc.constantFrom(0, 0.05, 0.2),
    byHand: fc.constantFrom(0, 0, 0.02, 0.3),
    jumps: fc.integer({ min: 0, max: 4 }),
    travels: fc.integer({ min: 0, max: 4 }),
    accounts: fc.constantFrom<1 | 2>(1, 1, 1, 1, 1, 2),
  })
  .map((one) => (one.rule === 'utc' ? { ...one, serverZone: UTC, hasDates: false } : one))

const UTC: Zone = { baseMin: 0, summerMin: 0, isSouthern: false }

/** Numbers of [0, 1) that follow from a seed. */
export type Chance = () => number

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
