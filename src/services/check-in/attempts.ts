import type { CheckInMark, CheckInRecord } from '@/src/domain/check-in'
import { zoneOffset } from '@/src/domain/agenda'
import { type Failure, raise, settle, unwrap } from '@/src/domain/failure'
import { createTurns, type Turns } from '@/src/storage/turns'

import type { UpdateResult } from '../account-book'
import type { BookChange } from '../book-update'
import { Conversation, type Order } from './conversation'
import type { Finding, Report } from './finding'
import { recordAfter } from './follow-up'
import { daysAfter, lineStateOf, markAfter } from './mark'
import type { CheckInPorts } from './ports'
import type { CheckInRecords } from './records'
import type { RunLog } from './run-log'
import { looksAfterOpening } from './steps'
import { type Subject, subjectOf, userTimeOf } from './subject'

/** Asks one account's site, and writes down what came of it. */
export interface Attempts {
  /**
   * Waits for the turn of the account's site. `null` = it was not begun after all, or there is no
   * such account any more.
   *
   * @param mayBegin asked when the turn has come
   */
  attempt(id: string, order: Order, log?: RunLog, mayBegin?: () => boolean): Promise<Finding | null>
  /** Whether it is being asked, or waits for its turn. */
  readonly isBusy: (id: string) => boolean
  /**
   * Begins to watch: what is read from now on of an account is out of date once this says so, as it
   * is being asked, or was since.
   */
  readonly watch: () => (id: string) => boolean
  readonly isAnyBusy: () => boolean
}

export function createAttempts(ports: CheckInPorts, records: CheckInRecords): Attempts {
  const { now, offsetAt = zoneOffset } = ports
  const busy = createBusy()
  const turnsAt = createTurnsByOrigin()

  async function open(id: string): Promise<Subject> {
    const page = await ports.book.page(id)
    return (
      subjectOf(page, ports.adapterFor) ?? raise({ class: 'unsupported', reason: 'no-check-in' })
    )
  }

  async function converse(id: string, order: Order): Promise<Report> {
    const subject = await open(id)
    if (subject.isDisabled) raise({ class: 'refused', reason: 'account-disabled' })
    const record = await records.read(id, subject.rule)
    // A lost answer lets the site rest; to find out what became of it cannot wait.
    if (isUnasked(record)) await settle(() => ports.forgive([id]))
    const settings = await ports.settings()
    const talk = new Conversation({ records, settings, now }, subject, record, order)
    const result = await ports.asAccount(id, (site) => settle(() => talk.run(site)))
    return talk.report(result)
  }

  /** What became of one whose answer did not come is asked at once; nothing is sent again. */
  async function ask(id: string, order: Order): Promise<Report> {
    const report = await converse(id, order)
    if (!report.isUncertain) return report
    const second = await converse(id, { ...order, act: 'look' })
    const seen = [...report.seen, ...second.seen]
    const { state } = second.finding
    return state === 'unknown' ? { ...report, seen } : { ...second, seen }
  }

  /** State, record and journal in one transaction: none of them is ever ahead of the others. */
  function store(id: string, order: Order, report: Report, log: RunLog | undefined) {
    return records.alone(async (): Promise<UpdateResult> => {
      const subject = await open(id)
      const record = await records.read(id, subject.rule)
      const settings = await ports.settings()
      const nowMs = now()
      const user = userTimeOf(id, settings, offsetAt)
      const { rule } = subject
      const after = recordAfter(record, report, { rule, user, settings, order, nowMs })
      return ports.book.update(id, ({ snapshot }): BookChange => {
        const checkIn = markAfter(snapshot.checkIn, after, report, nowMs, offsetAt)
        const days = checkIn ? daysAfter(after, checkIn, offsetAt) : after.days
        // A day that was known to be done was only looked at: nobody checked in.
        const isKnown = !order.byHand && record.done?.fromMs === after.done?.fromMs
        const line = lineAfter(report.finding, checkIn)
        const state = isKnown && line.state === 'done' ? 'done-earlier' : line.state
        log?.end(id, { ...line, state }, nowMs)
        return {
          snapshot: {
            ...snapshot,
            ...(report.status ? { status: report.status, statusAtMs: nowMs } : {}),
            ...(checkIn ? { checkIn } : {}),
          },
          also: [
            { store: 'checkIns', put: { ...withLooks(after, nowMs), days } },
            ...(log ? [log.change()] : []),
          ],
        }
      })
    })
  }

  async function attempt(
    id: string,
    order: Order,
    log: RunLog | undefined,
  ): Promise<Finding | null> {
    log?.begin(id, now())
    ports.announce()
    const asked = await settle(() => ask(id, order))
    const done = await settle(async () => store(id, order, unwrap(asked), log))
    if (asked.ok && done.ok && done.value === 'written') {
      log?.noteChange()
      ports.announce()
      return asked.value.finding
    }
    // Removed meanwhile, or never one with a check-in; a disk that fails leaves `sent` as it is.
    log?.end(id, done.ok ? { state: 'skipped' } : failedLine(done.failure), now())
    await settle(async () => log?.put())
    ports.announce()
    return null
  }

  return {
    async attempt(id, order, log, mayBegin = () => true) {
      busy.begin(id)
      try {
        const opened = await settle(() => ports.book.page(id))
        const origin = opened.ok ? opened.value.account.decided.origin : id
        return await turnsAt(origin, () =>
          ports.atNetwork(() => (mayBegin() ? attempt(id, order, log) : Promise.resolve(null))),
        )
      } finally {
        busy.end(id)
      }
    },
    isBusy: busy.has,
    watch: busy.watch,
    isAnyBusy: busy.isAny,
  }
}

