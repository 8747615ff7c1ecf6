import type { Reply } from '../kit/reply'
import type { UserContext } from './context'
import { handlerError } from './envelope'
import type { UsageRow } from './state'
import { rowsWithin } from './usage-sums'
import { dayStart, knownZone, midnight } from './zones'

const DAY_MS = 86_400_000

/** The zone dates are meant in: old servers ignore `timezone` (`contracts/sub2api.md` 11). */
function zoneOf({ relay, url }: UserContext): string {
  const { serverTimezone } = relay.state.settings
  return relay.isNew ? knownZone(url.searchParams.get('timezone'), serverTimezone) : serverTimezone
}

interface Range {
  fromMs: number
  toMs: number
}

/** `start_date` and `end_date`, both inclusive; a missing end is open. */
function datesOf(context: UserContext): Range | Reply {
  const { searchParams: params } = context.url
  const zone = zoneOf(context)
  const start = params.get('start_date') ?? ''
  const end = params.get('end_date') ?? ''
  const fromMs = start === '' ? -Infinity : dayStart(start, zone)
  const toMs = end === '' ? Infinity : dayStart(end, zone, 1)
  if (fromMs === null) return handlerError(400, 'Invalid start_date format, use YYYY-MM-DD')
  if (toMs === null) return handlerError(400, 'Invalid end_date format, use YYYY-MM-DD')
  return { fromMs, toMs }
}

function monthBefore(ms: number): number {
  const date = new Date(ms)
  return date.setUTCMonth(date.getUTCMonth() - 1)
}

/** Where a period begins: a day at local midnight, week and month rolling from now (11). */
function periodStart(context: UserContext): number {
  const { relay, url } = context
  const nowMs = relay.nowMs()
  const zone = zoneOf(context)
  const period = url.searchParams.get('period') ?? ''
  if (period === 'week') return nowMs - 7 * DAY_MS
  if (period === 'month') return monthBefore(nowMs)
  // Without a period: the last seven days, on old servers today (11).
  return period === 'today' || !relay.isNew ? midnight(nowMs, zone) : midnight(nowMs, zone, -7)
}

/** Dates win over `period`. */
function statsRange(context: UserContext): Range | Reply {
  const dates = datesOf(context)
  if ('status' in dates) return dates
  const fromMs = dates.fromMs === -Infinity ? periodStart(context) : dates.fromMs
  return { fromMs, toMs: dates.toMs }
}

/** Wrong or foreign `api_key_id`; the texts are not in the contract. */
function keyProblem({ relay, user, url }: UserContext): Reply | null {
  const text = url.searchParams.get('api_key_id') ?? ''
  if (text === '') return null
  if (!/^-?\d+$/.test(text)) return handlerError(400, 'Invalid api_key_id')
  const key = relay.state.keys.get(Number(text))
  if (key === undefined) return handlerError(404, 'api key not found', 'API_KEY_NOT_FOUND')
  if (key.userId === user.id) return null
  return handlerError(403, "Not authorized to access this API key's usage records")
}

/** Filters by equality; those after `billing_type` are unknown to old servers (11). */
const FILTERS: readonly { name: string; isNew?: true; valueOf: (row: UsageRow) => unknown }[] = [
  { name: 'api_key_id', valueOf: (row) => row.keyId },
  { name: 'model', valueOf: (row) => row.model },
  { name: 'stream', valueOf: (row) => row.stream },
  { name: 'billing_type', valueOf: (row) => row.billingType },
  { name: 'group_id', isNew: true, valueOf: (row) => row.groupId },
  {
    name: 'request_type',
    isNew: true,
    valueOf: (row) => (row.stream ? 'stream' : 'sync'),
  },
  { name: 'billing_mode', isNew: true, valueOf: () => 'token' },
]

function select(context: UserContext, range: Range): UsageRow[] {
  const { relay, user, url } = context
  const wanted = FILTERS.flatMap(({ name, isNew, valueOf }) => {
    const text = url.searchParams.get(name) ?? ''
    return text === '' || (isNew && !relay.isNew) ? [] : [{ text, valueOf }]
  })
  return rowsWithin(relay.state.usage, range).filter(
    (row) =>
      row.userId === user.id && wanted.every(({ text, valueOf }) => String(valueOf(row)) === text),
  )
}

/** The user's rows a request asks for, or why it cannot be answered. */
export function usageRows(context: UserContext, isStats: boolean): UsageRow[] | Reply {
  const problem = keyProblem(context)
  if (problem !== null) return problem
  const range = isStats ? statsRange(context) : datesOf(context)
  return 'status' in range ? range : select(context, range)
}
