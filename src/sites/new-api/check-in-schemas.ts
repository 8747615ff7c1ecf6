import * as z from 'zod/mini'

import { once } from '@/src/domain/once'

import { isDay } from './streak'

/** A field that only helps: whatever is wrong with it, it counts as absent. */
const lenient = <S extends z.ZodMiniType>(schema: S) => z.catch(z.optional(schema), undefined)

/** Quota points: a text or a float is another API, and what is not sure is not shown. */
export const pointsSchema = lenient(z.int().check(z.nonnegative()))

/** The site's own date. */
export const daySchema = lenient(z.string().check(z.refine(isDay)))

const count = lenient(z.int().check(z.nonnegative()))

const statsSchema = once(() =>
  z.object({
    checked_in_today: z.boolean(),
    total_checkins: count,
    checkin_count: count,
    records: lenient(z.array(z.object({ checkin_date: daySchema, quota_awarded: pointsSchema }))),
  }),
)

export type CheckInStats = z.infer<ReturnType<typeof statsSchema>>

/** `contracts/new-api.md 5.1`. Only what proves the state has to be there. */
export const checkInSchema = once(() =>
  z.union([
    z.object({ enabled: z.literal(false) }),
    z.object({ enabled: z.catch(z.literal(true), true), stats: statsSchema() }),
  ]),
)

/** `data` of a check-in that was done (5.2); the answer's `success` is proof enough. */
export const awardSchema = once(() =>
  z.catch(z.object({ quota_awarded: pointsSchema, checkin_date: daySchema }), {}),
)
