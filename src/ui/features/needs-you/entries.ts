import type { Failure } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import { needsYou, type NeedsYouAct, type NeedsYouItem } from '@/src/domain/needs-you'

import { entriesOf, type GlanceEntry, hostOf } from '../../view/glance-view'

/** One thing that waits for the user, with what the list says about it. */
export interface WaitingEntry {
  readonly key: string
  readonly origin: string
  readonly host: string
  readonly act: NeedsYouAct
  /** `null` = nothing went wrong: a check-in page of the user's own waits. */
  readonly failure: Failure | null
  /** The accounts concerned; at least one. */
  readonly accounts: readonly [GlanceEntry, ...GlanceEntry[]]
  /** Ids of those of them whose check-in waits, and not their figures. */
  readonly checkIns: readonly string[]
  /** The last attempt, epoch ms. */
  readonly triedAtMs: number
  /** The newest figures there are; absent = never fetched. */
  readonly workedAtMs?: number
}

/** What waits for the user, in the order of the list. */
export function waitingEntries(rows: readonly GlanceRow[], nowMs: number): WaitingEntry[] {
  const entries = new Map(entriesOf(rows).map((entry) => [entry.row.id, entry]))
  return needsYou(rows, nowMs).flatMap((item) => {
    const [first, ...others] = item.rows.flatMap(({ id }) => entries.get(id) ?? [])
    return first ? [entryOf(item, [first, ...others])] : []
  })
}

/** Accounts whose check-in only its page can bring on. */
export function checkInsToOpen(entries: readonly WaitingEntry[]): string[] {
  return entries.flatMap(({ act, checkIns }) => (act === 'check-in' ? checkIns : []))
}

/** Sites whose protection pages can be passed with help. */
export function originsToPass(entries: readonly WaitingEntry[]): string[] {
  return entries.filter(({ act }) => act === 'pass').map(({ origin }) => origin)
}

function entryOf(item: NeedsYouItem, accounts: WaitingEntry['accounts']): WaitingEntry {
  const { key, origin, act, rows, checkIns } = item
  const tried = rows.map((row) =>
    checkIns.includes(row.id) ? (row.checkIn?.atMs ?? 0) : (row.attemptAtMs ?? 0),
  )
  const worked = rows.flatMap((row) => row.figuresAtMs ?? [])
  return {
    key,
    origin,
    host: hostOf(origin),
    act,
    failure: item.failure ?? null,
    accounts,
    checkIns,
    triedAtMs: Math.max(...tried),
    ...(worked.length === 0 ? {} : { workedAtMs: Math.max(...worked) }),
  }
}
