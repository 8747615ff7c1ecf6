import type { FailureClass } from './failure'
import type { GlanceRow } from './glance'

/**
 * What the user can do about an entry. `pass`: open the site and pass its check. `log-in`: log in
 * there. `grant`: give the browser's access back. `edit`: mend the account. `look`: see for oneself.
 */
export type NeedsYouAct = 'pass' | 'log-in' | 'grant' | 'edit' | 'look'

/** One thing that waits for the user: one reason at one site, whatever the number of accounts. */
export interface NeedsYouItem {
  /** Stable while the reason stands. */
  readonly key: string
  readonly origin: string
  readonly reason: FailureClass
  readonly act: NeedsYouAct
  /** In the order of the rows; at least one. */
  readonly rows: readonly GlanceRow[]
}

/** Classes that do not pass by themselves, in the order of the list. */
const ACTS: Partial<Record<FailureClass, NeedsYouAct>> = {
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

/** Everything that waits for the user, derived from what accounts show: nothing is kept twice. */
export function needsYou(rows: readonly GlanceRow[]): NeedsYouItem[] {
  const items = new Map<string, NeedsYouItem & { rows: GlanceRow[] }>()
  for (const row of rows) {
    const act = row.failure && !row.disabled ? actOf(row) : undefined
    if (!row.failure || !act) continue
    const reason = row.failure.class
    // A token that no longer works is one account's matter, a challenge is the whole site's.
    const isShared = act === 'pass' || act === 'grant'
    const key = [reason, row.origin, ...(isShared ? [] : [row.id])].join(' ')
    const known = items.get(key)
    if (known) known.rows.push(row)
    else items.set(key, { key, origin: row.origin, reason, act, rows: [row] })
  }
  const order = Object.keys(ACTS)
  return [...items.values()].sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason))
}

function actOf(row: GlanceRow): NeedsYouAct | undefined {
  const act = row.failure && ACTS[row.failure.class]
  // Logging in at the site does not make an access token good again, nor a login of our own.
  if (act === 'log-in' && (row.authMode === 'token' || row.ownLogin)) return 'edit'
  // The site itself may be reached; what is missing is what keeping cookies takes.
  if (act === 'grant' && row.failure?.reason?.startsWith('own-cookies')) return 'edit'
  return act
}
