import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { CheckInRecord } from '@/src/domain/check-in'
import type { UserTime } from '@/src/domain/check-in-plan'
import type { OffsetAt } from '@/src/domain/day-window'

import type { AccountPage } from '../account-book'
import type { CheckInPorts } from './ports'
import type { CheckInLookup, CheckInRecords } from './records'
import { type Step, stepsOf } from './steps'
import { type Subject, subjectOf, userTimeOf } from './subject'

/** An account with a check-in, and what comes next of it. */
export interface Surveyed {
  readonly subject: Subject
  readonly record: CheckInRecord
  /** Whether the record is stored already. */
  readonly isStored: boolean
  readonly user: UserTime
  readonly steps: readonly Step[]
}

/** Everything about check-ins as it is now. */
export interface Survey {
  readonly settings: AutomationSettings
  readonly pages: readonly AccountPage[]
  readonly records: CheckInLookup
  readonly surveyed: readonly Surveyed[]
}

export async function takeSurvey(
  { book, settings: load, adapterFor, now }: CheckInPorts,
  records: CheckInRecords,
  offsetAt: OffsetAt,
): Promise<Survey> {
  const [settings, pages, lookup] = await Promise.all([load(), book.pages(), records.readAll()])
  const nowMs = now()
  const surveyed = pages.flatMap((page): Surveyed[] => {
    const subject = subjectOf(page, adapterFor)
    if (!subject || subject.isDisabled) return []
    const record = lookup.of(subject.id, subject.rule)
    const user = userTimeOf(subject.id, settings, offsetAt)
    const steps = stepsOf(subject, record, user, settings, nowMs)
    return [{ subject, record, isStored: lookup.isStored(record), user, steps }]
  })
  return { settings, pages, records: lookup, surveyed }
}
