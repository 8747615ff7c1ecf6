/** A site's day is a calendar day, so it has this length whatever summer time does elsewhere, ms. */
export const DAY_MS = 86_400_000

/**
 * What a site counts its days by: `utc`, or the local time of its server, which no call tells
 * (`contracts/new-api.md 5.2`).
 */
export type DayRule = 'utc' | 'server'

/** A range of times or of offsets, ms, both ends included. */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The offsets from UTC by which a site may count its days: everything that fits what was seen of it,
 * be it summer or winter now. Several ranges, because what is seen of the end of a day says nothing
 * about its date: 13 hours east end their day when 11 hours west do.
 */
export type SiteClock = readonly Range[]

const HOUR_MS = 3_600_000

/** All time zones of the world lie in here. */
const ANY_ZONE: Range = { fromMs: -12 * HOUR_MS, toMs: 14 * HOUR_MS }

const UTC: Range = { fromMs: 0, toMs: 0 }

/** More ranges than this are not kept apart. */
export const MOST_RANGES = 8

/**
 * What is known of a site's clock before anything was seen of its days.
 *
 * @param errorMs by how much this device's clock is slow, as far as known: offsets are those from
 *   the UTC of this device
 */
export function priorClock(rule: DayRule, errorMs = 0): SiteClock {
  return shiftClock([rule === 'utc' ? UTC : ANY_ZONE], errorMs)
}

/**
 * By how much a site's clock may have changed since something was seen of it, ms: servers have
 * summer time, which shifts their days by an hour at most, this way or that.
 */
export const SUMMER_MS: Readonly<Record<DayRule, number>> = { utc: 0, server: 61 * 60_000 }

/** What is known of a site whatever its clock says. */
export interface SiteKind {
  readonly rule: DayRule
  /** By how much this device's clock is slow, as far as known, ms. */
  readonly errorMs?: number | undefined
}

export function shiftClock(clock: SiteClock, byMs: number): SiteClock {
  return clock.map(({ fromMs, toMs }) => ({ fromMs: fromMs + byMs, toMs: toMs + byMs }))
}

/** The earliest and the latest time at which the site's day that holds `atMs` may end. */
export function dayEnd(
  clock: SiteClock,
  atMs: number,
): { readonly loMs: number; readonly hiMs: number } {
  let [loMs, hiMs] = [Infinity, -Infinity]
  for (const { fromMs, toMs } of clock) {
    const last = Math.floor((atMs + toMs) / DAY_MS)
    for (let day = Math.floor((atMs + fromMs) / DAY_MS); day <= last; day += 1) {
      // With these offsets it is that day of the site.
      const endMs = (day + 1) * DAY_MS
      loMs = Math.min(loMs, Math.max(endMs - toMs, atMs + 1))
      hiMs = Math.max(hiMs, Math.min(endMs - fromMs, atMs + DAY_MS))
    }
  }
  return { loMs, hiMs }
}

/** What a date of the site's own, told by a call between these times, says about its clock. */
export function learnDate(clock: SiteClock, site: SiteKind, date: string, call: Range): SiteClock {
  const dayMs = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(dayMs)) return clock
  return learn(clock, site, [{ fromMs: dayMs - call.toMs, toMs: dayMs + DAY_MS - 1 - call.fromMs }])
}

/**
 * What it says about a site's clock that its day was done at `doneMs` and a day was open at
 * `openMs`: a day ended in between. Says nothing where more than one may have.
 */
export function learnTurn(
  clock: SiteClock,
  site: SiteKind,
  doneMs: number,
  openMs: number,
): SiteClock {
  if (openMs <= doneMs || openMs - doneMs >= DAY_MS) return clock
  const turns: Range[] = []
  const [{ fromMs, toMs } = ANY_ZONE] = priorClock(site.rule, site.errorMs)
  const slackMs = SUMMER_MS[site.rule]
  const first = Math.floor((fromMs - slackMs + doneMs) / DAY_MS)
  for (let day = first; day * DAY_MS - openMs <= toMs + slackMs; day += 1) {
    turns.push({ fromMs: day * DAY_MS - openMs, toMs: day * DAY_MS - doneMs - 1 })
  }
  return learn(clock, site, turns)
}

/**
 * What is left of a clock. Where nothing is, something changed: the server's zone, or the clock of
 * this device. Then the newest is all that counts.
 */
function learn(clock: SiteClock, { rule, errorMs }: SiteKind, seen: SiteClock): SiteClock {
  const prior = priorClock(rule, errorMs)
  const loose = widened(seen, SUMMER_MS[rule])
  return [common(clock, loose), common(prior, loose)].find(({ length }) => length > 0) ?? prior
}

/** Every range longer at both ends, or shorter where `byMs` is negative; it never vanishes. */
export function widened(clock: SiteClock, byMs: number): SiteClock {
  return clock.map(({ fromMs, toMs }) => {
    const most = Math.max(byMs, Math.ceil((fromMs - toMs) / 2))
    return { fromMs: fromMs - most, toMs: toMs + most }
  })
}

function common(clock: SiteClock, seen: SiteClock): SiteClock {
  const ranges = clock.flatMap((one) =>
    seen.flatMap((other): Range[] => {
      const fromMs = Math.max(one.fromMs, other.fromMs)
      const toMs = Math.min(one.toMs, other.toMs)
      return fromMs <= toMs ? [{ fromMs, toMs }] : []
    }),
  )
  if (ranges.length <= MOST_RANGES) return ranges
  return [
    {
      fromMs: Math.min(...ranges.map(({ fromMs }) => fromMs)),
      toMs: Math.max(...ranges.map(({ toMs }) => toMs)),
    },
  ]
}
