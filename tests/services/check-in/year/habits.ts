import type { Chance, Scenario } from './scenario'
import { offsetOf, type Zone } from './zones'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What happens to a browser. */
export type Happening =
  | { readonly atMs: number; readonly kind: 'open'; readonly isNew: boolean }
  | { readonly atMs: number; readonly kind: 'close'; readonly isSleep: boolean }
  /** Its clock is wrong by so much from now on, ms; 0 = right again. */
  | { readonly atMs: number; readonly kind: 'clock'; readonly wrongMs: number }
  | { readonly atMs: number; readonly kind: 'travel'; readonly zone: Zone }
  | { readonly atMs: number; readonly kind: 'by-hand'; readonly account: number }

/** Everything that happens in a year, in order. */
export function happeningsOf(scenario: Scenario, chance: Chance, startMs: number, days: number) {
  const all: Happening[] = []
  const between = (from: number, to: number) => from + chance() * (to - from)
  const some = (from: number, to: number) => Math.floor(between(from, to))
  for (const [fromMs, toMs] of openSpans(scenario, between, startMs, days)) {
    const isSleep = chance() < 0.3
    all.push({ atMs: fromMs, kind: 'open', isNew: chance() < 0.7 })
    all.push({ atMs: toMs, kind: 'close', isSleep })
  }
  for (let jump = 0; jump < scenario.jumps; jump += 1) {
    const atMs = startMs + between(5, days - 5) * DAY_MS
    const size = chance() < 0.5 ? between(-3, 3) * DAY_MS : between(-6, 6) * HOUR_MS
    all.push({ atMs, kind: 'clock', wrongMs: Math.round(size) })
    all.push({ atMs: atMs + between(0.01, 2) * DAY_MS, kind: 'clock', wrongMs: 0 })
  }
  for (let travel = 0; travel < scenario.travels; travel += 1) {
    const zone = { baseMin: some(-11, 14) * 60, summerMin: 0, isSouthern: false }
    all.push({ atMs: startMs + between(0, days) * DAY_MS, kind: 'travel', zone })
  }
  for (let day = 0; day < days; day += 1) {
    if (chance() >= scenario.byHand) continue
    const atMs = startMs + (day + chance()) * DAY_MS
    all.push({ atMs, kind: 'by-hand', account: some(0, scenario.accounts) })
  }
  return all.sort((a, b) => a.atMs - b.atMs)
}

/** When the browser is open, in true time. */
function openSpans(
  { habit, userZone }: Scenario,
  between: (from: number, to: number) => number,
  startMs: number,
  days: number,
): [number, number][] {
  const endMs = startMs + days * DAY_MS
  const spans: [number, number][] = []
  let atMs = startMs
  if (habit === 'office') {
    const [opens, lasts] = [between(0, 24), between(1, 12)]
    for (let day = 0; day < days; day += 1) {
      if (between(0, 1) < 0.2) continue
      const midnightMs = startMs + day * DAY_MS - offsetOf(userZone, startMs) * MINUTE_MS
      const fromMs = midnightMs + (opens + between(-0.5, 0.5)) * HOUR_MS
      spans.push([fromMs, fromMs + lasts * HOUR_MS])
    }
    return spans.filter(([fromMs], at) => fromMs >= startMs && fromMs > (spans[at - 1]?.[1] ?? 0))
  }
  const [open, closed] = {
    always: [
      [24, 400],
      [0.1, 3],
    ],
    pieces: [
      [0.75, 3],
      [0.5, 8],
    ],
    rare: [
      [0.1, 6],
      [4, 60],
    ],
  }[habit] as [[number, number], [number, number]]
  while (atMs < endMs) {
    const toMs = atMs + between(...open) * HOUR_MS
    spans.push([atMs, toMs])
    atMs = toMs + between(...closed) * HOUR_MS
  }
  return spans
}
