import * as z from 'zod/mini'

import { settle, unwrap } from '@/src/domain/failure'
import { once } from '@/src/domain/once'

import type {
  Access,
  CheckInAnswer,
  CheckInOperations,
  CheckInStatus,
  SiteContext,
} from '../adapter'
import { act } from '../new-api/act'
import { pointsSchema } from '../new-api/check-in-schemas'
import { answering } from '../new-api/check-in-words'
import { findRewardBy, LOG_TYPE } from '../new-api/log-credits'
import { fetchData } from '../new-api/request'
import { fetchStatus } from './status'

const STATUS = '/api/user/check_in_status'
const CHECK_IN = '/api/user/check_in'

/** The check-in of Veloera; its day is a UTC day (`contracts/veloera.md 6`). */
export const veloeraCheckIn: CheckInOperations = {
  dayRule: 'utc',
  offeredBy: 'status',
  status: (ctx, access) => settle(() => readStatus(ctx, access)),
  perform: (ctx, access) =>
    settle(() =>
      answering(
        () => perform(ctx, access),
        () => readStatus(ctx, access),
      ),
    ),
  // Before v0.3.12 the row was one of the system (1.1).
  findReward: findRewardBy([LOG_TYPE.veloeraCheckIn, LOG_TYPE.system]),
}

const canCheckInSchema = once(() => z.object({ can_check_in: z.boolean() }))

const awardSchema = once(() => z.catch(z.object({ quota: pointsSchema }), {}))

/** With the check-in switched off `can_check_in` is true all the same: the switch is asked first. */
async function readStatus(ctx: SiteContext, access: Access): Promise<CheckInStatus> {
  const { checkInEnabled } = unwrap(await fetchStatus(ctx))
  if (checkInEnabled !== true) return { offered: false, doneToday: null }
  const { can_check_in: isOpen } = await fetchData(
    ctx,
    access,
    { path: STATUS },
    canCheckInSchema(),
  )
  return { offered: true, doneToday: !isOpen }
}

async function perform(ctx: SiteContext, access: Access): Promise<CheckInAnswer> {
  const { data } = await act(ctx, access, { path: CHECK_IN, method: 'POST' })
  const { quota: reward } = awardSchema().parse(data)
  return { outcome: 'done', ...(reward === undefined ? {} : { reward }) }
}
