import * as z from 'zod/mini'

import type { AccountAuth, AccountRecord } from './account'
import { checkInMarkSchema } from './check-in'
import type { Failure } from './failure'
import { failureSchema } from './failure-schema'
import { HEALTHS, healthOf } from './health'
import { unavailable } from './metric'
import { metricSchema } from './metric-schema'
import { AMOUNT_UNITS, DEFAULT_QUOTA_PER_UNIT } from './money'
import type { SnapshotRecord } from './snapshot'
import { AUTH_MODES } from './site-description'
import { siteTypeSchema } from './site-type-schema'

/** One account as lists show it: no secret in it. Metrics in `unit`. */
export const glanceRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  origin: z.string(),
  siteType: siteTypeSchema,
  userId: z.string(),
  authMode: z.enum(AUTH_MODES),
  /** The login is the account's own: logging in at the site does not mend it. */
  ownLogin: z.optional(z.literal(true)),
  disabled: z.boolean(),
  excludeFromTotal: z.boolean(),
  /** Labels of the account; absent = none. */
  tagIds: z.optional(z.array(z.string())),
  balance: metricSchema,
  /** Age of the balance: epoch ms, absent = never fetched. */
  figuresAtMs: z.optional(z.int()),
  today: metricSchema,
  /** The day `today` belongs to; another day makes it unavailable. */
  todayKey: z.optional(z.string()),
  unit: z.enum(AMOUNT_UNITS),
  quotaPerUnit: z.number(),
  exchangeRate: z.number(),
  health: z.enum(HEALTHS),
  failure: z.optional(failureSchema),
  attemptAtMs: z.optional(z.int()),
  /** How its last check-in stands; ask `markNow` what it still says. */
  checkIn: z.optional(checkInMarkSchema),
})

export type GlanceRow = z.infer<typeof glanceRowSchema>

export function glanceRow(account: AccountRecord, snapshot: SnapshotRecord | undefined): GlanceRow {
  const { decided } = account
  const attempt = snapshot?.lastAttempt
  return {
    id: account.id,
    name: decided.name,
    username: snapshot?.figures?.username || decided.username,
    origin: decided.origin,
    siteType: decided.siteType,
    userId: decided.userId,
    authMode: decided.auth.mode,
    ...(hasOwnLogin(decided.auth) ? { ownLogin: true } : {}),
    disabled: decided.disabled,
    excludeFromTotal: decided.excludeFromTotal,
    ...(decided.tagIds.length > 0 ? { tagIds: decided.tagIds } : {}),
    balance: snapshot?.figures?.balance ?? unavailable('never-fetched'),
    ...(snapshot?.figuresAtMs === undefined ? {} : { figuresAtMs: snapshot.figuresAtMs }),
    today: snapshot?.today?.consumption ?? unavailable('never-fetched'),
    ...(snapshot?.today === undefined ? {} : { todayKey: snapshot.today.dayKey }),
    unit: snapshot?.figures?.unit ?? 'points',
    quotaPerUnit: snapshot?.status?.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT,
    exchangeRate: decided.exchangeRate,
    health: healthOf(snapshot),
    ...(attempt?.failure === undefined ? {} : { failure: withoutTrace(attempt.failure) }),
    ...(attempt === undefined ? {} : { attemptAtMs: attempt.atMs }),
    ...(snapshot?.checkIn === undefined ? {} : { checkIn: snapshot.checkIn }),
  }
}

function hasOwnLogin(auth: AccountAuth): boolean {
  if (auth.mode === 'session') return auth.owner === 'self'
  return auth.mode === 'cookie' && auth.jar === 'own'
}

/** Lists are long and traces too: who wants one asks for the account. */
function withoutTrace({ trace: _, ...failure }: Failure): Failure {
  return failure
}
