import * as z from 'zod/mini'

import { accountIdSchema } from '@/src/domain/account'
import {
  CHECK_IN_PROOFS,
  CHECK_IN_STATES,
  checkInMarkSchema,
  dayLabelSchema,
} from '@/src/domain/check-in'
import { journalEntrySchema } from '@/src/domain/journal'

const none = z.strictObject({})
const ids = z.array(accountIdSchema).check(z.maxLength(5000))

/** An account on the Check-in page. Accounts without any check-in are not listed. */
export const checkInRowSchema = z.object({
  accountId: accountIdSchema,
  /** `site`: the family has a check-in. `page`: the user gave an address of their own. */
  way: z.enum(['site', 'page']),
  /** Absent = nothing is known about the site's current day. */
  mark: z.optional(checkInMarkSchema),
  /** Runs by itself when its time has come. */
  automatic: z.boolean(),
  /** When it is asked next by itself, epoch ms; absent = not planned. */
  nextAtMs: z.optional(z.int()),
  /** As the site told them last. */
  streak: z.optional(z.int()),
  total: z.optional(z.int()),
  /** A check-in of it is under way. */
  running: z.boolean(),
})

export type CheckInRow = z.infer<typeof checkInRowSchema>

export const checkInMessages = {
  /** Every account with a check-in, the run under way or the last one, newest state. */
  'checkIn.list': {
    input: none,
    output: z.object({
      rows: z.array(checkInRowSchema),
      run: z.nullable(journalEntrySchema()),
      /** The next time anything is asked by itself, epoch ms. */
      nextAtMs: z.nullable(z.int()),
    }),
  },
  /**
   * Checks these accounts in, or all that are not known to be done; joins a run under way. What the
   * site says is done is not sent again. Answers at once.
   */
  'checkIn.run': {
    input: z.strictObject({ accountIds: z.optional(ids) }),
    output: z.object({ runId: z.string() }),
  },
  /** Ends the run: what is under way is finished, nothing new is begun. */
  'checkIn.stop': { input: none, output: none },
  /**
   * Opens the sites' own check-in pages, or the user's addresses, because the user asked; sites are
   * looked at again afterwards, pages of one's own count as done by the user's word.
   */
  'checkIn.open': {
    input: z.strictObject({ accountIds: ids }),
    output: z.object({ opened: z.int() }),
  },
  /** Asks sites where these accounts stand, without checking in. */
  'checkIn.look': { input: z.strictObject({ accountIds: ids }), output: none },
  /** One account's days: from the site where it tells them, else what is remembered here. */
  'checkIn.month': {
    input: z.strictObject({
      accountId: accountIdSchema,
      month: z.string().check(z.regex(/^\d{4}-\d{2}$/)),
    }),
    output: z.object({
      days: z.array(
        z.object({
          day: dayLabelSchema,
          state: z.enum(CHECK_IN_STATES),
          by: z.optional(z.enum(CHECK_IN_PROOFS)),
          reward: z.optional(z.number()),
          atMs: z.optional(z.int()),
        }),
      ),
      /** Whether the site itself told the days. */
      fromSite: z.boolean(),
      streak: z.optional(z.int()),
      total: z.optional(z.int()),
    }),
  },
}
