import * as z from 'zod/mini'

import { dayKey } from '@/src/domain/day-key'

import { type Asker, below } from './asker'
import { expiry, noFigures, told, tokens, type UsageFigures } from './usage-figures'

const amount = z.optional(z.nullable(z.number()))

const partSchema = z.object({
  requests: amount,
  input_tokens: amount,
  output_tokens: amount,
  total_tokens: amount,
  // Names of other servers of this form (`features/accounts-and-keys.md 7.4`).
  prompt_tokens: amount,
  completion_tokens: amount,
  tokens: amount,
  cost: amount,
  actual_cost: amount,
})

/** The four forms of `contracts/sub2api.md 14.1`, which tell themselves apart by what is there. */
const usageSchema = z.object({
  mode: z.optional(z.string()),
  remaining: amount,
  balance: amount,
  quota: z.optional(z.nullable(z.object({ limit: amount, used: amount, remaining: amount }))),
  expires_at: z.optional(z.nullable(z.string())),
  usage: z.optional(
    z.nullable(
      z.object({
        today: z.optional(z.nullable(partSchema)),
        total: z.optional(z.nullable(partSchema)),
      }),
    ),
  ),
  daily_usage: z.optional(z.nullable(z.array(z.extend(partSchema, { date: z.string() })))),
})

type Usage = z.infer<typeof usageSchema>
type Part = z.infer<typeof partSchema>

/** Use of one key of a Sub2API site, in USD (`contracts/sub2api.md 14.1`). */
export async function askSub2Api(asker: Asker): Promise<UsageFigures> {
  const usage = await asker.get({
    path: below(asker.target, '/v1/usage'),
    // Days are counted in the server's zone unless it is told another; old servers ignore this.
    query: { days: 1, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    schema: usageSchema,
  })
  const unlimited = isUnlimited(usage)
  const today =
    usage.daily_usage?.find(({ date }) => date === dayKey(asker.now())) ?? usage.usage?.today
  return {
    ...noFigures('not-collected'),
    unlimited,
    ...(unlimited
      ? {}
      : { balanceUsd: told(usage.remaining ?? usage.quota?.remaining ?? usage.balance) }),
    ...(today ? todayOf(today) : {}),
    totalUsedUsd: told(usage.quota?.used ?? spent(usage.usage?.total)),
    totalGrantedUsd: told(usage.quota?.limit),
    ...expiry(usage.expires_at == null ? null : Date.parse(usage.expires_at)),
  }
}

/** -1 means so only where no wallet is charged: the balance of one may be negative. */
function isUnlimited({ mode, balance, quota, remaining }: Usage): boolean {
  if (remaining !== -1 || quota != null) return false
  return mode === undefined || (mode === 'unrestricted' && balance == null)
}

function todayOf(today: Part): Partial<UsageFigures> {
  return {
    todayCostUsd: told(spent(today)),
    todayRequests: told(today.requests),
    todayTokens: tokens(
      today.total_tokens ?? today.tokens,
      today.input_tokens ?? today.prompt_tokens,
      today.output_tokens ?? today.completion_tokens,
    ),
  }
}

/** What was charged, multipliers included. */
function spent(part: Part | null | undefined): number | null | undefined {
  return part?.actual_cost ?? part?.cost
}
