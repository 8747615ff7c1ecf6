import * as z from 'zod/mini'

import { failureOf, raise, settle } from '@/src/domain/failure'
import { once } from '@/src/domain/once'
import type { SiteRequest } from '@/src/net/transport'

import type { Access, RedeemAnswer, RedeemOperations, SiteContext } from '../adapter'
import { withoutCode } from '../without-code'
import { act } from './act'
import { pointsSchema } from './check-in-schemas'
import { LOG_TYPE, readCredits } from './log-credits'
import type { LogPaging } from './log-pages'
import { answering } from './redeem-words'

const PATH = '/api/user/topup'

/** How a family of servers redeems. */
export interface RedeemFamily {
  /** Where the server counts redemptions (`contracts/new-api.md 1.5`). */
  readonly budget: SiteRequest['budget']
  readonly paging: LogPaging
  /**
   * Where no header names the user, the site is asked who it takes us for before a code is spent.
   *
   * @throws `identity`
   */
  readonly confirmOwner?: (ctx: SiteContext, access: Access) => Promise<unknown>
}

/** A number; an object in Veloera (`contracts/veloera.md 7`). The success itself is the proof. */
const creditSchema = once(() =>
  z.union([
    z.pipe(
      z.object({ quota: pointsSchema }),
      z.transform(({ quota }) => quota),
    ),
    pointsSchema,
  ]),
)

/** Redemption as New API and its relatives have it (`contracts/new-api.md 4.3`). */
export function redeemOperations(family: RedeemFamily): RedeemOperations {
  return {
    redeem: (ctx, access, code) => settle(() => redeem(family, ctx, access, code)),
    find: (ctx, access, _code, sinceMs) => settle(() => find(family, ctx, access, sinceMs)),
  }
}

async function redeem(
  { budget, confirmOwner }: RedeemFamily,
  ctx: SiteContext,
  access: Access,
  code: string,
): Promise<RedeemAnswer> {
  await confirmOwner?.(ctx, access)
  const call = { path: PATH, method: 'POST', body: { key: code }, budget } as const
  try {
    return await answering(async () => {
      const { data } = await act(ctx, access, call, [code])
      const amount = creditSchema().parse(data)
      return { outcome: 'redeemed', ...(amount === undefined ? {} : { amount }) }
    })
  } catch (thrown) {
    return raise(withoutCode(failureOf(thrown), code), thrown)
  }
}

/**
 * The log names no code, only that one was redeemed (8.1): a single row is taken for ours, several
 * prove nothing.
 */
async function find(
  { paging, confirmOwner }: RedeemFamily,
  ctx: SiteContext,
  access: Access,
  sinceMs: number,
): Promise<RedeemAnswer | null> {
  await confirmOwner?.(ctx, access)
  const words = /兑换码|礼品码|redemption|redeem/i
  const rows = await readCredits(ctx, access, { type: LOG_TYPE.topUp, words, sinceMs, paging })
  const [row] = rows
  return row && rows.length === 1 ? { outcome: 'redeemed', ...row } : null
}
