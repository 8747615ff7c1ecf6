import {
  CHECK_IN_DAYS_KEPT,
  type CheckInDay,
  type CheckInMark,
  type CheckInRecord,
  markNow,
} from '@/src/domain/check-in'
import { settledEnd } from '@/src/domain/check-in-plan'
import { localDay, midnightAfter, type OffsetAt } from '@/src/domain/day-window'
import type { LineState } from '@/src/domain/journal'

import { type Finding, isDone, type Report } from './finding'

/** What lists show of an account after a conversation; `undefined` = nothing is known. */
export function markAfter(
  before: CheckInMark | undefined,
  record: CheckInRecord,
  report: Report,
  nowMs: number,
  offsetAt: OffsetAt,
): CheckInMark | undefined {
  const { finding, seen } = report
  if (finding.state === 'untold') return before
  const known = markNow(before, nowMs)
  const isKnownDone = known !== null && isDone(known)
  if (isDone(finding)) {
    const isNew = seen.some((one) => one.state === 'done' && one.isNew)
    // The answer to the check-in itself tells more than a later look.
    if (isKnownDone && known.state === finding.state && !isNew) return known
  } else {
    if (isKnownDone && !record.left && finding.state !== 'open') return known
    // Why it is not done says more than that it is not.
    const isBare = finding.state === 'open' || (finding.state === 'not-done' && !finding.failure)
    if (known && !isKnownDone && isBare) return known
  }
  const seenAt = isDone(finding) && record.done ? record.done : { fromMs: nowMs, atMs: nowMs }
  return {
    ...shown(finding, report),
    atMs: nowMs,
    untilMs: untilOf(settledEnd(record.clock, seenAt), nowMs, offsetAt),
  }
}

function shown(
  finding: Finding,
  { seen }: Report,
): Pick<CheckInMark, 'state' | 'by' | 'reward' | 'failure'> {
  switch (finding.state) {
    case 'done':
    case 'done-earlier': {
      const { state, by, reward } = finding
      return { state, ...(by ? { by } : {}), ...(reward === undefined ? {} : { reward }) }
    }
    case 'open':
    case 'untold':
      return { state: 'not-done', by: 'status' }
    case 'not-offered':
      return { state: finding.state }
    case 'failed': {
      const isOpen = seen.at(-1)?.state === 'open' || finding.failure.class === 'refused'
      return { state: isOpen ? 'not-done' : 'unknown', failure: finding.failure }
    }
    case 'not-done':
    case 'needs-you':
    case 'unknown': {
      const isGuess = finding.state === 'not-done' && finding.isGuess
      const { failure } = finding
      return { state: isGuess ? 'unknown' : finding.state, ...(failure ? { failure } : {}) }
    }
  }
}

/**
 * Until when a mark holds: the earliest end of the site's day. Where its clock is hardly known that
 * is at once, and a person would see nothing; there the end of the person's own day stands for it.
 */
function untilOf(
  { loMs, hiMs }: { readonly loMs: number; readonly hiMs: number },
  nowMs: number,
  offsetAt: OffsetAt,
): number {
  return Math.max(loMs, Math.min(hiMs, midnightAfter(nowMs, offsetAt)))
}

/** The days of an account after a conversation; a day that was done stays so. */
export function daysAfter(
  { days, done }: CheckInRecord,
  { state, by, reward, atMs }: Omit<CheckInMark, 'untilMs'>,
  offsetAt: OffsetAt,
): CheckInDay[] {
  const day = (isDone({ state }) ? done?.day : undefined) ?? localDay(atMs, offsetAt)
  const known = days.find((one) => one.day === day)
  if (state === 'not-offered' || (known && isDone(known))) return days
  const now: CheckInDay = {
    day,
    state,
    atMs,
    ...(by ? { by } : {}),
    ...(reward === undefined ? {} : { reward }),
  }
  const others = days.filter((one) => one.day !== day)
  return [now, ...others].sort((a, b) => b.day.localeCompare(a.day)).slice(0, CHECK_IN_DAYS_KEPT)
}

/** How a line of the journal shows a finding. */
export function lineStateOf(finding: Finding): LineState {
  const { state } = finding
  if (state === 'open') return 'not-done'
  if (state === 'not-done' && finding.isGuess) return 'unknown'
  return state === 'untold' ? 'unknown' : state
}
