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
  readonly failure: Failure
  /** The accounts concerned; at least one. */
  readonly accounts: readonly [GlanceEntry, ...GlanceEntry[]]
  /** The last attempt, epoch ms. */
  readonly triedAtMs: number
  /** The newest figures there are; absent = never fetched. */
  readonly workedAtMs?: number
}

/** What waits for the user, in the order of the list. */
export function waitingEntries(rows: readonly GlanceRow[]): WaitingEntry[] {
  const entries = new Map(entriesOf(rows).map((entry) => [entry.row.id, entry]))
  return needsYou(rows).flatMap((item) => {
    const [first, ...others] = item.rows.flatMap(({ id }) => entries.get(id) ?? [])
    return first ? [entryOf(item, [first, ...others])] : []
  })
}

/** Sites whose protection pages can be passed with help. */
export function originsToPass(entries: readonly WaitingEntry[]): string[] {
  return entries.filter(({ act }) => act === 'pass').map(({ origin }) => origin)
}

function entryOf(item: NeedsYouItem, accounts: WaitingEntry['accounts']): WaitingEntry {
  const { key, origin, rows } = item
  const failures = rows.flatMap((row) => row.failure ?? [])
  // That the others rest says less than why the first one failed.
  const told = failures.find(({ reason }) => reason !== 'resting') ?? failures[0]
  const failure = told ?? { class: item.reason }
  const worked = rows.flatMap((row) => row.figuresAtMs ?? [])
  return {
    key,
    origin,
    host: hostOf(origin),
    act: item.act,
    failure,
    accounts,
    triedAtMs: Math.max(...rows.map((row) => row.attemptAtMs ?? 0)),
    ...(worked.length === 0 ? {} : { workedAtMs: Math.max(...worked) }),
  }
}
