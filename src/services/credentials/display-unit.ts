import * as z from 'zod/mini'

import { type Failure, isFailureError } from '@/src/domain/failure'
import { DEFAULT_EXCHANGE_RATE, DEFAULT_QUOTA_PER_UNIT } from '@/src/domain/money'

import { type Asker, below } from './asker'

/** What a site's amounts are worth. */
export interface DisplayUnit {
  /** Quota points per USD. */
  readonly quotaPerUsd: number
  /** What is shown for one USD: 1, CNY per USD, or points. */
  readonly shownPerUsd: number
}

/** What makes no sense is as good as not there. */
const positive = z.catch(z.optional(z.number().check(z.positive())), undefined)

/** `contracts/new-api.md 3.1`; Veloera and DoneHub know `display_in_currency` only. */
const statusSchema = z.object({
  data: z.object({
    quota_per_unit: positive,
    quota_display_type: z.optional(z.string()),
    display_in_currency: z.optional(z.boolean()),
    usd_exchange_rate: positive,
  }),
})

const DOLLARS: DisplayUnit = { quotaPerUsd: DEFAULT_QUOTA_PER_UNIT, shownPerUsd: 1 }

/**
 * What the site's public status says of its amounts; sent without the key. A server without such a
 * status is none of the family and counts in dollars.
 *
 * @throws when it cannot be asked now: an amount in the wrong unit is worse than none.
 */
export async function displayUnit(asker: Asker): Promise<DisplayUnit> {
  try {
    const { data } = await asker.get({
      path: below(asker.target, '/api/status'),
      headers: {},
      schema: statusSchema,
      isAside: true,
    })
    const quotaPerUsd = data.quota_per_unit ?? DEFAULT_QUOTA_PER_UNIT
    const shown = data.quota_display_type ?? (data.display_in_currency === false ? 'TOKENS' : 'USD')
    if (shown === 'TOKENS') return { quotaPerUsd, shownPerUsd: quotaPerUsd }
    const yuan = data.usd_exchange_rate ?? DEFAULT_EXCHANGE_RATE
    return { quotaPerUsd, shownPerUsd: shown === 'CNY' ? yuan : 1 }
  } catch (thrown) {
    if (isFailureError(thrown) && isNoStatus(thrown.failure)) return DOLLARS
    throw thrown
  }
}

function isNoStatus({ class: kind, httpStatus = 0 }: Failure): boolean {
  return kind === 'changed-api' || (httpStatus >= 400 && httpStatus < 500 && httpStatus !== 429)
}
