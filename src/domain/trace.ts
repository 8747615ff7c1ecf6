import * as z from 'zod/mini'

/** Steps kept of one piece of work; more would tell nothing new. */
export const TRACE_LIMIT = 24

export const traceStepSchema = z.object({
  /** Epoch ms of the start. */
  atMs: z.int(),
  method: z.string(),
  /** Path as our own code wrote it: no origin, no query. */
  path: z.string(),
  /** What the request carried to prove a user. */
  proof: z.enum(['none', 'cookie', 'authorization']),
  /** Who sent it: the worker, an open tab of the site, or the worker with an account's own cookies. */
  via: z.enum(['worker', 'tab', 'own-cookies']),
  /** How it ended, in a word of ours: `answered`, `no-answer` so far, or `class/reason`. */
  outcome: z.string(),
  httpStatus: z.optional(z.int()),
  /** Kind of the answer's body. */
  media: z.optional(z.enum(['json', 'html', 'text', 'empty', 'other'])),
  tookMs: z.optional(z.int()),
})

export type TraceStep = z.infer<typeof traceStepSchema>

export const traceSchema = z.array(traceStepSchema).check(z.maxLength(TRACE_LIMIT))

/** What was asked, and how each request ended; free of secrets and of words of the site. */
export type Trace = z.infer<typeof traceSchema>
