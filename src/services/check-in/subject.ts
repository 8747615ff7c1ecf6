import { automationOf } from '@/src/domain/account'
import type { AutomationSettings } from '@/src/domain/automation-settings'
import type { UserTime } from '@/src/domain/check-in-plan'
import type { OffsetAt } from '@/src/domain/day-window'
import type { DayRule } from '@/src/domain/site-clock'
import type { SiteType } from '@/src/domain/site-type'
import type { CheckInOperations, DailyAdapter } from '@/src/sites/adapter'

import type { AccountPage } from '../account-book'
import { spreadOf } from '../automation/spread'

/** An account whose family has a check-in. */
export interface Subject {
  readonly id: string
  readonly origin: string
  readonly page: AccountPage
  readonly operations: CheckInOperations
  readonly rule: DayRule
  /** Whether its site offers one; `null` = only asking tells. */
  readonly isOffered: boolean | null
  readonly isDisabled: boolean
  /** The user did not take it out of what runs by itself. */
  readonly takesPart: boolean
}

/** `null` = the family has no check-in, or the user said that theirs is elsewhere. */
export function subjectOf(
  page: AccountPage,
  adapterFor: (type: SiteType) => DailyAdapter,
): Subject | null {
  const { account, snapshot } = page
  const operations = adapterFor(account.decided.siteType).checkIn
  if (!operations || automationOf(account).checkInUrl !== '') return null
  const status = operations.offeredBy === 'status' ? snapshot.status : undefined
  return {
    id: account.id,
    origin: account.decided.origin,
    page,
    operations,
    rule: operations.dayRule,
    isOffered: status ? status.checkInEnabled === true : null,
    isDisabled: account.decided.disabled,
    takesPart: !account.decided.disabled && automationOf(account).checkIn,
  }
}

/** The user's settings and clock, as plans of one account need them. */
export function userTimeOf(id: string, settings: AutomationSettings, offsetAt: OffsetAt): UserTime {
  return { hours: settings.checkIn, offsetAt, share: (words) => spreadOf(id, words) }
}
