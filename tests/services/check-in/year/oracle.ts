import type { Stretch, Year } from './live'
import type { Scenario } from './scenario'
import { dayNumber, minuteOfDay, type Zone } from './zones'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** So many minutes of window and site day at their end are enough. */
const LAST_MIN = 60
/** So many minutes in one piece after the planned time are enough. */
const AFTER_PLAN_MIN = 45
/** How long it may take until a worker sees that its user has travelled, ms. */
const ARRIVAL_MS = 15 * MINUTE_MS
/** As long as a clock is wrong at most, ms. */
const LONGEST_DOUBT_MS = 3 * DAY_MS
/** More deaths and lost requests in one site day than this may cost it. */
const MOST_TROUBLES = 2

/** What was to be done in a year, said anew from the clocks alone. */
export interface Verdict {
  /** Days of sites for which the browser was open long enough. */
  readonly demanded: number
  /** Those of them without a check-in. */
  readonly missed: readonly string[]
}

/** A day of a site in true time. */
interface SiteDay extends Stretch {
  readonly number: number
}

/**
 * Holds a year against its books. A check-in is demanded for every day of a site for which the
 * browser was open long enough: through the last hour in which window and day meet, or for three
 * quarters of an hour in one piece of window and day after the planned time. It is looked at minute
 * by minute, with nothing of the product in it but that planned time.
 *
 * Left out are days for which nobody can promise anything:
 * - while the browser's clock was wrong, until the site has answered after it was put right, and the
 *   day after: no sooner can it be known;
 * - on which the account was new;
 * - with more than two deaths and lost requests, with two check-ins lost, for there is no third, and
 *   with one so late that there was no time left.
 * Where the user travelled, only the hours after it count.
 */
export function verdictOf(year: Year, scenario: Scenario): Verdict {
  const minutes = minutesOf(year, scenario)
  const firstMs = year.open[0]?.fromMs ?? year.endMs
  const days = siteDays(year, scenario.serverZone).filter(({ fromMs }) => fromMs >= firstMs)
  const missed: string[] = []
  let demanded = 0
  for (const userId of year.userIds) {
    const { done } = year.relay.bookOf(userId)
    for (const day of days) {
      const because = isFair(year, userId, day) ? causeOf(year, minutes, userId, day) : null
      if (!because) continue
      demanded += 1
      const date = new Date(day.fromMs).toISOString()
      if (!done.has(day.number)) missed.push(`user ${userId}, day from ${date}: ${because}`)
    }
  }
  return { demanded, missed }
}

function siteDays({ startMs, endMs }: Year, zone: Zone): SiteDay[] {
  const days: SiteDay[] = []
  let fromMs = startMs
  for (let atMs = startMs + 15 * MINUTE_MS; atMs < endMs; atMs += 15 * MINUTE_MS) {
    const number = dayNumber(zone, atMs)
    if (number === dayNumber(zone, atMs - 15 * MINUTE_MS)) continue
    // A day is known from its begin to its end: the first and the last of the year are not.
    if (fromMs !== startMs) days.push({ fromMs, toMs: atMs, number: number - 1 })
    fromMs = atMs
  }
  return days
}

function isFair(
  { wrong, troubles, relay }: Year,
  userId: string,
  { fromMs, toMs }: SiteDay,
): boolean {
  const { answers } = relay.bookOf(userId)
  const wasWrong = wrong.some((one) => {
    // A worker that asks no more is no excuse.
    const lastMs = one.toMs + LONGEST_DOUBT_MS
    const answeredMs = answers.find((atMs) => atMs >= one.toMs) ?? lastMs
    return one.fromMs < toMs && Math.min(answeredMs, lastMs) > fromMs - DAY_MS
  })
  const those = troubles.filter(({ atMs }) => fromMs <= atMs && atMs < toMs)
  const lost = those.filter((one) => one.userId === userId).length
  return !wasWrong && those.length <= MOST_TROUBLES && lost < 2
}

/** What each minute of the year was good for: 1 = yes. */
interface Minutes {
  /** The user's clock showed a time of the window. */
  readonly usable: Uint8Array
  /** The browser was open from its begin to its end. */
  readonly open: Uint8Array
}

function minutesOf({ startMs, endMs, open, zones }: Year, { window }: Scenario): Minutes {
  const count = (endMs - startMs) / MINUTE_MS
  const minutes = { usable: new Uint8Array(count), open: new Uint8Array(count) }
  const at = (ms: number) => Math.ceil((ms - startMs) / MINUTE_MS)
  for (const { fromMs, toMs } of open) {
    minutes.open.fill(1, at(fromMs), Math.max(0, at(toMs + 1) - 1))
  }
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)]
  const isShown = (time: number) =>
    from < to ? from <= time && time < to : from <= time || time < to
  for (const [place, { fromMs, zone }] of zones.entries()) {
    const end = at(zones[place + 1]?.fromMs ?? endMs)
    let time = 0
    for (let minute = at(fromMs); minute < end; minute += 1) {
      // Zones change at quarters of an hour; asking them is most of the work.
      const isQuarter = minute % 15 === 0 || minute === at(fromMs)
      time = isQuarter ? minuteOfDay(zone, startMs + minute * MINUTE_MS) : (time + 1) % 1440
      minutes.usable[minute] = isShown(time) ? 1 : 0
    }
  }
  return minutes
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Why a check-in is demanded; `null` = it is not. */
function causeOf(
  year: Year,
  { usable, open }: Minutes,
  userId: string,
  day: SiteDay,
): string | null {
  const at = (ms: number) => Math.ceil((ms - year.startMs) / MINUTE_MS)
  // Before a traveller arrives nobody knows that the hours of that day are going to be others.
  const arrivals = year.zones.map(({ fromMs }) => fromMs + ARRIVAL_MS)
  const arrivedMs = arrivals.findLast((ms) => ms < day.toMs) ?? 0
  const [first, end] = [at(Math.max(day.fromMs, arrivedMs)), at(day.toMs)]
  if (isLateTrouble(year, userId, first, usable.lastIndexOf(1, end - 1))) return null
  let last = 0
  for (let minute = end - 1; minute >= first && last < LAST_MIN; minute -= 1) {
    if (usable[minute] === 0) continue
    if (open[minute] === 0) break
    last += 1
  }
  if (last >= LAST_MIN) return 'open at the end'
  const plans = year.plans.get(userId) ?? []
  let known = plans.findLastIndex(({ fromMs }) => fromMs <= day.fromMs)
  let run = 0
  for (let minute = first; minute < end; minute += 1) {
    const atMs = year.startMs + minute * MINUTE_MS
    while ((plans[known + 1]?.fromMs ?? Infinity) <= atMs) known += 1
    const isIn = usable[minute] === 1 && open[minute] === 1
    run = isIn && (plans[known]?.plannedMs ?? Infinity) <= atMs ? run + 1 : 0
    if (run >= AFTER_PLAN_MIN) return 'open after the plan'
  }
  return null
}

/** Whether a worker or a check-in was lost so late that there was no time to make up for it. */
function isLateTrouble({ troubles, startMs }: Year, userId: string, first: number, last: number) {
  return troubles.some(({ atMs, userId: whose }) => {
    const minute = (atMs - startMs) / MINUTE_MS
    const isIn = (whose ?? userId) === userId && first <= minute && minute < last + 1
    return isIn && last - minute < AFTER_PLAN_MIN
  })
}
