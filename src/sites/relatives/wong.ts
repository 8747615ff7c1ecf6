import * as z from 'zod/mini'

import { settle } from '@/src/domain/failure'
import { once } from '@/src/domain/once'

import type {
  Access,
  CheckInAnswer,
  CheckInOperations,
  CheckInStatus,
  SiteContext,
} from '../adapter'
import { act } from '../new-api/act'
import { daySchema, pointsSchema } from '../new-api/check-in-schemas'
import { answering } from '../new-api/check-in-words'
import { findRewardBy, LOG_TYPE } from '../new-api/log-credits'
import { fetchData } from '../new-api/request'

const PATH = '/api/user/checkin'

/** The flat check-in of WONG公益站 (`contracts/other-sites.md 7.5`). */
export const wongCheckIn: CheckInOperations = {
  dayRule: 'server',
  offeredBy: 'asking',
  status: (ctx, access) => settle(() => readStatus(ctx, access)),
  perform: (ctx, access) =>
    settle(() =>
      answering(
        () => perform(ctx, access),
        () => readStatus(ctx, access),
      ),
    ),
  findReward: findRewardBy([LOG_TYPE.system]),
}

const flatSchema = once(() =>
  z.object({
    enabled: z.catch(z.optional(z.boolean()), undefined),
    checked_in: z.boolean(),
    /** A date in some answers; a moment tells no date of the site's. */
    checked_at: daySchema,
    quota: pointsSchema,
    min_quota: pointsSchema,
    max_quota: pointsSchema,
  }),
)

type Flat = z.infer<ReturnType<typeof flatSchema>>

async function readStatus(ctx: SiteContext, access: Access): Promise<CheckInStatus> {
  const flat = await fetchData(ctx, access, { path: PATH }, flatSchema())
  if (flat.enabled === false) return { offered: false, doneToday: null }
  return { offered: true, doneToday: flat.checked_in, ...(flat.checked_in ? gainOf(flat) : {}) }
}

/**
 * The answer to a second call of a day may look like that to the first (7.5): what went before is
 * read first, which also spares the site a call that would only be refused.
 */
async function perform(ctx: SiteContext, access: Access): Promise<CheckInAnswer> {
  const before = await readStatus(ctx, access)
  if (!before.offered) return { outcome: 'not-offered' }
  if (before.doneToday === true) return { outcome: 'done-earlier' }
  const { data } = await act(ctx, access, { path: PATH, method: 'POST', body: {} })
  const flat = flatSchema().safeParse(data)
  if (flat.success && flat.data.enabled === false) return { outcome: 'not-offered' }
  return { outcome: 'done', ...(flat.success ? gainOf(flat.data) : {}) }
}

/** `quota` is the award where it lies between the limits of one. */
function gainOf(flat: Flat): { reward?: number; day?: string } {
  const { quota, min_quota: least = 0, max_quota: most, checked_at: day } = flat
  const isAward = quota !== undefined && most !== undefined && quota >= least && quota <= most
  return { ...(isAward ? { reward: quota } : {}), ...(day === undefined ? {} : { day }) }
}
