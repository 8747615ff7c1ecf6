import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { CheckInRecord } from '@/src/domain/check-in'
import { onClock, siteTime } from '@/src/domain/check-in-evidence'
import { settledEnd } from '@/src/domain/check-in-plan'
import { type Failure, raise, type Result, unwrap } from '@/src/domain/failure'
import { type Range, dayEnd } from '@/src/domain/site-clock'
import type { SiteStatus } from '@/src/domain/snapshot'
import type { CheckInAnswer } from '@/src/sites/adapter'

import { type Finding, findingOf, isCertain, type Report, type Sighting } from './finding'
import {
  balanceBefore,
  fateOf,
  lookIntoLog,
  LOST,
  type Sent,
  sentEarlier,
  type Site,
} from './proofs'
import type { CheckInRecords } from './records'
import { tellingTime } from './site-time'
import type { Subject } from './subject'

/** What an account is asked for. */
export interface Order {
  /** `look`: nothing is ever sent. */
  readonly act: 'try' | 'look'
  /** The user asked for this very account or run. */
  readonly byHand: boolean
  /** The journal entry it belongs to. */
  readonly runId: string
  /** It was planned for the site's next day; it does not go on with the one that was tried last. */
  readonly isNext?: boolean
  /** It is tried once more because the account works again. */
  readonly isMended?: boolean
}

/** A request that did not arrive by now does not arrive any more, ms. */
export const SETTLED_MS = 10 * 60_000
/** Sends of a day where the first one was lost, whatever the settings say. */
export const SENDS_IF_LOST = 2
/** Another try that comes this much later than it should have goes on with nothing, ms. */
const LATE_MS = 3_600_000

/** What a conversation is held with. */
interface Parts {
  readonly records: CheckInRecords
  readonly settings: AutomationSettings
  readonly now: () => number
}

/**
 * One conversation with a site about an account's check-in. It asks first, sends at most once, and
 * writes down that it sends before it does. It may be run a second time with another access, after
 * the first one was refused.
 */
export class Conversation {
  readonly #parts: Parts
  readonly #subject: Subject
  readonly #record: CheckInRecord
  readonly #order: Order
  #seen: Sighting[] = []
  #status: SiteStatus | undefined
  #told: Report['told'] = {}
  #errorMs: number | undefined
  #isSent = false
  #isAnswered = false

  /** @param record as it is now */
  constructor(parts: Parts, subject: Subject, record: CheckInRecord, order: Order) {
    this.#parts = parts
    this.#subject = subject
    this.#record = record
    this.#order = order
  }

  /** The record on the clock of this device as it is now, as far as the site told. */
  get #known(): CheckInRecord {
    if (this.#errorMs === undefined) return this.#record
    return onClock(this.#record, this.#subject.rule, this.#errorMs)
  }

  /** What was sent and may be of the day that lasts; of one that is over nobody needs to know. */
  get #sent(): Sent | undefined {
    const { sent, clock } = this.#known
    return sent && this.#parts.now() < dayEnd(clock, sent.atMs).hiMs ? sent : undefined
  }