/** Accounts that are being asked or wait for it, each as often as it is. */
function createBusy() {
  const counts = new Map<string, number>()
  /** When the last attempt of an account ended, counted in attempts that ended. */
  const ended = new Map<string, number>()
  let endedCount = 0
  return {
    begin(id: string) {
      counts.set(id, (counts.get(id) ?? 0) + 1)
    },
    end(id: string) {
      const left = (counts.get(id) ?? 1) - 1
      if (left > 0) counts.set(id, left)
      else counts.delete(id)
      ended.set(id, (endedCount += 1))
    },
    has: (id: string) => counts.has(id),
    isAny: () => counts.size > 0,
    watch: () => {
      const begun = new Set(counts.keys())
      const count = endedCount
      return (id: string) => begun.has(id) || counts.has(id) || (ended.get(id) ?? 0) > count
    },
  }
}

/** Something was sent, and nobody has asked since what became of it: maybe its worker died. */
function isUnasked({ sent, again }: CheckInRecord): boolean {
  return sent !== undefined && !(again && again.atMs > sent.atMs)
}

/** Accounts of one origin come one after the other; origins side by side. */
function createTurnsByOrigin() {
  const known = new Map<string, { readonly turns: Turns; waiting: number }>()
  return async <T>(origin: string, work: () => Promise<T>): Promise<T> => {
    const place = known.get(origin) ?? { turns: createTurns(), waiting: 0 }
    known.set(origin, place)
    place.waiting += 1
    try {
      return await place.turns.take(work)
    } finally {
      place.waiting -= 1
      if (place.waiting === 0) known.delete(origin)
    }
  }
}

function withLooks(record: CheckInRecord, nowMs: number): CheckInRecord {
  const { opened, ...rest } = record
  if (!opened) return record
  const looks = looksAfterOpening(opened, nowMs)
  return { ...rest, opened: { ...opened, looks } }
}

/** A look that only sees that it is still not done does not know better why than what is known. */
function lineAfter(finding: Finding, mark: CheckInMark | undefined) {
  if (finding.state !== 'open' || mark?.state !== 'needs-you') return lineOf(finding)
  const { state, failure } = mark
  return { state, ...(failure ? { failure } : {}) }
}

function lineOf(finding: Finding) {
  const state = lineStateOf(finding)
  switch (finding.state) {
    case 'done':
    case 'done-earlier': {
      const { by, reward } = finding
      return { state, ...(by ? { by } : {}), ...(reward === undefined ? {} : { reward }) }
    }
    case 'needs-you':
    case 'failed':
    case 'not-done':
    case 'unknown':
      return { state, ...(finding.failure ? { failure: finding.failure } : {}) }
    case 'open':
    case 'untold':
    case 'not-offered':
      return { state }
  }
}

/** An account that is gone, or has no check-in, has nothing to fail at. */
function failedLine(failure: Failure) {
  if (failure.reason === 'account-disabled') return { state: 'skipped' as const, failure }
  const isGone = failure.class === 'not-found' || failure.class === 'unsupported'
  return isGone ? { state: 'skipped' as const } : { state: 'failed' as const, failure }
}
