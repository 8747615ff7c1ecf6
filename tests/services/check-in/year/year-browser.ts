import type { AccountRecord } from '@/src/domain/account'
import { type AutomationSettings, DEFAULT_AUTOMATION } from '@/src/domain/automation-settings'
import { settledDay } from '@/src/domain/check-in-evidence'
import { plannedAt } from '@/src/domain/check-in-plan'
import type { OffsetAt } from '@/src/domain/day-window'
import type { JournalEntry } from '@/src/domain/journal'
import { emptySnapshot } from '@/src/domain/snapshot'
import { createCheckInRecords } from '@/src/services/check-in/records'
import { userTimeOf } from '@/src/services/check-in/subject'

import { makeAccount } from '../../../support/make'
import type { NotedPlan, Trouble } from './live'
import { type Disk, memoryVault } from './memory-vault'
import { createYearRelay, type YearRelay } from './relay'
import type { Chance, Scenario } from './scenario'
import { startYearWorker, type YearWorker } from './year-worker'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The soonest a worker is woken again, ms. */
const REST_MS = 30_000
/** Entries of the journal that are kept here, ms. */
const JOURNAL_MS = 3 * DAY_MS
/** A worker dies within so many calls of what it was given. */
const LONGEST_FUSE = 120

/** What is around a browser. */
export interface Surroundings {
  /** The true time, and by how much the browser's clock is ahead of it, ms. */
  readonly trueMs: () => number
  readonly wrongMs: () => number
  readonly offsetAt: OffsetAt
  /** Lets time pass while a request is on its way. */
  readonly spend: (ms: number) => void
}

/** A disk with accounts at one relay, and workers that live and die on it. */
export class YearBrowser {
  readonly relay: YearRelay
  readonly plans: ReadonlyMap<string, NotedPlan[]>
  readonly troubles: Trouble[] = []
  readonly ended: JournalEntry[] = []
  wakes = 0
  readonly #scenario: Scenario
  readonly #chance: Chance
  readonly #around: Surroundings
  readonly #disk: Disk = new Map()
  readonly #accounts: readonly AccountRecord[]
  readonly #settings: AutomationSettings
  /** What the plans that were noted last followed from. */
  readonly #noted = new Map<string, { record: unknown; isEager: boolean }>()
  #worker: YearWorker | undefined