  /** @throws what the site failed with */
  run(site: Site): Promise<Finding> {
    this.#seen = []
    const transport = tellingTime(site.ctx.transport, this.#parts.now, (errorMs) => {
      this.#errorMs = errorMs
    })
    return this.#run({ ...site, ctx: { ...site.ctx, transport } })
  }

  async #run(site: Site): Promise<Finding> {
    if (!(await this.#isOffered(site))) return { state: 'not-offered' }
    const today = await this.#askToday(site)
    if (typeof today !== 'string') return today
    const sent = this.#sent
    const isLook = this.#order.act === 'look'
    if (sent) {
      const fate = today === 'open' ? null : await this.#fateOf(site, sent)
      if (fate) return fate
      const isFresh = this.#parts.now() - sent.atMs < SETTLED_MS
      if (isFresh || isLook) return this.#lost()
    }
    if (isLook) return today === 'open' ? { state: 'open' } : this.#lookIntoLog(site)
    if (!this.#maySend()) return sent ? this.#lost() : { state: 'not-done' }
    const { operations } = this.#subject
    const earlier = await sentEarlier(operations, site, this.#known, this.#parts.now())
    return earlier ?? this.#send(site, today)
  }

  /** What came of it, once `run` is through or could not be. */
  report(result: Result<Finding>): Report {
    const report = {
      seen: this.#seen,
      told: this.#told,
      status: this.#status,
      errorMs: this.#errorMs,
      isUncertain: false,
      isRefused: false,
    }
    if (result.ok) return { ...report, finding: result.value }
    const { failure } = result
    if (!this.#isSent) {
      const finding: Finding = this.#sent ? { state: 'unknown', failure } : findingOf(failure)
      return { ...report, finding }
    }
    // After the answer only its confirmation can fail: it may have been given to somebody else.
    const isKnown = this.#isAnswered ? failure.class === 'identity' : isCertain(failure)
    return isKnown
      ? { ...report, finding: findingOf(failure), isRefused: !this.#isAnswered }
      : { ...report, finding: { state: 'unknown', failure: uncertain(failure) }, isUncertain: true }
  }

  async #isOffered({ adapter, ctx, snapshot }: Site): Promise<boolean> {
    if (this.#subject.operations.offeredBy === 'asking') return true
    const known = this.#status ?? snapshot.status
    if (known?.checkInEnabled === true) return true
    // Who asks by hand may know better than what was read yesterday.
    if (known && !this.#order.byHand) return false
    this.#status = unwrap(await adapter.fetchStatus(ctx))
    return this.#status.checkInEnabled === true
  }

  async #askToday(site: Site): Promise<'open' | 'untold' | Finding> {
    const { operations } = this.#subject
    if (!operations.status) return this.#remembered()
    const fromMs = this.#parts.now()
    const asked = await operations.status(site.ctx, site.access)
    if (!asked.ok) return this.#withoutStatus(site, asked.failure)
    const { offered, doneToday, day, reward, streak, total } = asked.value
    this.#told = {
      ...(streak === undefined ? {} : { streak }),
      ...(total === undefined ? {} : { total }),
    }
    if (!offered) return { state: 'not-offered' }
    if (doneToday === null) return 'untold'
    const time = { fromMs, toMs: this.#parts.now() }
    if (!doneToday) {
      this.#seen.push({ state: 'open', time })
      return 'open'
    }
    const { done, clock } = this.#known
    const wasSent = this.#sent !== undefined
    const isOurs = wasSent || (done?.ours === true && fromMs < dayEnd(clock, done.fromMs).hiMs)
    this.#seen.push({ state: 'done', time, day, isNew: wasSent })
    return { state: isOurs ? 'done' : 'done-earlier', by: 'status', reward }
  }

  /** The status cannot be read; of something that was sent, log and balance may tell all the same. */
  async #withoutStatus(site: Site, failure: Failure): Promise<Finding> {
    const sent = this.#sent
    // A new access helps more than asking on with the old one.
    if (!sent || failure.class === 'login') return raise(failure)
    const fate = await this.#fateOf(site, sent)
    return fate?.state === 'done' ? fate : raise(failure)
  }

  /**
   * Where asking would check in, memory decides for a person while the day is surely the same. What
   * runs by itself was planned with that in mind.
   */
  #remembered(): 'untold' | Finding {
    const { done, clock } = this.#known
    if (!done || !this.#order.byHand || this.#parts.now() >= settledEnd(clock, done).loMs)
      return 'untold'
    return { state: done.ours ? 'done' : 'done-earlier' }
  }

  async #fateOf(site: Site, sent: Sent): Promise<Finding | null> {
    const sinceMs = siteTime(this.#known, sent.atMs)
    const fate = await fateOf(this.#subject.operations, site, sent, sinceMs)
    // It was booked when it was sent, however late that is found out. Where another day may have
    // begun since, it may be that day's, done by somebody else: then it says nothing about the clock.
    const time = { fromMs: sent.atMs, toMs: sent.atMs }
    const isNew = this.#parts.now() < dayEnd(this.#known.clock, sent.atMs).loMs
    if (fate?.state === 'done') this.#seen.push({ state: 'done', time, isNew })
    return fate
  }

  async #lookIntoLog(site: Site): Promise<Finding> {
    const nowMs = this.#parts.now()
    const found = await lookIntoLog(this.#subject.operations, site, this.#known, nowMs)
    const time = { fromMs: nowMs, toMs: nowMs }
    if (found.state === 'done-earlier') this.#seen.push({ state: 'done', time, isNew: false })
    return found
  }

  /** One a day, and another one only where the first is known to be lost or the settings say so. */
  #maySend(): boolean {
    const { retry, retryMost } = this.#parts.settings.checkIn
    const count = this.#sendsOfDay()
    if (this.#order.byHand || count === 0) return true
    if (this.#sent && count < SENDS_IF_LOST) return true
    return retry && count < retryMost
  }

  /**
   * Where the day may be over, what was planned for the next one is of the next one, and so is what
   * comes much later than another try of the same day would: counted to the day before, a day would
   * be given up that nobody was asked for.
   */
  #sendsOfDay(): number {
    const { tries, clock } = this.#known
    const nowMs = this.#parts.now()
    const { retryEveryMin } = this.#parts.settings.checkIn
    const isLate = nowMs - tries.lastAtMs >= retryEveryMin * 60_000 + LATE_MS
    const { loMs, hiMs } = dayEnd(clock, tries.lastAtMs)
    const isOver = nowMs >= (this.#order.isNext || isLate ? loMs : hiMs)
    return isOver ? 0 : tries.count
  }

  async #send(site: Site, today: 'open' | 'untold'): Promise<Finding> {
    const { operations, id, rule } = this.#subject
    const { now, records } = this.#parts
    const balance = await balanceBefore(operations, site, now())
    const count = this.#sendsOfDay() + 1
    const atMs = now()
    const sent = { runId: this.#order.runId, atMs, ...(balance === null ? {} : { balance }) }
    const errorMs = this.#errorMs
    const stored = await records.edit(id, rule, (record) => ({
      // Whoever asks what became of it has to know what time it was at the site.
      ...(errorMs === undefined ? record : onClock(record, rule, errorMs)),
      sent,
      tries: { count, lastAtMs: atMs },
    }))
    if (!stored) return raise({ class: 'not-found', reason: 'account' })
    this.#isSent = true
    const answer = unwrap(await operations.perform(site.ctx, site.access))
    this.#isAnswered = true
    const time = { fromMs: atMs, toMs: now() }
    if (answer.outcome !== 'done-earlier') return this.#understand(answer, time)
    return this.#whoseDay(site, answer, { time, today, sent: this.#sent ?? sent })
  }

  /**
   * "Already done" may speak of our own request: one that was thought lost, or one the browser sent
   * once more by itself after its connection had broken.
   */
  async #whoseDay(
    site: Site,
    { day, reward }: Extract<CheckInAnswer, { readonly outcome: 'done' | 'done-earlier' }>,
    { time, today, sent }: { time: Range; today: 'open' | 'untold'; sent: Sent },
  ): Promise<Finding> {
    const isOpened = today === 'open'
    const fate = isOpened ? null : await this.#fateOf(site, sent)
    if (fate?.state === 'done') return fate
    this.#seen.push({ state: 'done', time, day, isNew: isOpened })
    // The site had said a moment before that nobody had done it.
    if (isOpened) return { state: 'done', by: 'status', reward }
    return { state: 'done-earlier', by: 'answer', reward }
  }

  /** What the site told before did not have this one in it yet. */
  #countOneMore(): void {
    const { streak: _, total } = this.#told
    this.#told = total === undefined ? {} : { total: total + 1 }
  }

  /** Where no status tells, a day that was done by somebody else looks the same as a lost request. */
  #lost(): Finding {
    const isGuess = this.#subject.operations.status === undefined
    return { state: 'not-done', failure: LOST, ...(isGuess ? { isGuess } : {}) }
  }

  #understand(answer: CheckInAnswer, time: Range): Finding {
    switch (answer.outcome) {
      case 'done':
      case 'done-earlier': {
        const isNew = answer.outcome === 'done'
        this.#seen.push({ state: 'done', time, day: answer.day, isNew })
        this.#countOneMore()
        return { state: answer.outcome, by: 'answer', reward: answer.reward }
      }
      case 'not-offered':
        return { state: 'not-offered' }
      case 'turnstile':
        return { state: 'needs-you', failure: { class: 'challenge', reason: 'turnstile' } }
    }
  }
}

function uncertain(failure: Failure): Failure {
  return { ...failure, class: 'interrupted', reason: 'uncertain' }
}
