import * as z from 'zod/mini'

import { dayKey } from '@/src/domain/day-key'
import { type Result, settle } from '@/src/domain/failure'
import { complete, type Metric, unavailable } from '@/src/domain/metric'

import { type Asker, below, isUnsupported } from './asker'
import { displayUnit } from './display-unit'
import { expiry, noFigures, told, type UsageFigures } from './usage-figures'

/**
 * What the New API family gives every unlimited key, in whatever unit it shows
 * (`contracts/new-api.md 7.2`, `contracts/veloera.md 10`).
 */
const UNLIMITED_MARK = 100_000_000
/** From here on a limit in USD is none (`features/accounts-and-keys.md 7.4`). */
const UNLIMITED_USD = 1_000_000

const amount = z.optional(z.nullable(z.number()))

const subscriptionSchema = z.object({
  hard_limit_usd: z.number(),
  /** Some relays tell what is left themselves. */
  balance: amount,
  total_available: amount,
  /** Seconds, 0 = never. */
  access_until: amount,
})

/** Hundredths. */
const usageSchema = z.object({ total_usage: z.number() })

/**
 * Limit and use as OpenAI's former billing pages had them. The amounts of the New API family are in
 * the unit the site shows, whatever their names say (`contracts/new-api.md 7.2`).
 */
export async function askOpenAiBilling(asker: Asker): Promise<UsageFigures> {
  const at = (name: string) => below(asker.target, `/v1/dashboard/billing/${name}`)
  const limit = await asker.get({ path: at('subscription'), schema: subscriptionSchema })
  const today = dayKey(asker.now())
  const usage = await settle(() =>
    asker.get({
      path: at('usage'),
      query: { start_date: `${today.slice(0, 4)}-01-01`, end_date: today },
      schema: usageSchema,
    }),
  )
  const { shownPerUsd } = await displayUnit(asker)
  const granted = limit.hard_limit_usd / shownPerUsd
  const used = usedOf(usage, shownPerUsd)
  const unlimited = limit.hard_limit_usd === UNLIMITED_MARK || granted >= UNLIMITED_USD
  const direct = limit.balance ?? limit.total_available
  return {
    ...noFigures('unsupported'),
    unlimited,
    totalUsedUsd: used,
    ...(unlimited
      ? {}
      : {
          totalGrantedUsd: complete(granted),
          balanceUsd: direct == null ? left(granted, used) : told(direct / shownPerUsd),
        }),
    ...expiry(limit.access_until),
  }
}

function usedOf(usage: Result<z.infer<typeof usageSchema>>, shownPerUsd: number): Metric {
  if (usage.ok) return complete(usage.value.total_usage / 100 / shownPerUsd)
  return unavailable(isUnsupported(usage.failure) ? 'unsupported' : 'request-failed')
}

function left(granted: number, used: Metric): Metric {
  return used.state === 'unavailable' ? used : complete(granted - used.value)
}
