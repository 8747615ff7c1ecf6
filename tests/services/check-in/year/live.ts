import type { JournalEntry } from '@/src/domain/journal'

import { type Happening, happeningsOf } from './habits'
import type { YearRelay } from './relay'
import { chanceOf, type Chance, type Scenario } from './scenario'
import { YearBrowser } from './year-browser'
import { offsetOf, type Zone } from './zones'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 10, 1)
const DAYS = 365

/** A stretch of true time, epoch ms. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** When an account was planned for, as known from a time on. */
export interface NotedPlan {
  readonly fromMs: number
  readonly plannedMs: number
}

/** A worker that died (nobody's), or a check-in whose answer did not come or that never left. */
export interface Trouble {
  readonly atMs: number
  readonly userId: string | null
}

/** What happened in a year, in true time. */
export interface Year {
  readonly startMs: number
  readonly endMs: number
  readonly userIds: readonly string[]
  readonly relay: YearRelay
  readonly open: readonly Stretch[]
  /** While the browser's clock was wrong. */
  readonly wrong: readonly Stretch[]
  /** The user's zone, from a time on. */
  readonly zones: readonly { readonly fromMs: number; readonly zone: Zone }[]
  readonly plans: ReadonlyMap<string, readonly NotedPlan[]>
  readonly troubles: readonly Trouble[]
  readonly ended: readonly JournalEntry[]
  /** How often the worker was woken. */
  readonly wakes: number
}

/** Lives a year from one thing that happens to the next: nothing goes on in between. */
export async function liveAYear(scenario: Scenario): Promise<Year> {
  const chance = chanceOf(scenario.seed)
  const world = new YearWorld(scenario, chance)
  const endMs = START_MS + DAYS * DAY_MS
  for (const happening of happeningsOf(scenario, chance, START_MS, DAYS)) {
    if (happening.atMs >= endMs) break
    await world.passUntil(happening.atMs)
    world.happen(happening)
  }
  await world.passUntil(endMs)
  return world.end(endMs)
}

/** True time, the browser's clock and place, and whether it is open. */
class YearWorld {
  readonly #chance: Chance
  readonly #browser: YearBrowser
  #trueMs = START_MS
  #wrongMs = 0
  #zone: Zone
  #openedMs: number | null = null
  /** When the worker is woken next, true time. */
  #wakeMs = Infinity
  readonly #open: Stretch[] = []
  readonly #wrong: Stretch[] = []
  readonly #zones: { fromMs: number; zone: Zone }[]

  constructor(scenario: Scenario, chance: Chance) {
    this.#chance = chance
    this.#zone = scenario.userZone
    this.#zones = [{ fromMs: START_MS, zone: this.#zone }]
    this.#browser = new YearBrowser(scenario, chance, {
      trueMs: () => this.#trueMs,
      wrongMs: () => this.#wrongMs,
      offsetAt: (atMs) => offsetOf(this.#zone, atMs),
      spend: (ms) => {
        this.#trueMs += ms
      },
    })
  }

  /** Lets time pass; the worker is woken whenever its time has come. */
  async passUntil(atMs: number): Promise<void> {
    while (this.#openedMs !== null && this.#wakeMs < atMs) {
      this.#trueMs = Math.max(this.#trueMs, this.#wakeMs)
      const { nextMs, isGone } = await this.#browser.wake()
      this.#wakeMs = nextMs
      // Some browsers go down with their worker.
      if (isGone) this.#close()
    }
    this.#trueMs = Math.max(this.#trueMs, atMs)
  }

  happen(happening: Happening): void {
    switch (happening.kind) {
      case 'open':
        if (this.#openedMs !== null) return
        this.#openedMs = this.#trueMs
        if (happening.isNew) this.#browser.endWorker()
        this.#wakeMs = this.#trueMs + 1500
        return
      case 'close':
        if (!happening.isSleep) this.#browser.endWorker()
        this.#close()
        return
      case 'clock':
        this.#setClock(happening.wrongMs)
        break
      case 'travel':
        this.#zone = happening.zone
        this.#zones.push({ fromMs: this.#trueMs, zone: this.#zone })
        break
      case 'by-hand':
        this.#browser.checkInByHand(happening.account)
        return
    }
    this.#browser.notePlansAnew()
    // Noticed at the next pulse at the latest.
    this.#wakeMs = this.#trueMs + this.#chance() * 15 * MINUTE_MS
  }

  end(endMs: number): Year {
    this.#close()
    if (this.#wrongMs !== 0) this.#setClock(0)
    const { userIds, relay, plans, troubles, ended, wakes } = this.#browser
    return {
      startMs: START_MS,
      endMs,
      userIds,
      relay,
      plans,
      troubles,
      ended,
      wakes,
      open: this.#open,
      wrong: this.#wrong,
      zones: this.#zones,
    }
  }

  #close(): void {
    if (this.#openedMs === null) return
    this.#open.push({ fromMs: this.#openedMs, toMs: this.#trueMs })
    this.#openedMs = null
  }

  #setClock(wrongMs: number): void {
    const last = this.#wrong.at(-1)
    if (last && this.#wrongMs !== 0) {
      this.#wrong[this.#wrong.length - 1] = { ...last, toMs: this.#trueMs }
    }
    if (wrongMs !== 0) this.#wrong.push({ fromMs: this.#trueMs, toMs: Infinity })
    this.#wrongMs = wrongMs
  }
}