  constructor(scenario: Scenario, chance: Chance, around: Surroundings) {
    this.#scenario = scenario
    this.#chance = chance
    this.#around = around
    this.#settings = settingsOf(scenario)
    this.#accounts = accountsOf(scenario)
    this.plans = new Map(this.userIds.map((userId) => [userId, []]))
    this.relay = createYearRelay({
      scenario,
      chance,
      trueMs: around.trueMs,
      spend: around.spend,
      // Of the worker that asks: a dead one gets no answer.
      step: (work) => (this.#worker ?? this.#current()).step(work),
      noteLoss: (userId) => this.troubles.push({ atMs: around.trueMs(), userId }),
    })
    const vault = memoryVault(this.#disk)
    for (const account of this.#accounts) {
      void vault.write([
        { store: 'accounts', put: account },
        { store: 'snapshots', put: emptySnapshot(account.id) },
      ])
    }
  }

  get userIds(): string[] {
    return this.#accounts.map(({ decided }) => decided.userId)
  }

  /** From now on nothing the worker began ever ends. */
  endWorker(): void {
    this.#worker?.die()
  }

  checkInByHand(account: number): void {
    const userId = this.userIds[account]
    if (userId !== undefined) this.relay.checkInByHand(userId)
  }

  /** Plans follow from the user's clock and zone, too. */
  notePlansAnew(): void {
    this.#noted.clear()
  }

  /**
   * Wakes the worker, or a new one, and lets it work until it has nothing to do or dies.
   *
   * @returns when it is woken next, and whether the browser went down with it
   */
  async wake(): Promise<{ readonly nextMs: number; readonly isGone: boolean }> {
    this.wakes += 1
    const { restarts, kills } = this.#scenario
    if (this.#chance() < restarts) this.endWorker()
    const worker = this.#current()
    worker.light(this.#chance() < kills ? 1 + Math.floor(this.#chance() * LONGEST_FUSE) : Infinity)
    const next = await Promise.race([work(worker), worker.died])
    worker.light(Infinity)
    this.#pruneJournal()
    if (next === 'died') this.#noteDeath()
    await this.#notePlans()
    return next === 'died'
      ? this.#afterDeath(worker)
      : { nextMs: this.#alarmAt(next), isGone: false }
  }

  #current(): YearWorker {
    if (this.#worker?.isAlive()) return this.#worker
    this.#worker = startYearWorker({
      disk: this.#disk,
      settings: this.#settings,
      adapter: this.relay.adapter,
      trueMs: this.#around.trueMs,
      now: this.#now,
      offsetAt: this.#around.offsetAt,
      onEnded: (entry) => this.ended.push(entry),
    })
    return this.#worker
  }

  readonly #now = () => Math.floor(this.#around.trueMs()) + this.#around.wrongMs()

  /** The true time of an alarm on the browser's clock. */
  #alarmAt(next: number | null): number {
    if (next === null) return Infinity
    return Math.max(next, this.#now() + REST_MS) - this.#around.wrongMs()
  }

  /** Work that was under way has an alarm of its own, other work waits for the pulse. */
  #afterDeath(worker: YearWorker) {
    const waitMs = worker.isHolding() ? REST_MS : this.#chance() * 15 * MINUTE_MS
    return { nextMs: this.#around.trueMs() + waitMs, isGone: this.#chance() < 0.2 }
  }

  #noteDeath(): void {
    const { trueMs, wrongMs } = this.#around
    this.troubles.push({ atMs: trueMs(), userId: null })
    const records = this.#disk.get('checkIns') as
      Map<string, { sent?: { atMs: number } }> | undefined
    for (const { id, decided } of this.#accounts) {
      // Written down and never sent: to the site it is the same as one that got lost.
      const sent = records?.get(id)?.sent
      const last = this.relay.bookOf(decided.userId).arrivals.at(-1)
      const isLost = sent !== undefined && (last?.atMs ?? 0) < sent.atMs - wrongMs()
      if (isLost) this.troubles.push({ atMs: trueMs(), userId: decided.userId })
    }
  }

  /** Notes when each account is planned for, as it follows from what is stored. */
  async #notePlans(): Promise<void> {
    const { trueMs, wrongMs, offsetAt } = this.#around
    const records = createCheckInRecords({ vault: memoryVault(this.#disk), now: this.#now })
    for (const { id, decided } of this.#accounts) {
      const { rule } = this.#scenario
      const record = await records.read(id, rule)
      const isEager = (record.eagerUntilMs ?? 0) > this.#now()
      const noted = this.#noted.get(id)
      if (noted?.record === record && noted.isEager === isEager) continue
      this.#noted.set(id, { record, isEager })
      const { clock, sinceMs } = record
      const user = userTimeOf(id, this.#settings, offsetAt)
      const settled = settledDay(record)
      const plannedMs = plannedAt({ ...user, rule, clock, sinceMs, settled, isEager })
      this.plans.get(decided.userId)?.push({ fromMs: trueMs(), plannedMs: plannedMs - wrongMs() })
    }
  }

  /** What `prune` does, for a year that would spend its time looking through old entries. */
  #pruneJournal(): void {
    const journal = this.#disk.get('journal') as Map<string, JournalEntry> | undefined
    if (!journal || journal.size < 8) return
    const oldestMs = this.#now() - JOURNAL_MS
    for (const [id, { startedAtMs, endedAtMs }] of journal) {
      if (endedAtMs !== undefined && startedAtMs < oldestMs) journal.delete(id)
    }
  }
}

async function work({ checkIns }: YearWorker): Promise<number | null> {
  await checkIns.wakeUp()
  await checkIns.idle()
  return checkIns.nextAtMs()
}

function accountsOf({ accounts, seed }: Scenario): AccountRecord[] {
  return Array.from({ length: accounts }, (_, at) =>
    makeAccount(
      { origin: `https://relay${String(at)}.example`, userId: String(at + 1) },
      // Times are drawn by it: the same seed has to give the same year.
      { id: `acc_${(seed * 2 + at).toString(16).padStart(32, '0')}` },
    ),
  )
}

function settingsOf({ window, mode, fixedShare }: Scenario): AutomationSettings {
  const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const from = minuteOf(window.from)
  const length = (minuteOf(window.to) - from + 1440) % 1440
  const fixed = (from + Math.floor(fixedShare * length)) % 1440
  const at = new Date(fixed * MINUTE_MS).toISOString().slice(11, 16)
  const { checkIn } = DEFAULT_AUTOMATION
  return { ...DEFAULT_AUTOMATION, checkIn: { ...checkIn, ...window, mode, at } }
}
