/**
 * What is tried with a key (`contracts/exports.md 8`): the protocol step by step, and the requests
 * of three command line tools. Apart from `check-run.ts`, whose schemas pages have no use for.
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
