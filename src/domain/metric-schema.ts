import * as z from 'zod/mini'

import { METRIC_REASONS } from './metric'

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
