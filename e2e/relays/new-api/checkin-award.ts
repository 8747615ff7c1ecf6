import { randomInt } from 'node:crypto'

import { amountText } from './amount-text'
import type { UserContext } from './context'
import { appendLog, type CheckinRecord } from './state'

const SYSTEM_LOG = 4

/** Today as the server sees it: its own local time, which the API does not reveal (5.2). */
export function serverDay({ relay }: UserContext): string {
  const local = relay.nowMs() + relay.state.checkin.utcOffsetMinutes * 60_000
  return new Date(local).toISOString().slice(0, 10)
}

/** The user's check-in of today, if there was one. */
export function checkinOfToday(context: UserContext): CheckinRecord | undefined {
  const date = serverDay(context)
  return context.relay.state.checkins.find(
    (record) => record.userId === context.user.id && record.date === date,
  )
}

/** Checks the user in: quota, record and log row; `null` = already done today. */
export function awardToday(context: UserContext): CheckinRecord | null {
  if (checkinOfToday(context) !== undefined) return null
  const { relay, user } = context
  const { minQuota, maxQuota } = relay.state.checkin
  const record: CheckinRecord = {
    userId: user.id,
    date: serverDay(context),
    quotaAwarded: randomInt(minQuota, maxQuota + 1),
    atSec: relay.nowSec(),
  }
  relay.state.checkins.push(record)
  relay.books.checkIns.push({
    userId: user.id,
    day: record.date,
    award: record.quotaAwarded,
    atMs: relay.nowMs(),
  })
  user.quota += record.quotaAwarded
  appendLog(relay.state, user, {
    createdAtSec: relay.nowSec(),
    type: SYSTEM_LOG,
    quota: 0,
    content: `用户签到，获得额度 ${amountText(relay, record.quotaAwarded)}`,
  })
  return record
}
