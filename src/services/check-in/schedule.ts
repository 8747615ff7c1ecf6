import type { AutomationSettings } from '@/src/domain/automation-settings'
import { settledDay } from '@/src/domain/check-in-evidence'
import { mayAskForNext } from '@/src/domain/check-in-plan'
import { isInWindow, type OffsetAt, windowDay } from '@/src/domain/day-window'
import { settle } from '@/src/domain/failure'
import type { JournalReason } from '@/src/domain/journal'
import { DAY_MS } from '@/src/domain/site-clock'

import type { AccountBook } from '../account-book'
import type { Chore } from '../automation/agenda-keeper'
import type { Attempts } from './attempts'
import type { DayLogs } from './day-logs'
import type { CheckInPorts } from './ports'
import type { CheckInRecords } from './records'
import type { RunLog } from './run-log'
import { missedDay, type Step } from './steps'
import type { Subject } from './subject'
import { type Survey, type Surveyed, takeSurvey } from './survey'

/** A site that starts to offer a check-in is noticed within this time, ms. */
const LOOK_EVERY_MS = 6 * 3_600_000
/** So long plans are early after a day was missed because the browser was closed, ms. */
const EAGER_MS = 14 * DAY_MS

/** What runs by itself: each account's check-in at its time. */
export interface Schedule extends Chore {
  /** The popup was opened: does what is planned for later that day, if the settings say so. */
  popupOpened(): Promise<void>
  /** Resolves when nothing it began is under way. */
  idle(): Promise<void>
}

interface Parts {
  readonly records: CheckInRecords
  readonly attempts: Attempts
  readonly days: DayLogs
  readonly offsetAt: OffsetAt
}

interface Task {
  readonly id: string
  readonly step: Pick<Step, 'act' | 'why' | 'isFollowUp' | 'isMended'>
}

export function createSchedule(ports: CheckInPorts, parts: Parts): Schedule {
  const { now } = ports
  const { records, attempts, days, offsetAt } = parts
  const batches = new Set<Promise<unknown>>()
  const survey = () => takeSurvey(ports, records, offsetAt)

  function launch(tasks: readonly Task[], settings: AutomationSettings): void {
    if (tasks.length === 0) return
    const batch = settle(() => work(tasks, settings)).finally(() => {
      batches.delete(batch)
    })
    batches.add(batch)
  }

  async function work(tasks: readonly Task[], settings: AutomationSettings): Promise<void> {
    await ports.wake.hold()
    await settle(async () => {
      const logged = tasks.filter(({ step }) => step.why !== 'you')
      const log = logged[0] && days.open(settings.checkIn, logged[0].step.why)
      await log?.put()
      const done = await Promise.all(tasks.map((task) => perform(task, log)))
      const ids = done.filter((id) => id !== null)
      if (ids.length > 0) await settle(() => ports.refresh(ids, 'check-in'))
      await conclude()
    })
    await ports.wake.release()
    ports.replan()
  }

  /** The account, if it was checked in. */
  async function perform({ id, step }: Task, log: RunLog | undefined): Promise<string | null> {
    // After a visit to the site's own page it is only looked at: that is no job.
    const own = step.why === 'you' ? undefined : log
    const order = {
      act: step.act,
      byHand: false,
      runId: own?.entry.id ?? '',
      isNext: !step.isFollowUp,
      ...(step.isMended ? { isMended: true } : {}),
    }
    const finding = await attempts.attempt(id, order, own)
    return finding?.state === 'done' ? id : null
  }

  /** Lets the day's entry wait for what is still planned, or ends it. */
  async function conclude(): Promise<void> {
    if (!days.isAnyUnfinished()) return
    const { settings, surveyed } = await survey()
    const dayOf = (atMs: number) => windowDay(settings.checkIn, atMs, offsetAt).day
    for (const { log, endMs, isOver } of days.unfinished(settings.checkIn)) {
      const isUnderWay = !isOver && log.waiting.some((id) => attempts.isBusy(id))
      if (isUnderWay) continue
      const isMore = surveyed.some((one) => isOpenIn(log, one, endMs, dayOf))
      if (isMore && !isOver) {
        if (log.entry.state === 'waiting') continue
        log.become({ state: 'waiting' })
        await log.put()
      } else {
        log.skipWaiting()
        log.close(now())
        await log.put()
        // That a day which was over was gone on with, and nothing came of it, is no news.
        if (log.takeNews()) await settle(() => ports.onEnded(log.entry))
      }
    }
  }

  return {
    async wakeUp() {
      const isOutdated = attempts.watch()
      const { settings, surveyed } = await survey()
      const free = surveyed.filter(({ subject }) => !isOutdated(subject.id))
      for (const one of free) await remember(records, one, now())
      launch(free.flatMap(dueTask), settings)
      if (batches.size === 0) await conclude()
    },
    async nextAtMs() {
      const { settings, surveyed } = await survey()
      // A plan that nobody remembers would begin anew when its time has come.
      for (const one of surveyed) if (!one.isStored) await remember(records, one, now())
      // Side by side, so that the book writes them in one transaction.
      await settle(() =>
        Promise.all(surveyed.map(({ subject }) => showOffered(ports.book, subject, now()))),
      )
      if (batches.size > 0 || attempts.isAnyBusy()) return now()
      const times = surveyed.flatMap(({ steps }) => steps.map(({ atMs }) => atMs))
      times.push(...days.unfinished(settings.checkIn).map(({ endMs }) => endMs))
      const isWatching = surveyed.some(({ subject }) => subject.takesPart)
      if (settings.checkIn.enabled && isWatching) times.push(now() + LOOK_EVERY_MS)
      return times.length === 0 ? null : Math.min(...times)
    },
    async popupOpened() {
      const { checkIn } = await ports.settings()
      // Every opened popup comes here: nobody who did not ask for it pays for reading all accounts.
      if (!checkIn.enabled || !checkIn.onPopup || !isInWindow(checkIn, now(), offsetAt)) return
      const isOutdated = attempts.watch()
      const known = await survey()
      const { endMs } = windowDay(checkIn, now(), offsetAt)
      const tasks = laterToday(known, endMs, now()).filter(({ id }) => !isOutdated(id))
      launch(tasks, known.settings)
    },
    async idle() {
      while (batches.size > 0) await Promise.all(batches)
    },
  }
}

