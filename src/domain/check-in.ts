import * as z from 'zod/mini'

import { accountIdSchema } from './account'
import { failureSchema } from './failure-schema'
import { once } from './once'
import { MOST_RANGES } from './site-clock'

/**
 * What is known of an account's check-in on its site's current day, by evidence and never by hope.
 *
 * | state | meaning |
 * |---|---|
 * | `done` | Relaydeck did it |
 * | `done-earlier` | the site says it was done before, by hand or elsewhere |
 * | `not-done` | the site says so, or the request certainly did not arrive |
 * | `unknown` | it was sent or could not be asked for, and nothing tells what became of it |
 * | `not-offered` | the site has none, or its operator switched it off |
 * | `needs-you` | only a person can: a challenge, a login, a page of one's own |
 */
export const CHECK_IN_STATES = [
  'done',
  'done-earlier',
  'not-done',
  'unknown',
  'not-offered',
  'needs-you',
] as const

export type CheckInState = (typeof CHECK_IN_STATES)[number]

/**
 * What told the state. `answer`: of the check-in itself. `status`: the site's own status call.
 * `log`: a reward in the account's log. `balance`: it grew. `opened`: the user opened the page.
 */
export const CHECK_IN_PROOFS = ['answer', 'status', 'log', 'balance', 'opened'] as const

export type CheckInProof = (typeof CHECK_IN_PROOFS)[number]

/** A calendar day as a site or the user counts it: `YYYY-MM-DD`. */
export const dayLabelSchema = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))

/** The state of a check-in as lists show it. */
export const checkInMarkSchema = z.object({
  state: z.enum(CHECK_IN_STATES),
  by: z.optional(z.enum(CHECK_IN_PROOFS)),
  /** When it was found out, epoch ms. */
  atMs: z.int(),
  /**
   * From then on the mark says nothing, epoch ms: the site's day may be over. Where hardly anything
   * is known of the site's clock, the end of the user's day stands for it.
   */
  untilMs: z.int(),
  /** In the account's unit; absent = not told. */
  reward: z.optional(z.number()),
  /** Why it is not done, not known, or waits for the user. */
  failure: z.optional(failureSchema),
})

export type CheckInMark = z.infer<typeof checkInMarkSchema>

export { markNow } from './check-in-mark'

/** One day of an account's check-ins, as it ended here. */
export const checkInDaySchema = once(() =>
  z.object({
    /** The site's own day where it told it, else the user's local one. */
    day: dayLabelSchema,
    state: z.enum(CHECK_IN_STATES),
    by: z.optional(z.enum(CHECK_IN_PROOFS)),
    atMs: z.int(),
    reward: z.optional(z.number()),
  }),
)

export type CheckInDay = z.infer<ReturnType<typeof checkInDaySchema>>

/** Days kept of each account. */
export const CHECK_IN_DAYS_KEPT = 92

/**
 * Everything remembered about an account's check-ins; stored under the account's id. When it is
 * asked next is not stored but follows from this (`check-in-plan.ts`).
 */
export const checkInRecordSchema = once(() =>
  z.object({
    id: accountIdSchema,
    /** Since when a check-in is wanted, epoch ms: where a plan begins that knows nothing else. */
    sinceMs: z.int(),
    /** By how much the site's clock was ahead of this device's when it answered last, ms. */
    errorMs: z.optional(z.int()),
    /**
     * The offsets from the UTC of this device by which the site may count its days, ms: a
     * `SiteClock`.
     */
    clock: z
      .array(z.object({ fromMs: z.int(), toMs: z.int() }))
      .check(z.minLength(1), z.maxLength(MOST_RANGES)),
    /** When a day was found done that should have been new, and no date told why. */
    oddAtMs: z.optional(z.int()),
    /**
     * A check-in that left and whose outcome is not known. Written before it leaves: whoever finds
     * it asks, and does not send again.
     */
    sent: z.optional(
      z.object({
        runId: z.string(),
        atMs: z.int(),
        /** Before it left, in the account's unit; absent = not known. */
        balance: z.optional(z.number()),
      }),
    ),
    /** The last day of the site that was seen done. */
    done: z.optional(
      z.object({
        /** First and last time it was seen so, epoch ms. */
        fromMs: z.int(),
        atMs: z.int(),
        /** The site's own date, where told. */
        day: z.optional(dayLabelSchema),
        /** It was Relaydeck that did it. */
        ours: z.boolean(),
      }),
    ),
    /** The last day of the site that was tried and is not done: only `again` may go on with it. */
    left: z.optional(
      z.object({
        /** When it was tried last. */
        atMs: z.int(),
        /** How often it was looked at since something of unknown fate was sent. */
        looks: z.int(),
        /** Tries that failed, in a row. */
        fails: z.int(),
        /** It was tried once more after the account worked again. */
        mended: z.optional(z.literal(true)),
      }),
    ),
    /** What is still to come for that day. `asked`: the user asked for it, so settings do not matter. */
    again: z.optional(
      z.object({
        atMs: z.int(),
        act: z.enum(['try', 'look']),
        asked: z.optional(z.literal(true)),
      }),
    ),
    /** When a planned time that passed is caught up. */
    catchUpAtMs: z.optional(z.int()),
    /** Until then plans are early, for the browser was closed at a planned time. */
    eagerUntilMs: z.optional(z.int()),
    /** Check-ins sent that may have arrived, of the day that was tried last. */
    tries: z.object({ count: z.int(), lastAtMs: z.int() }),
    /** The user opened the site's own page: looked at afterwards, so often by now. */
    opened: z.optional(z.object({ atMs: z.int(), looks: z.int() })),
    /** A record that could not be read stood here then: something may have been sent before. */
    doubtAtMs: z.optional(z.int()),
    /** Days in a row and all-time count, as the site told them last. */
    streak: z.optional(z.int()),
    total: z.optional(z.int()),
    /** Local day on which the user opened the page of a check-in of one's own. */
    openedDay: z.optional(dayLabelSchema),
    /** Newest first. */
    days: z.array(checkInDaySchema()).check(z.maxLength(CHECK_IN_DAYS_KEPT)),
  }),
)

export type CheckInRecord = z.infer<ReturnType<typeof checkInRecordSchema>>
