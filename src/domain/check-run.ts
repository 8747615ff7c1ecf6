import * as z from 'zod/mini'

import { apiTypeSchema } from './chat-endpoints'
import { keySourceSchema } from './credential'

/**
 * What is tried with a key (`contracts/exports.md 8`): the protocol step by step, and the requests
 * of three command line tools.
 */
export const PROBES = [
  'models',
  'text',
  'stream',
  'tools',
  'structured',
  'claude-code',
  'codex',
  'gemini-cli',
] as const

export type Probe = (typeof PROBES)[number]

/** The probes of a protocol; the others are those of tools. */
export const API_PROBES = PROBES.slice(0, 5)
export const CLI_PROBES = PROBES.slice(5)

/** Why a probe ended as it did; each has its own words. `ok` goes with a pass. */
export const PROBE_CAUSES = [
  'ok',
  'no-models',
  'no-model-chosen',
  'wrong-text',
  'no-tool-call',
  'not-structured',
  'not-streamed',
  'not-an-endpoint',
  'unexpected-shape',
  'unauthorized',
  'forbidden',
  'official-clients-only',
  'endpoint-not-found',
  'model-not-found',
  'parameter-unsupported',
  'protocol-unsupported',
  'no-quota',
  'rate-limited',
  'bad-request',
  'server-error',
  'protection-page',
  'redirected',
  'timeout',
  'unreachable',
  'no-access',
  'too-large',
  'stopped',
] as const

export type ProbeCause = (typeof PROBE_CAUSES)[number]

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
