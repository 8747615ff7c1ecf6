import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { failureSchema } from './failure-schema'
import { once } from './once'
import { AMOUNT_UNITS } from './money'

/**
 * What became of a redemption code.
 *
 * | state | meaning |
 * |---|---|
 * | `waiting` | its turn has not come, or the site's limit lets it wait |
 * | `sending` | it is on its way; found after a restart, the site is asked and it is not sent again |
 * | `redeemed` | credited, by the site's answer or by proof found afterwards |
 * | `used`, `expired`, `invalid` | the site says so; sending it again is pointless |
 * | `refused` | the site said no for another reason; its words are in `failure` |
 * | `limited` | the site let it wait too often |
 * | `needs-you` | only a person can: a challenge or a login |
 * | `unknown` | it left, and nothing tells what became of it: never sent again by itself |
 * | `failed` | it certainly did not arrive |
 */
export const CODE_STATES = [
  'waiting',
  'sending',
  'redeemed',
  'used',
  'expired',
  'invalid',
  'refused',
  'limited',
  'needs-you',
  'unknown',
  'failed',
] as const

export type CodeState = (typeof CODE_STATES)[number]

/** Codes one batch takes. */
export const MOST_CODES = 200

const codeText = z.string().check(z.minLength(1), z.maxLength(256))

const creditFields = {
  /** Credited, in the unit of the account; absent = not told, or not an amount. */
  amount: z.optional(z.number()),
  /** What a code gave that is no amount, in the site's words: `subscription`, `concurrency`. */
  kind: z.optional(z.string().check(z.maxLength(60))),
}

/** What an account had at a time, in its unit. */
const standingSchema = once(() =>
  z.object({
    balance: z.number(),
    /** Ever consumed, and requests ever where told: as long as both stand still, nothing was used. */
    used: z.number(),
    requests: z.optional(z.number()),
    atMs: z.int(),
  }),
)

export type Standing = z.infer<ReturnType<typeof standingSchema>>

/** Codes that are redeemed together, one after the other, as one durable job. */
export const redeemBatchSchema = once(() =>
  z.object({
    id: z.string().check(z.regex(/^run_[0-9a-f]{32}$/)),
    startedAtMs: z.int(),
    endedAtMs: z.optional(z.int()),
    /** `waiting`: for a site's limit, until `resumeAtMs`. */
    state: z.enum(['running', 'waiting', 'done', 'stopped']),
    resumeAtMs: z.optional(z.int()),
    /** Tried in this order for each code; the next one only where the site says `invalid`. */
    accountIds: z.array(accountIdSchema).check(z.minLength(1)),
    codes: z.array(
      z.object({
        code: codeText,
        state: z.enum(CODE_STATES),
        /** The account it went to last. */
        accountId: z.optional(accountIdSchema),
        sentAtMs: z.optional(z.int()),
        /** How often the site's limit sent it back. */
        limited: z.optional(z.int()),
        /** What the account had before it left, in its unit: growth may prove the credit. */
        before: z.optional(standingSchema()),
        failure: z.optional(failureSchema),
        ...creditFields,
      }),
    ),
  }),
)

export type RedeemBatch = z.infer<ReturnType<typeof redeemBatchSchema>>

/**
 * That a code was sent to an origin: kept for good, so that no code is ever sent there twice. The id
 * is a digest of origin and code; the code itself is not in it.
 */
export const sentCodeSchema = once(() =>
  z.object({
    id: z.string().check(z.regex(/^code_[0-9a-f]{32}$/)),
    accountId: accountIdSchema,
    state: z.enum(CODE_STATES),
    atMs: z.int(),
    ...creditFields,
  }),
)

export type SentCode = z.infer<ReturnType<typeof sentCodeSchema>>

/** A code as pages show it: first and last four characters. */
export function maskCode(code: string): string {
  return code.length <= 8 ? '•'.repeat(code.length) : `${code.slice(0, 4)}••••${code.slice(-4)}`
}

/** Codes that were found somewhere and wait for the user's word; the codes stay with the worker. */
export const codeOfferSchema = z.object({
  id: z.string(),
  /** Where they were found; absent = pasted. */
  origin: z.optional(z.string()),
  codes: z.array(
    z.object({
      masked: z.string(),
      /** What is known of it already, at the origin it was found at or any other. */
      known: z.optional(z.enum(CODE_STATES)),
      /** When that was found out, epoch ms. */
      knownAtMs: z.optional(z.int()),
    }),
  ),
  /** Accounts that can redeem; those that fit the place first. */
  accounts: z.array(z.object({ accountId: accountIdSchema, fits: z.boolean() })),
})

export type CodeOffer = z.infer<typeof codeOfferSchema>

/** A batch as pages show it. */
export const redeemBatchViewSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'waiting', 'done', 'stopped']),
  startedAtMs: z.int(),
  endedAtMs: z.optional(z.int()),
  resumeAtMs: z.optional(z.int()),
  codes: z.array(
    z.object({
      masked: z.string(),
      state: z.enum(CODE_STATES),
      accountId: z.optional(accountIdSchema),
      amount: z.optional(z.number()),
      unit: z.optional(z.enum(AMOUNT_UNITS)),
      kind: z.optional(z.string()),
      failure: z.optional(failureSchema),
    }),
  ),
})

export type RedeemBatchView = z.infer<typeof redeemBatchViewSchema>
