import * as z from 'zod/mini'

import { accountIdSchema } from '@/src/domain/account'
import { isOrigin } from '@/src/domain/origin'
import { codeOfferSchema, MOST_CODES, redeemBatchViewSchema } from '@/src/domain/redemption'

const none = z.strictObject({})
const indices = z.array(z.int().check(z.nonnegative(), z.maximum(MOST_CODES - 1)))
const batchId = z.string().check(z.regex(/^run_[0-9a-f]{32}$/))

export const redeemMessages = {
  /**
   * Finds codes in pasted text. `loose`: any word of 32 characters counts, else hex digits only.
   * The codes stay with the worker, under the offer's id.
   */
  'redeem.recognise': {
    input: z.strictObject({
      text: z.string().check(z.maxLength(100_000)),
      loose: z.boolean(),
    }),
    output: codeOfferSchema,
  },
  /** What the context menu or a page of a site brought last; `null` = nothing waits. */
  'redeem.offered': { input: none, output: z.nullable(codeOfferSchema) },
  /** Forgets the offer. */
  'redeem.decline': { input: z.strictObject({ offerId: z.string() }), output: none },
  /**
   * Redeems the picked codes of an offer at these accounts, in this order; the user has confirmed
   * both. Answers at once; fails with `not-found` when the offer is gone.
   */
  'redeem.start': {
    input: z.strictObject({
      offerId: z.string(),
      picks: indices.check(z.minLength(1)),
      accountIds: z.array(accountIdSchema).check(z.minLength(1), z.maxLength(200)),
    }),
    output: z.object({ batchId }),
  },
  /** Batches under way and over, newest first. */
  'redeem.batches': { input: none, output: z.array(redeemBatchViewSchema) },
  /**
   * Sends again what certainly did not arrive, was limited or waited for a person, and asks the site
   * once more about what is unknown, without sending it; the rest stays as it is.
   */
  'redeem.retry': { input: z.strictObject({ batchId, picks: indices }), output: none },
  'redeem.stop': { input: z.strictObject({ batchId }), output: none },
  /** Forgets a batch that is over; what was sent stays remembered. */
  'redeem.forget': { input: z.strictObject({ batchId }), output: none },
  /**
   * Whether codes are looked for in what the user selects or copies on pages of this site. Needs
   * access to it.
   */
  'redeem.setFinder': {
    input: z.strictObject({ origin: z.string().check(z.refine(isOrigin)), on: z.boolean() }),
    output: none,
  },
}
