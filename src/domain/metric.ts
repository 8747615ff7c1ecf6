import * as z from 'zod/mini'

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

const reason = z.enum(METRIC_REASONS)

export const metricSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('complete'), value: z.number() }),
  z.object({ state: z.literal('partial'), value: z.number(), reason }),
  z.object({ state: z.literal('unavailable'), reason }),
])

/**
 * A number that knows how good it is. `complete` is exact, `partial` is a lower bound,
 * `unavailable` has no number at all: unknown is never 0.
 */
export type Metric = z.infer<typeof metricSchema>

export const complete = (value: number): Metric => ({ state: 'complete', value })
export const partial = (value: number, why: MetricReason): Metric => ({
  state: 'partial',
  value,
  reason: why,
})
export const unavailable = (why: MetricReason): Metric => ({ state: 'unavailable', reason: why })
