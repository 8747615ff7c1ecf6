import * as z from 'zod/mini'

import { CHECK_IN_PROOFS } from './check-in'
import { failureSchema } from './failure-schema'
import { once } from './once'
import { CODE_STATES } from './redemption'

/** What the background does by itself or on request and writes down. */
export const JOURNAL_KINDS = ['refresh', 'check-in', 'redeem', 'notice'] as const

export type JournalKind = (typeof JOURNAL_KINDS)[number]

/**
 * Why it ran. `you`: asked for by hand. `schedule`: its time had come. `catch-up`: its time had
 * passed while the browser was closed or asleep. `popup`: the popup was opened. `retry`: after one
 * that did not work. `account`: an account was added or changed. `check-in`: it was just checked
 * in.
 */
export const JOURNAL_REASONS = [
  'you',
  'schedule',
  'catch-up',
  'popup',
  'retry',
  'account',
  'check-in',
] as const

export type JournalReason = (typeof JOURNAL_REASONS)[number]

/** What became of one account (or channel) of a job; `waiting` = not begun. */
export const LINE_STATES = [
  'waiting',
  'done',
  'done-earlier',
  'not-done',
  'unknown',
  'not-offered',
  'needs-you',
  'failed',
  'skipped',
] as const

export type LineState = (typeof LINE_STATES)[number]

export const journalLineSchema = once(() =>
  z.object({
    /** Account id, or what else the job is about. */
    id: z.string(),
    state: z.enum(LINE_STATES),
    by: z.optional(z.enum(CHECK_IN_PROOFS)),
    /** In the account's unit. */
    reward: z.optional(z.number()),
    /** Of redemption codes: how many ended how at this account. */
    counts: z.optional(z.partialRecord(z.enum(CODE_STATES), z.int())),
    failure: z.optional(failureSchema),
    startedAtMs: z.optional(z.int()),
    endedAtMs: z.optional(z.int()),
  }),
)

export type JournalLine = z.infer<ReturnType<typeof journalLineSchema>>

/**
 * One job: what it was, why it ran and what came of it. A job under way is this record too, so that
 * a worker that dies anywhere leaves what the next one needs.
 */
export const journalEntrySchema = once(() =>
  z.object({
    id: z.string().check(z.regex(/^(run|job)_[0-9a-f]{32}$/)),
    kind: z.enum(JOURNAL_KINDS),
    why: z.enum(JOURNAL_REASONS),
    /**
     * The day or slot the job belongs to, e.g. `2026-11-26` or `2026-11-26T10:15`: a second job of
     * the same kind, slot and reason by itself would be a defect.
     */
    slot: z.string().check(z.maxLength(40)),
    /** `interrupted`: the browser was closed and it was too late to go on. */
    state: z.enum(['running', 'waiting', 'done', 'partly', 'failed', 'stopped', 'interrupted']),
    startedAtMs: z.int(),
    endedAtMs: z.optional(z.int()),
    lines: z.array(journalLineSchema()),
    /** Why it failed as a whole. */
    failure: z.optional(failureSchema),
  }),
)

export type JournalEntry = z.infer<ReturnType<typeof journalEntrySchema>>

/** The slot of a job that belongs to a minute and no day: `2026-11-26T10:15`, UTC. */
export function slotOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16)
}

/** Jobs older than this are forgotten, ms; and the oldest where there are more than so many. */
export const JOURNAL_KEPT_MS = 45 * 86_400_000
export const JOURNAL_KEPT = 600
