import type { Reply } from '../kit/reply'
import {
  bodyRecord,
  optionalTimestamp,
  timestamp,
  type RelayCore,
  type Route,
  type UserContext,
} from './context'
import { badRequest, handlerError, success } from './envelope'
import { activeSubscription } from './lookups'
import type { RedeemRow, UserRow } from './state'

const HISTORY_LENGTH = 25
const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30

/** The redeem-code object (`contracts/sub2api.md` 12). */
function redeemView(row: RedeemRow): Record<string, unknown> {
  return {
    id: row.id,
    code: row.code,
    type: row.type,
    value: row.value,
    status: row.status,
    used_by: row.usedBy,
    used_at: optionalTimestamp(row.usedAtMs),
    created_at: timestamp(row.createdAtMs),
    group_id: row.groupId,
    validity_days: row.validityDays,
    ...(row.type.startsWith('admin_') ? { notes: row.notes } : {}),
  }
}

const STATUS_PROBLEMS: Partial<Record<RedeemRow['status'], [string, string]>> = {
  used: ['REDEEM_CODE_USED', 'redeem code already used'],
  expired: ['REDEEM_CODE_EXPIRED', 'redeem code expired'],
  locked: ['REDEEM_CODE_LOCKED', 'redeem code is being processed'],
}

/** Types that are not redeemed here; which error an invitation gets is not in the contract. */
function isRedeemable({ type, groupId }: RedeemRow): boolean {
  return (
    type === 'balance' || type === 'concurrency' || (type === 'subscription' && groupId !== null)
  )
}

function problemOf(row: RedeemRow | undefined): Reply | null {
  if (row === undefined) return handlerError(404, 'redeem code not found', 'REDEEM_CODE_NOT_FOUND')
  const problem = STATUS_PROBLEMS[row.status]
  if (problem !== undefined) return handlerError(409, problem[1], problem[0])
  if (isRedeemable(row)) return null
  return handlerError(400, 'invalid redeem code', 'REDEEM_CODE_INVALID')
}

/** A running subscription is made longer, which is not in the contract. */
function subscribe({ state, nowMs }: RelayCore, user: UserRow, row: RedeemRow): void {
  const groupId = row.groupId ?? 0
  const startsAtMs = nowMs()
  const lifeMs = (row.validityDays || DEFAULT_DAYS) * DAY_MS
  const running = activeSubscription(state, { userId: user.id, groupId, nowMs: startsAtMs })
  if (running !== undefined) {
    running.expiresAtMs += lifeMs
    return
  }
  state.subscriptions.push({
    id: state.nextId++,
    userId: user.id,
    groupId,
    status: 'active',
    startsAtMs,
    expiresAtMs: startsAtMs + lifeMs,
    dailyUsageUsd: 0,
    weeklyUsageUsd: 0,
    monthlyUsageUsd: 0,
  })
}

function apply(relay: RelayCore, user: UserRow, row: RedeemRow): void {
  if (row.type === 'balance') user.balance += row.value
  if (row.type === 'concurrency') user.concurrency += row.value
  if (row.type === 'subscription') subscribe(relay, user, row)
  row.status = 'used'
  row.usedBy = user.id
  row.usedAtMs = relay.nowMs()
  relay.books.codes.push({
    userId: user.id,
    code: row.code,
    amount: row.value,
    atMs: row.usedAtMs,
  })
}

/** `POST /redeem`: the code object, not the new balance (12). */
function redeem({ relay, user, body }: UserContext): Reply {
  const code = bodyRecord(body)?.['code']
  if (typeof code !== 'string' || code === '') return badRequest('code')
  const id = String(user.id)
  if (relay.limiter.waitSec('redeem-failures', id) !== null) {
    return handlerError(429, 'too many failed attempts', 'REDEEM_RATE_LIMITED')
  }
  const row = relay.state.redeemCodes.find((one) => one.code === code.trim())
  const problem = problemOf(row)
  if (problem !== null || row === undefined) {
    relay.limiter.count('redeem-failures', id)
    return problem ?? badRequest('code')
  }
  apply(relay, user, row)
  return success(redeemView(row))
}

/** `GET /redeem/history`: the last 25, newest first (12). */
function listHistory({ relay, user }: UserContext): Reply {
  const used = relay.state.redeemCodes
    .filter(({ usedBy }) => usedBy === user.id)
    .sort((a, b) => (b.usedAtMs ?? 0) - (a.usedAtMs ?? 0) || b.id - a.id)
  return success(used.slice(0, HISTORY_LENGTH).map(redeemView))
}

/** Redeem codes (`contracts/sub2api.md` 12). */
export const redeemRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/redeem', auth: 'user', handle: redeem },
  { method: 'GET', path: '/api/v1/redeem/history', auth: 'user', handle: listHistory },
]
