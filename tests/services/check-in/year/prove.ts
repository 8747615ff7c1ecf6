import * as fc from 'fast-check'
import { expect, vi } from 'vitest'

import { liveAYear, type Year } from './live'
import { verdictOf } from './oracle'
import { scenario, type Scenario } from './scenario'

interface Proof {
  /** How many years. */
  readonly runs: number
  /** Every part lives other years. */
  readonly part: number
}

/**
 * Lives so many years, each another one, and holds each against what its relay has in its books. A
 * year that fails is told by its scenario, from which it follows again. They are the same years every
 * time, so that the same code always gets the same verdict; `YEARS_SEED=<number>` lives others.
 *
 * @returns how many check-ins were demanded, so that a proof of nothing would show
 */
export async function proveYears({ runs, part }: Proof): Promise<{ readonly demanded: number }> {
  const seed = Number(process.env['YEARS_SEED'] ?? 0) * 4 + part
  // What is put off for some hundred milliseconds ends with its worker: no year waits for that.
  vi.stubGlobal('setTimeout', () => 0)
  let demanded = 0
  try {
    await fc.assert(
      fc.asyncProperty(scenario, async (one) => {
        const year = await liveAYear(one)
        const verdict = verdictOf(year, one)
        demanded += verdict.demanded
        expect(verdict.missed).toEqual([])
        expect(sentInVain(year, one)).toEqual([])
        expect(year.wakes / 365).toBeLessThan(MOST_WAKES)
      }),
      { numRuns: runs, seed, examples: [[SHORT_DAY]] },
    )
  } finally {
    vi.unstubAllGlobals()
  }
  return { demanded }
}

/**
 * What was sent although the site's day was done. Where a status tells, nothing may be; where asking
 * would check in, a day that may have ended is asked for by checking in, but not all day long.
 */
function sentInVain({ relay, userIds }: Year, { hasStatus }: Scenario): string[] {
  return userIds.flatMap((userId) => {
    const { arrivals } = relay.bookOf(userId)
    const vain = arrivals.filter(({ wasDone }) => wasDone)
    if (hasStatus) return vain.map(({ atMs }) => `user ${userId}: ${new Date(atMs).toISOString()}`)
    const perDay = new Map<number, number>()
    for (const { day } of vain) perDay.set(day, (perDay.get(day) ?? 0) + 1)
    return [...perDay].flatMap(([day, count]) =>
      count > MOST_QUESTIONS ? [`user ${userId}, day ${String(day)}: ${String(count)}`] : [],
    )
  })
}

/** A site's day of 23 hours, of which the window has an hour at the very beginning. */
const SHORT_DAY: Scenario = {
  seed: 1060302696,
  rule: 'server',
  hasStatus: true,
  hasDates: false,
  serverZone: { baseMin: 60, summerMin: 60, isSouthern: true },
  userZone: { baseMin: 0, summerMin: 0, isSouthern: false },
  window: { from: '06:30', to: '08:00' },
  mode: 'random',
  fixedShare: 0,
  habit: 'always',
  kills: 0,
  restarts: 0,
  losses: 0,
  byHand: 0,
  jumps: 3,
  travels: 1,
  accounts: 1,
}

/** A worker that found nothing to do at the time it asked for would ask for it again and again. */
const MOST_WAKES = 20

/** A day's end between two known times is found by halves, half an hour apart at least. */
const MOST_QUESTIONS = 8
