import type { Metric } from './metric'

/** Quota points per USD when a site does not say (`contracts/new-api.md 3.1`). */
export const DEFAULT_QUOTA_PER_UNIT = 500_000

/** CNY paid per USD of quota when neither site nor user says (`contracts/new-api.md 3.1`). */
export const DEFAULT_EXCHANGE_RATE = 7.2

export const CURRENCIES = ['USD', 'CNY', 'points'] as const

/** `points` are the site's own quota points. */
export type Currency = (typeof CURRENCIES)[number]

/** What turns one account's points into money. */
export interface Rates {
  /** Quota points per USD of that site, > 0. */
  readonly quotaPerUnit: number
  /** CNY per USD of quota at that account, > 0. */
  readonly exchangeRate: number
}

/** Points expressed in `currency`. Storage keeps integer points; this is for display and sums. */
export function convertPoints(points: number, rates: Rates, currency: Currency): number {
  if (currency === 'points') return points
  const usd = points / rates.quotaPerUnit
  return currency === 'USD' ? usd : usd * rates.exchangeRate
}

/** A sum that says what it leaves out. Units: as the summands (`currency`). */
export interface Total {
  /** Sum of what is known; `null` when nothing is. */
  readonly known: number | null
  readonly counted: number
  /** Summands that are only lower bounds. */
  readonly partial: number
  /** Summands that are unavailable and therefore not in the sum. */
  readonly unknown: number
}

export interface Summand {
  readonly metric: Metric
  readonly rates: Rates
}

/** Adds metrics in one currency; unknown stays unknown and is counted. */
export function sumMetrics(items: readonly Summand[], currency: Currency): Total {
  let known = 0
  let counted = 0
  let partialCount = 0
  for (const { metric, rates } of items) {
    if (metric.state === 'unavailable') continue
    known += convertPoints(metric.value, rates, currency)
    counted += 1
    if (metric.state === 'partial') partialCount += 1
  }
  return {
    known: counted === 0 ? null : known,
    counted,
    partial: partialCount,
    unknown: items.length - counted,
  }
}
