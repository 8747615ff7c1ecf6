import { markNow } from './check-in-mark'
import type { Failure, FailureClass } from './failure'
import type { GlanceRow } from './glance'

/**
 * What the user can do about an entry. `pass`: open the site and pass its check. `log-in`: log in
 * there. `grant`: give the browser's access back. `edit`: mend the account. `look`: see for oneself.
 * `check-in`: open the page of the daily check-in, which only a person can do.
 */
export type NeedsYouAct = 'pass' | 'log-in' | 'grant' | 'edit' | 'look' | 'check-in'

type FailureAct = Exclude<NeedsYouAct, 'check-in'>

/** One thing that waits for the user: one reason at one site, whatever the number of accounts. */
export interface NeedsYouItem {
  /** Stable while the reason stands. */
  readonly key: string
  readonly origin: string
  /** What went wrong; absent = nothing did, a check-in page of one's own waits. */
  readonly failure?: Failure
  readonly act: NeedsYouAct
  /** In the order of the rows; at least one. */
  readonly rows: readonly GlanceRow[]
  /** Ids of those of them whose check-in waits, and not their figures. */
  readonly checkIns: readonly string[]
}

/** Classes that do not pass by themselves, in the order of the list. */
const ACTS: Partial<Record<FailureClass, FailureAct>> = {
  challenge: 'pass',
  'needs-tab': 'log-in',
  login: 'log-in',
  identity: 'edit',
  access: 'grant',
  proof: 'look',
  'changed-api': 'look',
}

/** Whether a failure of this class waits for the user. */
export function waitsForUser(kind: FailureClass): boolean {
  return ACTS[kind] !== undefined
}

/** What the user can do about a failure of an account; absent = it passes by itself. */
export function actOn(
  row: Pick<GlanceRow, 'authMode' | 'ownLogin'>,
  failure: Failure,
): FailureAct | undefined {
  const act = ACTS[failure.class]
  // Logging in at the site does not make an access token good again, nor a login of our own.
  if (act === 'log-in' && (row.authMode === 'token' || row.ownLogin)) return 'edit'
  // The site itself may be reached; what is missing is what keeping cookies takes.
  if (act === 'grant' && failure.reason?.startsWith('own-cookies')) return 'edit'
  return act
}

/**
 * Everything that waits for the user at `nowMs`, derived from what accounts show: nothing is kept
 * twice. Check-ins come last: without them everything else works.
 */
export function needsYou(rows: readonly GlanceRow[], nowMs: number): NeedsYouItem[] {
  const items = new Map<string, Growing>()
  for (const row of rows) {
    if (row.disabled) continue
    const act = row.failure && actOn(row, row.failure)
    if (act) add(items, row, { act, failure: row.failure, isCheckIn: false })
    const cause = checkInCause(row, nowMs)
    if (cause) add(items, row, cause)
  }
  return [...items.values()].sort((a, b) => rankOf(a) - rankOf(b))
}

interface Growing extends NeedsYouItem {
  failure?: Failure
  rows: GlanceRow[]
  checkIns: string[]
}

/** Why an account is on the list. */
interface Cause {
  readonly act: NeedsYouAct
  readonly failure: Failure | undefined
  readonly isCheckIn: boolean
}

/** What a check-in waits for; `null` = nothing, or the account's figures wait for the same. */
function checkInCause(row: GlanceRow, nowMs: number): Cause | null {
  const mark = markNow(row.checkIn, nowMs)
  if (mark?.state !== 'needs-you') return null
  const { failure } = mark
  const act = failure && failure.reason !== 'turnstile' ? actOn(row, failure) : undefined
  if (!act) return { act: 'check-in', failure, isCheckIn: true }
  return row.failure ? null : { act, failure, isCheckIn: true }
}

function add(items: Map<string, Growing>, row: GlanceRow, cause: Cause): void {
  const { act, failure, isCheckIn } = cause
  // A token that no longer works is one account's matter, a challenge is the whole site's.
  const isShared = act === 'pass' || act === 'grant'
  const reason = act === 'check-in' ? act : failure?.class
  const key = [reason, row.origin, ...(isShared ? [] : [row.id])].join(' ')
  const known = items.get(key)
  const checkIns = isCheckIn ? [row.id] : []
  if (known) {
    known.rows.push(row)
    known.checkIns.push(...checkIns)
    // That the others rest says less than why the first one failed.
    if (failure && known.failure?.reason === 'resting') known.failure = failure
  } else {
    const { origin } = row
    items.set(key, { key, origin, act, rows: [row], checkIns, ...(failure ? { failure } : {}) })
  }
}

const ORDER = Object.keys(ACTS)

function rankOf({ act, failure }: NeedsYouItem): number {
  return act === 'check-in' || !failure ? ORDER.length : ORDER.indexOf(failure.class)
}
