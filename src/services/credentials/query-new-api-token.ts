import * as z from 'zod/mini'

import { type Asker, below } from './asker'
import { displayUnit } from './display-unit'
import { expiry, noFigures, told, type UsageFigures } from './usage-figures'

const amount = z.optional(z.nullable(z.number()))

const usageSchema = z.object({
  data: z.object({
    total_granted: amount,
    total_used: amount,
    total_available: amount,
    unlimited_quota: z.optional(z.boolean()),
    /** Seconds, 0 = never. */
    expires_at: amount,
  }),
})

/**
 * Use of one key as New API counts it, in quota points (`contracts/new-api.md 7.1`). The route shares
 * the bucket of the user's own login.
 */
export async function askNewApiToken(asker: Asker): Promise<UsageFigures> {
  const { data } = await asker.get({
    path: below(asker.target, '/api/usage/token/'),
    budget: 'critical',
    schema: usageSchema,
  })
  const { quotaPerUsd } = await displayUnit(asker)
  const usd = (points: number | null | undefined) =>
    told(points == null ? points : points / quotaPerUsd)
  const unlimited = data.unlimited_quota === true || (data.total_granted ?? 0) < 0
  return {
    ...noFigures('unsupported'),
    unlimited,
    // What an unlimited key has left is a number without meaning.
    ...(unlimited
      ? {}
      : { balanceUsd: usd(data.total_available), totalGrantedUsd: usd(data.total_granted) }),
    totalUsedUsd: usd(data.total_used),
    ...expiry(data.expires_at),
  }
}
