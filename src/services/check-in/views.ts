import type { CheckInMark, CheckInRecord } from '@/src/domain/check-in'
import { markNow } from '@/src/domain/check-in'
import { localDay, midnightAfter, type OffsetAt } from '@/src/domain/day-window'
import { ok, settle } from '@/src/domain/failure'
import type { JournalEntry } from '@/src/domain/journal'
import type { CheckInStatus } from '@/src/sites/adapter'

import type { AccountPage } from '../account-book'
import type { Attempts } from './attempts'
import type { CheckInPorts } from './ports'
import type { CheckInRecords } from './records'
import { subjectOf } from './subject'
import { type Surveyed, takeSurvey } from './survey'
import { wayOf } from './visits'

/** An account on the Check-in page. */
export interface CheckInRowView {
  accountId: string
  way: 'site' | 'page'
  mark?: CheckInMark
  automatic: boolean
  nextAtMs?: number
  streak?: number
  total?: number
  running: boolean
}

/** One account's days of a month. */
export interface CheckInMonthView {
  days: {
    day: string
    state: CheckInRecord['days'][number]['state']
    by?: CheckInRecord['days'][number]['by']
    reward?: number | undefined
    atMs?: number
  }[]
  fromSite: boolean
  streak?: number
  total?: number
}

export interface CheckInViews {
  list(): Promise<{
    rows: CheckInRowView[]
    run: JournalEntry | null
    nextAtMs: number | null
  }>
  month(accountId: string, month: string): Promise<CheckInMonthView>
}

interface Parts {
  readonly records: CheckInRecords
  readonly attempts: Attempts
  readonly offsetAt: OffsetAt
  readonly current: () => JournalEntry | null
}

export function createViews(ports: CheckInPorts, parts: Parts): CheckInViews {
  const { records, attempts, offsetAt } = parts
  const { now } = ports

  function pageRow(page: AccountPage, record: CheckInRecord): CheckInRowView {
    const openedToday = record.openedDay === localDay(now(), offsetAt)
    const mark = openedToday ? ownPageMark(page.snapshot.checkIn) : null
    return {
      accountId: page.account.id,
      way: 'page',
      ...(mark ? { mark } : {}),
      automatic: false,
      running: false,
    }
  }

  function ownPageMark(stored: CheckInMark | undefined): CheckInMark {
    const known = markNow(stored, now())
    if (known?.by === 'opened') return known
    return { state: 'done', by: 'opened', atMs: now(), untilMs: midnightAfter(now(), offsetAt) }
  }

  function siteRow({ subject, record, steps }: Surveyed, isEnabled: boolean): CheckInRowView {
    const { streak, total } = record
    const mark = markNow(subject.page.snapshot.checkIn, now())
    const times = steps.map(({ atMs }) => atMs)
    return {
      accountId: subject.id,
      way: 'site',
      ...(mark ? { mark } : {}),
      automatic: isEnabled && subject.takesPart,
      ...(times.length > 0 ? { nextAtMs: Math.min(...times) } : {}),
      ...(streak === undefined ? {} : { streak }),
      ...(total === undefined ? {} : { total }),
      running: attempts.isBusy(subject.id),
    }
  }

  async function lastRun(): Promise<JournalEntry | null> {
    const { entries } = await ports.journal.list({ kinds: ['check-in'], limit: 1 })
    return parts.current() ?? entries[0] ?? null
  }

  /** The days as the site tells them; `null` = it does not, or not now. */
  async function askMonth(accountId: string, month: string): Promise<CheckInStatus | null> {
    const told = await ports.atNetwork(() =>
      ports.asAccount(accountId, async ({ adapter, ctx, access }) => {
        const told = await adapter.checkIn?.status?.(ctx, access, month)
        return told ?? ok<CheckInStatus | null>(null)
      }),
    )
    return told.ok ? told.value : null
  }

  return {
    async list() {
      const known = await takeSurvey(ports, records, offsetAt)
      const byId = new Map(known.surveyed.map((one) => [one.subject.id, one]))
      const rows = known.pages.flatMap((page) => {
        const { id, decided } = page.account
        const way = decided.disabled ? null : wayOf(page, ports.adapterFor)
        const one = byId.get(id)
        if (way === 'site' && one) return siteRow(one, known.settings.checkIn.enabled)
        return way === 'page' ? pageRow(page, one?.record ?? known.records.of(id, 'utc')) : []
      })
      const times = rows.flatMap(({ nextAtMs }) => nextAtMs ?? [])
      return {
        rows,
        run: await lastRun(),
        nextAtMs: times.length === 0 ? null : Math.min(...times),
      }
    },
    async month(accountId, month) {
      const page = await ports.book.page(accountId)
      const rule = subjectOf(page, ports.adapterFor)?.rule ?? 'utc'
      const record = await records.read(accountId, rule)
      const status = await settle(() => askMonth(accountId, month))
      const told = status.ok ? status.value : null
      const streak = told?.streak ?? record.streak
      const total = told?.total ?? record.total
      return {
        ...(told?.days
          ? { days: toldDays(told.days, record), fromSite: true }
          : {
              days: record.days.filter(({ day }) => day.startsWith(`${month}-`)),
              fromSite: false,
            }),
        ...(streak === undefined ? {} : { streak }),
        ...(total === undefined ? {} : { total }),
      }
    },
  }
}

/** Days the site told, with what Relaydeck knows of them. */
function toldDays(days: NonNullable<CheckInStatus['days']>, { days: known }: CheckInRecord) {
  const own = new Map(known.map((one) => [one.day, one]))
  return days.map(({ day, reward }) => {
    const ours = own.get(day)
    const isOurs = ours?.state === 'done'
    return {
      day,
      state: isOurs ? ('done' as const) : ('done-earlier' as const),
      ...(ours?.by ? { by: ours.by } : { by: 'status' as const }),
      ...(reward === undefined ? {} : { reward }),
      ...(ours ? { atMs: ours.atMs } : {}),
    }
  })
}
