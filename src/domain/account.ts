import * as z from 'zod/mini'

import { isOrigin } from './origin'
import { siteTypeSchema } from './site-type-schema'

export const accountIdSchema = z.string().check(z.regex(/^acc_[0-9a-f]{32}$/))

/** An address of the web, or nothing. */
const webAddress = z.string().check(
  z.maxLength(2000),
  z.refine(
    (text) => text === '' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
  ),
)

const userIdSchema = z.string().check(z.minLength(1), z.maxLength(64))

/** How an account proves itself to its site. */
export const accountAuthSchema = z.discriminatedUnion('mode', [
  /** System access token of the site; sent as `Authorization`, without the browser's cookies. */
  z.object({
    mode: z.literal('token'),
    accessToken: z.string().check(z.minLength(8), z.maxLength(4096)),
  }),
  /**
   * A cookie login at the site: the one this browser has, nothing secret being stored, or with
   * `jar: 'own'` one whose cookies the account keeps for itself on this device.
   */
  z.object({ mode: z.literal('cookie'), jar: z.optional(z.literal('own')) }),
  /**
   * A session by bearer and, where the server has them, one-time refresh tokens; both stay on this
   * device. `page`: the site's open page owns and renews it. `self`: it was made for Relaydeck,
   * which alone renews it.
   */
  z.object({ mode: z.literal('session'), owner: z.enum(['page', 'self']) }),
])

export type AccountAuth = z.infer<typeof accountAuthSchema>

/** What the user decided about an account: travels between devices, merged field by field. */
export const accountDecidedSchema = z.object({
  origin: z.string().check(z.refine(isOrigin)),
  siteType: siteTypeSchema,
  /** The user's id at the site, kept as text. The identity guard compares against it. */
  userId: userIdSchema,
  auth: accountAuthSchema,
  name: z.string().check(z.minLength(1), z.maxLength(120)),
  /** As given when the account was added; a newer one told by the site wins on screen. */
  username: z.string().check(z.maxLength(200)),
  notes: z.string().check(z.maxLength(4000)),
  tagIds: z.array(z.string()).check(z.maxLength(50)),
  disabled: z.boolean(),
  excludeFromTotal: z.boolean(),
  /** CNY paid per USD of quota, > 0. */
  exchangeRate: z.number().check(z.positive(), z.maximum(100_000)),
  /** Left out by refreshes and check-ins that run by themselves; absent = takes part. */
  autoRefresh: z.optional(z.boolean()),
  autoCheckIn: z.optional(z.boolean()),
  /** Below this its balance is low, USD; `null` or absent = as its tags or the settings say. */
  lowBalanceUsd: z.optional(z.nullable(z.number().check(z.positive(), z.maximum(1_000_000)))),
  /** A check-in page elsewhere that the user opens; `''` or absent = none. */
  checkInUrl: z.optional(webAddress),
})

export type AccountDecided = z.infer<typeof accountDecidedSchema>

/** The account record: stored, encrypted, under its id. */
export const accountRecordSchema = z.object({
  id: accountIdSchema,
  createdAtMs: z.int(),
  decided: accountDecidedSchema,
  /** When the user last set each field, epoch ms; the basis of a later per-field merge. */
  decidedAtMs: z.record(z.string(), z.int()),
})

export type AccountRecord = z.infer<typeof accountRecordSchema>

/** Fields of {@link AccountDecided} an edit may change. The identity of an account is fixed. */
export const accountEditSchema = z.partial(
  z.pick(accountDecidedSchema, {
    auth: true,
    name: true,
    username: true,
    notes: true,
    tagIds: true,
    disabled: true,
    excludeFromTotal: true,
    exchangeRate: true,
    autoRefresh: true,
    autoCheckIn: true,
    lowBalanceUsd: true,
    checkInUrl: true,
  }),
)

export type AccountEdit = z.infer<typeof accountEditSchema>

/** What the user decided about an account's automation, with what was never decided filled in. */
export function automationOf({ decided }: Pick<AccountRecord, 'decided'>) {
  return {
    refresh: decided.autoRefresh ?? true,
    checkIn: decided.autoCheckIn ?? true,
    /** USD; `null` = as its tags or the settings say. */
    lowBalanceUsd: decided.lowBalanceUsd ?? null,
    checkInUrl: decided.checkInUrl ?? '',
  }
}

/** Applies an edit and stamps exactly the fields that changed. */
export function editAccount(
  record: AccountRecord,
  edit: AccountEdit,
  nowMs: number,
): AccountRecord {
  const decided: AccountDecided = { ...record.decided }
  const decidedAtMs = { ...record.decidedAtMs }
  for (const [field, value] of Object.entries(edit)) {
    if (value === undefined) continue
    if (JSON.stringify(value) === JSON.stringify(record.decided[field as keyof AccountEdit]))
      continue
    Object.assign(decided, { [field]: value })
    decidedAtMs[field] = nowMs
  }
  return { ...record, decided, decidedAtMs }
}
