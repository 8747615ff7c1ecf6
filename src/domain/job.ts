import * as z from 'zod/mini'

import { JOURNAL_REASONS } from './journal'

export const jobIdSchema = z.string().check(z.regex(/^job_[0-9a-f]{32}$/))

/** A refresh that survives the death of the worker: which accounts are done is in their snapshots. */
export const refreshJobSchema = z.object({
  id: jobIdSchema,
  kind: z.literal('refresh'),
  startedAtMs: z.int(),
  accountIds: z.array(z.string()),
  /** Absent = somebody asked by hand. */
  why: z.optional(z.enum(JOURNAL_REASONS)),
  /** `stopping`: the user cancelled, nothing new is started. */
  state: z.enum(['running', 'stopping', 'done']),
  endedAtMs: z.optional(z.int()),
})

export type RefreshJob = z.infer<typeof refreshJobSchema>

/** Progress as pages show it; streamed while the job runs and readable at any time. */
export const jobProgressSchema = z.object({
  jobId: z.string(),
  state: z.enum(['running', 'stopping', 'done']),
  total: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  /** Deleted or disabled since the job began, or cancelled before their turn. */
  skipped: z.int(),
  startedAtMs: z.int(),
  /** The account taken up last, while the job runs. */
  currentId: z.optional(z.string()),
})

export type JobProgress = z.infer<typeof jobProgressSchema>
