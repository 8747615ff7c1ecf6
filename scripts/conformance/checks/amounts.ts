import type { Metric, MetricReason } from '@/src/domain/metric'
import type { AmountUnit } from '@/src/domain/money'
import type { AccountFigures, TodayUse } from '@/src/domain/snapshot'

import { expect } from '../ledger'

const TODAY = ['consumption', 'requests', 'promptTokens', 'completionTokens'] as const

/** Counted and not paid: whole whatever amounts are in. */
const COUNTS: ReadonlySet<string> = new Set([
  'requestsTotal',
  'requests',
  'promptTokens',
  'completionTokens',
])

/**
 * Figures of that user in that unit, all of them told.
 *
 * @param excused reasons for which a figure may be missing
 */
export function expectFigures(
  figures: AccountFigures,
  userId: string,
  unit: AmountUnit,
  excused: readonly MetricReason[] = ['unsupported'],
): void {
  expect(figures.userId === userId, 'the answer is about another user')
  const counted = figures.unit ?? 'points'
  expect(counted === unit, `counted in ${counted}, but the family counts in ${unit}`)
  for (const name of ['balance', 'usedTotal', 'requestsTotal'] as const) {
    const metric = figures[name]
    expectAmount(metric, name, unit)
    const isExcused = metric.state === 'unavailable' && excused.includes(metric.reason)
    expect(metric.state === 'complete' || isExcused, `${name} is ${metric.state}: ${said(metric)}`)
  }
}

/** The use of that day. */
export function expectToday(today: TodayUse, dayKey: string, unit: AmountUnit): void {
  expect(today.dayKey === dayKey, 'the use of another day')
  const { consumption } = today
  expect(consumption.state !== 'unavailable', `consumption is unavailable: ${said(consumption)}`)
  for (const name of TODAY) expectAmount(today[name], name, unit)
}

/** Whether a family without use of the day says just that. */
export function tellsNoDay(today: TodayUse): boolean {
  return TODAY.every((name) => {
    const metric = today[name]
    return metric.state === 'unavailable' && metric.reason === 'unsupported'
  })
}

/** Points and counts are whole numbers, dollars need not be. */
export function expectAmount(metric: Metric, name: string, unit: AmountUnit): void {
  if (metric.state === 'unavailable') return
  if (unit === 'usd' && !COUNTS.has(name)) {
    expect(Number.isFinite(metric.value), `${name} is not a number`)
  } else {
    expect(Number.isSafeInteger(metric.value), `${name} is not a whole number`)
  }
}

/** An amount with its unit, or why there is none. */
export function shown(metric: Metric, unit: AmountUnit): string {
  return metric.state === 'unavailable'
    ? metric.reason
    : `${said(metric)} ${unit === 'usd' ? 'USD' : 'points'}`
}

function said(metric: Metric): string {
  if (metric.state === 'unavailable') return metric.reason
  return metric.state === 'partial'
    ? `at least ${String(metric.value)} (${metric.reason})`
    : String(metric.value)
}
