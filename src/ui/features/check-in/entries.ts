import type { CheckInMark, CheckInState } from '@/src/domain/check-in'
import { markNow } from '@/src/domain/check-in-mark'
import type { SiteDescription } from '@/src/domain/site-description'
import { pageOf } from '@/src/domain/site-pages'
import type { CheckInRow } from '@/src/messaging/automation/check-in'

import type { GlanceEntry } from '../../view/glance-view'

/**
 * How an account stands on its site's current day. Without evidence it is `planned` or `not-asked`,
 * and never anything better.
 */
export type DayState = CheckInState | 'planned' | 'not-asked'

/** In the order of urgency. */
export const DAY_STATES: readonly DayState[] = [
  'needs-you',
  'not-done',
  'unknown',
  'planned',
  'not-asked',
  'done',
  'done-earlier',
  'not-offered',
]

/** One account on the Check-in page. */
export interface CheckInEntry {
  readonly id: string
  readonly row: CheckInRow
  readonly account: GlanceEntry
  readonly state: DayState
  /** The evidence; `null` = there is none for the current day. */
  readonly mark: CheckInMark | null
  readonly can: {
    /** Relaydeck itself can check in, or ask. */
    readonly run: boolean
    /** There is a page for it. */
    readonly open: boolean
  }
}

interface Known {
  readonly rows: readonly CheckInRow[]
  readonly accounts: readonly GlanceEntry[]
  readonly sites: readonly SiteDescription[]
  readonly nowMs: number
}

/** The accounts of the list; one that was deleted meanwhile is left out. */
export function checkInEntries({ rows, accounts, sites, nowMs }: Known): CheckInEntry[] {
  const byId = new Map(accounts.map((account) => [account.row.id, account]))
  return rows.flatMap((row) => {
    const account = byId.get(row.accountId)
    if (!account) return []
    const mark = markNow(row.mark, nowMs)
    const isOwn = row.way === 'page'
    const site = sites.find(({ type }) => type === account.row.siteType)
    const hasPage = site !== undefined && pageOf(site, account.row.origin, 'checkIn') !== null
    return [
      {
        id: row.accountId,
        row,
        account,
        state: mark?.state ?? (row.nextAtMs === undefined ? 'not-asked' : 'planned'),
        mark,
        can: { run: !isOwn && !account.row.disabled, open: isOwn || hasPage },
      },
    ]
  })
}

/** Whether the day's check-in is out of the way, by evidence. */
export function isDone({ state }: Pick<CheckInEntry, 'state'>): boolean {
  return state === 'done' || state === 'done-earlier'
}

/** Whether a run of all would ask this account. */
export function isLeft(entry: CheckInEntry): boolean {
  return entry.can.run && !isDone(entry) && entry.state !== 'not-offered'
}

/** Whether something went wrong that another try may mend. */
export function isFailed({ can, state, mark }: CheckInEntry): boolean {
  if (!can.run) return false
  return state === 'unknown' || (state === 'not-done' && mark?.failure !== undefined)
}

/** Whether only a person can go on, at a page that can be opened. */
export function waitsAtPage({ can, state }: CheckInEntry): boolean {
  return can.open && state === 'needs-you'
}
