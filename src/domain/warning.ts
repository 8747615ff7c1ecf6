import * as z from 'zod/mini'

import { accountIdSchema } from './account'

/** What will soon need the user. */
export const WARNING_KINDS = ['low-balance', 'plan-ends', 'login-ends'] as const

export type WarningKind = (typeof WARNING_KINDS)[number]

export const warningSchema = z.object({
  /** Stable while the reason stands; putting it away is remembered under it. */
  key: z.string().check(z.maxLength(200)),
  kind: z.enum(WARNING_KINDS),
  accountId: accountIdSchema,
  /** `low-balance`: what is left and the threshold, USD. */
  balanceUsd: z.optional(z.number()),
  thresholdUsd: z.optional(z.number()),
  /** Name of the plan that ends. */
  plan: z.optional(z.string()),
  /** `plan-ends`, `login-ends`: when, epoch ms. */
  endsAtMs: z.optional(z.int()),
})

export type Warning = z.infer<typeof warningSchema>
