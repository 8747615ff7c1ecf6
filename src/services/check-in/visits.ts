import { automationOf } from '@/src/domain/account'
import { CHECK_IN_DAYS_KEPT, type CheckInMark, type CheckInRecord } from '@/src/domain/check-in'
import { localDay, midnightAfter, type OffsetAt } from '@/src/domain/day-window'
import { settle } from '@/src/domain/failure'
import { pageOf } from '@/src/domain/site-pages'

import type { AccountPage } from '../account-book'
import type { Attempts } from './attempts'
import type { CheckInPorts } from './ports'
import type { CheckInRecords } from './records'
import { subjectOf } from './subject'

/** What the user does about check-ins at the sites' own pages. */
export interface Visits {
  /** Opens the pages of these accounts; resolves with how many there were. */
  open(accountIds: readonly string[]): Promise<number>
  /** Asks sites where these accounts stand; nothing is sent. */
  look(accountIds: readonly string[]): Promise<void>
}

interface Parts {
  readonly records: CheckInRecords
  readonly attempts: Attempts
  readonly offsetAt: OffsetAt
}

export function createVisits(ports: CheckInPorts, { records, attempts, offsetAt }: Parts): Visits {
  const { now } = ports

  async function visit(id: string): Promise<boolean> {
    const page = await ports.book.page(id)
    const place = placeOf(page, ports)
    if (!place) return false
    await ports.openTab(place.url)
    if (place.way === 'page') await noteOwnPage(page)
    else {
      const rule = subjectOf(page, ports.adapterFor)?.rule ?? 'utc'
      await records.edit(id, rule, (record) => ({ ...record, opened: { atMs: now(), looks: 0 } }))
    }
    return true
  }

  /** Nobody but the user knows what becomes of a page of their own: having opened it counts. */
  function noteOwnPage({ account }: AccountPage): Promise<unknown> {
    return records.alone(async () => {
      const atMs = now()
      const record = await records.read(account.id, 'utc')
      const day = localDay(atMs, offsetAt)
      const mark = { state: 'done', by: 'opened', atMs } as const
      const put: CheckInRecord = {
        ...record,
        openedDay: day,
        days: [{ day, ...mark }, ...record.days.filter((one) => one.day !== day)].slice(
          0,
          CHECK_IN_DAYS_KEPT,
        ),
      }
      const checkIn: CheckInMark = { ...mark, untilMs: midnightAfter(atMs, offsetAt) }
      return ports.book.update(account.id, ({ snapshot }) => ({
        snapshot: { ...snapshot, checkIn },
        also: [{ store: 'checkIns', put }],
      }))
    })
  }

  return {
    async open(accountIds) {
      let opened = 0
      for (const id of new Set(accountIds)) {
        const visited = await settle(() => visit(id))
        if (visited.ok && visited.value) opened += 1
      }
      ports.announce()
      ports.replan()
      return opened
    },
    async look(accountIds) {
      await ports.forgive(accountIds)
      await ports.wake.hold()
      const order = { act: 'look', byHand: true, runId: '' } as const
      await Promise.all([...new Set(accountIds)].map((id) => attempts.attempt(id, order)))
      await ports.wake.release()
      ports.replan()
    },
  }
}

/** Where an account is checked in by hand; `null` = there is no page for it. */
function placeOf(
  page: AccountPage,
  { adapterFor, descriptions }: CheckInPorts,
): { readonly way: 'site' | 'page'; readonly url: string } | null {
  const { origin, siteType } = page.account.decided
  if (wayOf(page, adapterFor) === 'page') {
    return { way: 'page', url: automationOf(page.account).checkInUrl }
  }
  const site = descriptions.find(({ type }) => type === siteType)
  const url = site && pageOf(site, origin, 'checkIn', page.snapshot)
  return url ? { way: 'site', url } : null
}

/**
 * How an account is checked in: at a `page` of the user's own where there is one, else at its `site`,
 * where the family has a check-in that the site offers or may offer. `null` = not at all.
 */
export function wayOf(
  page: AccountPage,
  adapterFor: CheckInPorts['adapterFor'],
): 'site' | 'page' | null {
  const subject = subjectOf(page, adapterFor)
  if (subject && subject.isOffered !== false) return 'site'
  return automationOf(page.account).checkInUrl === '' ? null : 'page'
}
