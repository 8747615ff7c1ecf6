import * as z from 'zod/mini'

import { apiTypeSchema } from './chat-endpoints'
import { keySourceSchema } from './credential'
import { PROBE_CAUSES, PROBES } from './probes'

export { API_PROBES, CLI_PROBES, type Probe, type ProbeCause, PROBES } from './probes'

const probeResultSchema = z.object({
  probe: z.enum(PROBES),
  state: z.enum(['waiting', 'running', 'pass', 'fail', 'unsupported', 'stopped']),
  cause: z.optional(z.enum(PROBE_CAUSES)),
  /** From sending to the verdict, ms. */
  latencyMs: z.optional(z.int()),
  httpStatus: z.optional(z.int()),
  /** The server's own words, redacted and cut; text only. */
  detail: z.optional(z.string()),
})

export type ProbeResult = z.infer<typeof probeResultSchema>

/** One verification of one key, running or over. No secret in it. */
export const checkRunSchema = z.object({
  id: z.string().check(z.regex(/^run_[0-9a-f]{32}$/)),
  source: keySourceSchema,
  /** What was tested, as it was called then. */
  label: z.string(),
  /** May differ from the stored one: an override of this run alone. */
  apiType: apiTypeSchema,
  model: z.optional(z.string()),
  startedAtMs: z.int(),
  endedAtMs: z.optional(z.int()),
  state: z.enum(['running', 'done', 'stopped']),
  results: z.array(probeResultSchema),
})

export type CheckRun = z.infer<typeof checkRunSchema>
