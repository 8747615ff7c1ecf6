import type { Metric } from './metric'

/** Quota points per USD when a site does not say (`contracts/new-api.md 3.1`). */
export const DEFAULT_QUOTA_PER_UNIT = 500_000

/** CNY paid per USD of quota when neither site nor user says (`contracts/new-api.md 3.1`). */
export const DEFAULT_EXCHANGE_RATE = 7.2

/** What a site counts in: quota points worth a fraction of a dollar, or US dollars themselves. */
export const AMOUNT_UNITS = ['points', 'usd'] as const

export type AmountUnit = (typeof AMOUNT_UNITS)[number]

export const CURRENCIES = ['USD', 'CNY', 'points'] as const

/** `points` are the site's own quota points. */
export type Currency = (typeof CURRENCIES)[number]

/** What turns one account's amounts into money. */
export interface Rates {
  readonly unit: AmountUnit
  /** Quota points per USD of that site, > 0. Means nothing where `unit` is `usd`. */
  readonly quotaPerUnit: number
  /** CNY per USD of quota at that account, > 0. */
  readonly exchangeRate: number
}

/**
 * A site's amount expressed in `currency`; storage keeps what the site said, this is for display
 * and sums. `null`: a site that counts in dollars has no points.
 */
export function convertAmount(amount: number, rates: Rates, currency: Currency): number | null {
  if (currency === 'points') return rates.unit === 'points' ? amount : null
  const usd = rates.unit === 'usd' ? amount : amount / rates.quotaPerUnit
  return currency === 'USD' ? usd : usd * rates.exchangeRate
}

/** What `amount` is shown in: points where the site has them, else dollars. */
export function shownCurrency(rates: Pick<Rates, 'unit'>, wanted: Currency): Currency {
  return wanted === 'points' && rates.unit === 'usd' ? 'USD' : wanted
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
  /** Summands that are known but have no amount in this currency, and so are not in the sum. */
  readonly inconvertible: number
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
  let inconvertible = 0
  for (const { metric, rates } of items) {
    if (metric.state === 'unavailable') continue
    const amount = convertAmount(metric.value, rates, currency)
    if (amount === null) {
      inconvertible += 1
      continue
    }
    known += amount
    counted += 1
    if (metric.state === 'partial') partialCount += 1
  }
  return {
    known: counted === 0 ? null : known,
    counted,
    partial: partialCount,
    unknown: items.length - counted - inconvertible,
    inconvertible,
  }
}
