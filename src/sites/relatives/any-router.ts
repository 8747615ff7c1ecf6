import { settle } from '@/src/domain/failure'

import type { Access, CheckInAnswer, CheckInOperations, SiteContext } from '../adapter'
import { act } from '../new-api/act'
import { answering, meaningOfWords } from '../new-api/check-in-words'
import { findRewardBy, LOG_TYPE } from '../new-api/log-credits'

const PATH = '/api/user/sign_in'

/** AnyRouter's sign-in: asking would do it, so there is no status (`contracts/other-sites.md 7.4`). */
export const anyRouterCheckIn: CheckInOperations = {
  dayRule: 'server',
  offeredBy: 'asking',
  perform: (ctx, access) => settle(() => answering(() => perform(ctx, access))),
  findReward: findRewardBy([LOG_TYPE.system]),
}

/**
 * It takes the browser's login whatever else proves the account (`features/accounts-and-keys.md
 * 5.6`); the user id goes along, and the site refuses where it is another user's login.
 */
async function perform(ctx: SiteContext, { userId }: Access): Promise<CheckInAnswer> {
  const { message } = await act(
    ctx,
    { kind: 'cookie', userId },
    { path: PATH, method: 'POST', body: {}, headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  )
  const words = typeof message === 'string' ? message.trim() : ''
  // An empty message: it was done before.
  if (words === '') return { outcome: 'done-earlier' }
  return { outcome: meaningOfWords(words) ?? 'done' }
}
