import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { complete, type Metric, partial, unavailable } from '@/src/domain/metric'
import {
  AMOUNT_UNITS,
  convertAmount,
  CURRENCIES,
  shownCurrency,
  type Summand,
  sumMetrics,
} from '@/src/domain/money'

const rates = fc.record({
  unit: fc.constantFrom(...AMOUNT_UNITS),
  quotaPerUnit: fc.integer({ min: 1, max: 10_000_000 }),
  exchangeRate: fc.double({ min: 0.01, max: 1000, noNaN: true }),
})
const points = fc.integer({ min: -1e12, max: 1e12 })
const metric: fc.Arbitrary<Metric> = fc.oneof(
  points.map(complete),
  points.map((value) => partial(value, 'page-limit')),
  fc.constant(unavailable('request-failed')),
)
const summands: fc.Arbitrary<Summand[]> = fc.array(fc.record({ metric, rates }), { maxLength: 50 })
const currency = fc.constantFrom(...CURRENCIES)

describe('sums', () => {
  test('unknown never counts as a number', () => {
    fc.assert(
      fc.property(summands, currency, (items, unit) => {
        const total = sumMetrics(items, unit)
        const unknown = items.filter((item) => item.metric.state === 'unavailable').length
        expect(total.unknown).toBe(unknown)
        expect(total.counted + total.unknown + total.inconvertible).toBe(items.length)
        expect(total.known === null).toBe(total.counted === 0)
      }),
    )
  })

  test('a total is the sum of the totals of its parts', () => {
    fc.assert(
      fc.property(summands, summands, currency, (left, right, unit) => {
        const whole = sumMetrics([...left, ...right], unit)
        const a = sumMetrics(left, unit)
        const b = sumMetrics(right, unit)
        const sum = (a.known ?? 0) + (b.known ?? 0)
        const scale = Math.max(1, Math.abs(a.known ?? 0), Math.abs(b.known ?? 0))
        expect(Math.abs((whole.known ?? 0) - sum) / scale).toBeLessThan(1e-6)
        expect(whole.partial).toBe(a.partial + b.partial)
        expect(whole.inconvertible).toBe(a.inconvertible + b.inconvertible)
      }),
    )
  })

  test('CNY is USD times the rate of the account', () => {
    fc.assert(
      fc.property(points, rates, (value, rate) => {
        const usd = convertAmount(value, rate, 'USD') ?? Number.NaN
        expect(usd).toBe(rate.unit === 'usd' ? value : value / rate.quotaPerUnit)
        expect(convertAmount(value, rate, 'CNY')).toBe(usd * rate.exchangeRate)
        expect(convertAmount(value, rate, 'points')).toBe(rate.unit === 'points' ? value : null)
        for (const unit of CURRENCIES) {
          expect(convertAmount(value, rate, shownCurrency(rate, unit))).not.toBeNull()
        }
      }),
    )
  })
})
