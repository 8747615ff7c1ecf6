import type { DayRange } from '@/src/domain/day-key'
import { type Failure, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import type { AccountFigures } from '@/src/domain/snapshot'

import type { Access, Refreshed, SiteContext } from '../adapter'
import { fetchSelf, type ReadSelf, toFigures } from './account'
import type { LogPaging } from './log-pages'
import type { SelfAnswer } from './schemas'
import { type DayReading, readDay, unknownDay } from './today'

/**
 * Figures and today's use of one user. With a credential of its own both run at once; with the
 * browser's cookie the login may change in between (One API names no user in a request), so the
 * figures are read before and after and both must be the account's. `readSelf` is for a member of
 * the family that counts its balance in another way.
 */
export function refresh(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  paging: LogPaging,
  readSelf: ReadSelf = fetchSelf,
): Promise<Result<Refreshed>> {
  return settle(() =>
    access.kind === 'cookie'
      ? refreshBracketed(ctx, access, day, paging, readSelf)
      : refreshAtOnce(ctx, access, day, paging, readSelf),
  )
}

async function refreshAtOnce(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  paging: LogPaging,
  readSelf: ReadSelf,
): Promise<Refreshed> {
  // Without figures there is nothing to show: stop paging at once.
  const stop = new AbortController()
  const signal = ctx.signal ? AbortSignal.any([ctx.signal, stop.signal]) : stop.signal
  const reading = settle(() => readDay({ ...ctx, signal }, access, day, paging))
  const self = await settle(() => readSelf(ctx, access))
  if (!self.ok) stop.abort()
  const today = await reading
  return join(unwrap(self), today, day)
}

async function refreshBracketed(
  ctx: SiteContext,
  access: Access,
  day: DayRange,
  paging: LogPaging,
  readSelf: ReadSelf,
): Promise<Refreshed> {
  const before = await readSelf(ctx, access)
  const reading = await settle(() => readDay(ctx, access, day, paging))
  const after = await settle(() => readSelf(ctx, access))
  if (after.ok) return join(after.value, reading, day)
  if (endsRefresh(after.failure) || after.failure.class === 'login') return raise(after.failure)
  // Nobody confirmed whose use it was.
  return { figures: toFigures(before), today: unknownDay(day.dayKey, 'request-failed') }
}

function join(self: SelfAnswer, reading: Result<DayReading>, day: DayRange): Refreshed {
  const figures = toFigures(self)
  if (!reading.ok) {
    if (endsRefresh(reading.failure)) raise(reading.failure)
    return { figures, today: unknownDay(day.dayKey, 'request-failed') }
  }
  expectOwnRows(reading.value, self, figures)
  return { figures, today: reading.value.today }
}

function expectOwnRows(reading: DayReading, self: SelfAnswer, figures: AccountFigures): void {
  const own = [self.username, self.display_name, figures.username]
  if (reading.usernames.every((name) => own.includes(name))) return
  raise({ class: 'identity', reason: 'foreign-rows', path: '/api/log/self' })
}

function endsRefresh({ class: kind }: Failure): boolean {
  return kind === 'identity' || kind === 'cancelled'
}
