import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { checkInMarkSchema } from './check-in'
import { failureSchema } from './failure-schema'
import { metricSchema } from './metric-schema'
import { AMOUNT_UNITS } from './money'
import { THEMES } from './site-description'
import { generationSchema } from './site-type-schema'

/** What a site says about itself (`contracts/new-api.md 3.1`); everything may be missing. */
export const siteStatusSchema = z.object({
  systemName: z.optional(z.string()),
  /** Quota points per USD. */
  quotaPerUnit: z.optional(z.number()),
  /** CNY per USD the site displays with. */
  usdExchangeRate: z.optional(z.number()),
  /** CNY charged per USD of quota: the default of an account's exchange rate. */
  rechargeRate: z.optional(z.number()),
  checkInEnabled: z.optional(z.boolean()),
  turnstile: z.optional(z.boolean()),
  /** Front-end generation; decides where pages are (`contracts/new-api.md 3.5`). */
  theme: z.optional(z.enum(THEMES)),
})

export type SiteStatus = z.infer<typeof siteStatusSchema>

/** The generation a server showed, with the date it showed it. */
export const generationFindingSchema = z.object({
  value: generationSchema,
  atMs: z.int(),
})

export type GenerationFinding = z.infer<typeof generationFindingSchema>

/** Use of one local day. Consumption in the unit of the figures. */
export const todayUseSchema = z.object({
  dayKey: z.string(),
  consumption: metricSchema,
  requests: metricSchema,
  promptTokens: metricSchema,
  completionTokens: metricSchema,
})

export type TodayUse = z.infer<typeof todayUseSchema>

/** A use window of a subscription (`contracts/sub2api.md 12`). Amounts in USD. */
const subscriptionWindowSchema = z.object({
  span: z.enum(['day', 'week', 'month']),
  used: metricSchema,
  /** `null` = unlimited. */
  limit: z.nullable(z.number()),
  /** Epoch ms; absent = not told or not begun. */
  resetsAtMs: z.optional(z.int()),
})

export const subscriptionSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['active', 'expired', 'suspended', 'unknown']),
  /** Epoch ms; absent = not told. */
  expiresAtMs: z.optional(z.int()),
  windows: z.array(subscriptionWindowSchema),
})

export type Subscription = z.infer<typeof subscriptionSchema>

/** What the site says about the account's user (`contracts/new-api.md 4.1`). */
export const accountFiguresSchema = z.object({
  userId: z.string(),
  username: z.string(),
  group: z.optional(z.string()),
  /** What amounts are counted in; absent = quota points. */
  unit: z.optional(z.enum(AMOUNT_UNITS)),
  /** What remains; may be negative. */
  balance: metricSchema,
  /** Ever consumed. */
  usedTotal: metricSchema,
  requestsTotal: metricSchema,
  /** Absent = the family has none or they were not asked for. */
  subscriptions: z.optional(z.array(subscriptionSchema)),
})

export type AccountFigures = z.infer<typeof accountFiguresSchema>

const attemptSchema = z.object({
  atMs: z.int(),
  /** The refresh job the attempt belonged to; makes a resumed job skip what is done. */
  jobId: z.optional(z.string()),
  /** Absent = it worked. */
  failure: z.optional(failureSchema),
})

/**
 * What a site told about an account: rewritten by refreshes, never wins over what the user
 * decided, need not travel between devices. Good figures outlive later failures.
 */
export const snapshotRecordSchema = z.object({
  id: accountIdSchema,
  status: z.optional(siteStatusSchema),
  /** When `status` was fetched, epoch ms. */
  statusAtMs: z.optional(z.int()),
  generation: z.optional(generationFindingSchema),
  figures: z.optional(accountFiguresSchema),
  today: z.optional(todayUseSchema),
  /** When `figures` were fetched, epoch ms: the age of the balance shown. */
  figuresAtMs: z.optional(z.int()),
  lastAttempt: z.optional(attemptSchema),
  failuresInRow: z.int(),
  /** How the last check-in stands. */
  checkIn: z.optional(checkInMarkSchema),
})

export type SnapshotRecord = z.infer<typeof snapshotRecordSchema>

export const emptySnapshot = (id: string): SnapshotRecord => ({ id, failuresInRow: 0 })

/** Secrets that only make sense on this device: never synchronised, never exported. */
export const bondRecordSchema = z.object({
  id: accountIdSchema,
  /** Bearer of a session (`contracts/new-api.md 2.6`, `contracts/sub2api.md 4`). */
  session: z.optional(
    z.object({
      bearer: z.string(),
      expiresAtMs: z.int(),
      sessionId: z.optional(z.string()),
      /** One-time token of a session that is ours alone. */
      refreshToken: z.optional(z.string()),
      /**
       * What became of the refresh token: `pending` = it is on its way, `uncertain` = it may be
       * spent and is never sent again by itself, `dead` = a new login is needed.
       */
      rotation: z.optional(
        z.object({ state: z.enum(['pending', 'uncertain', 'dead']), atMs: z.int() }),
      ),
    }),
  ),
  /** Value of the `Cookie` header of a login kept for this account alone. */
  cookies: z.optional(z.object({ header: z.string(), atMs: z.int() })),
})

export type BondRecord = z.infer<typeof bondRecordSchema>

export const emptyBond = (id: string): BondRecord => ({ id })
