import type { Metric } from './metric-schema'

export type { Metric } from './metric-schema'

/** Why a number is missing or only a lower bound. */
export const METRIC_REASONS = [
  'not-collected',
  'unsupported',
  'wrong-period',
  'request-failed',
  'invalid-answer',
  'page-limit',
  'never-fetched',
] as const

export type MetricReason = (typeof METRIC_REASONS)[number]

export const complete = (value: number): Metric => ({ state: 'complete', value })
export const partial = (value: number, why: MetricReason): Metric => ({
  state: 'partial',
  value,
  reason: why,
})
export const unavailable = (why: MetricReason): Metric => ({ state: 'unavailable', reason: why })