/** What is offered and was never asked for shows as a check-in of which nothing is known. */
async function showOffered(book: AccountBook, subject: Subject, nowMs: number): Promise<void> {
  const { id, isOffered, operations, page } = subject
  const isThere = isOffered ?? operations.offeredBy === 'asking'
  if (!isThere || page.snapshot.checkIn) return
  await book.update(id, ({ snapshot }) => ({
    snapshot: { checkIn: { state: 'unknown', atMs: nowMs, untilMs: nowMs }, ...snapshot },
  }))
}

/** Whether something of an account is still to come that day; another day of its site is not. */
function isOpenIn(
  { entry: { slot, lines } }: RunLog,
  { subject, record, steps }: Surveyed,
  endMs: number,
  dayOf: (atMs: number) => string,
): boolean {
  const isIn = lines.some(({ id, state }) => id === subject.id && state !== 'waiting')
  const settled = settledDay(record)
  const isThrough = isIn || (settled !== null && dayOf(settled.atMs) === slot)
  return steps.some(
    ({ atMs, why, isFollowUp }) => why !== 'you' && atMs < endMs && (isFollowUp || !isThrough),
  )
}

/** Stores what would be drawn anew otherwise: a first record, a time to catch up, a missed day. */
async function remember(records: CheckInRecords, one: Surveyed, nowMs: number): Promise<void> {
  const { subject, record, isStored, steps } = one
  const next = steps.find(({ act, isFollowUp }) => act === 'try' && !isFollowUp)
  const drawn = steps.find(({ isNew }) => isNew)
  const isMissed =
    next !== undefined &&
    missedDay(record, nowMs) &&
    (record.eagerUntilMs ?? 0) < nowMs + EAGER_MS - DAY_MS
  if (isStored ? !drawn && !isMissed : steps.length === 0) return
  await records.edit(subject.id, subject.rule, (current) => ({
    ...current,
    ...(drawn ? { catchUpAtMs: drawn.atMs } : {}),
    ...(isMissed ? { eagerUntilMs: nowMs + EAGER_MS } : {}),
  }))
}

function dueTask({ subject, steps }: Surveyed): Task[] {
  const due = steps.filter(({ isDue }) => isDue)
  const step = due.find(({ act }) => act === 'try') ?? due[0]
  return step ? [{ id: subject.id, step }] : []
}

/** Accounts planned for later that day whose site's day may have begun. */
function laterToday({ surveyed }: Survey, endMs: number, nowMs: number): Task[] {
  const why: JournalReason = 'popup'
  return surveyed.flatMap(({ subject, record, steps }) => {
    const next = steps.find(({ act, isFollowUp }) => act === 'try' && !isFollowUp)
    if (!next || next.isDue || next.atMs >= endMs) return []
    const settled = settledDay(record)
    const isOpen = !settled || mayAskForNext(record.clock, settled, nowMs)
    const step = { act: 'try', why, isFollowUp: false } as const
    return isOpen ? [{ id: subject.id, step }] : []
  })
}
