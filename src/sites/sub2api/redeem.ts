import * as z from 'zod/mini'

import { type Failure, failureOf, raise, type Result, settle, unwrap } from '@/src/domain/failure'
import { once } from '@/src/domain/once'

import type { Access, RedeemAnswer, RedeemOperations, SiteContext } from '../adapter'
import { expectUser } from '../new-api/identity'
import { certainly } from '../uncertain'
import { withoutCode } from '../without-code'
import { classifyAnswer } from './classify'
import { factsOf, fetchData, send } from './request'
import { lenient, userId } from './schemas'
import { epochMs } from './time'

const REDEEM = '/api/v1/redeem'
const HISTORY = '/api/v1/redeem/history'

/** How far the clock of a site may be behind ours. */
const CLOCK_MS = 5 * 60_000

/** Redeem codes of Sub2API (`contracts/sub2api.md 12`). */
export const redeemOperations: RedeemOperations = {
  redeem: (ctx, access, code) => settle(() => redeem(ctx, access, code)),
  find,
  findsCode: true,
}

/** A redeem code as the site describes it; that it was taken is told by the answer as a whole. */
const codeSchema = once(() =>
  z.object({
    code: lenient(z.string()),
    type: lenient(z.string()),
    value: lenient(z.number()),
    used_by: lenient(userId),
    used_at: lenient(z.string()),
  }),
)

type CodeRow = z.infer<ReturnType<typeof codeSchema>>

async function redeem(ctx: SiteContext, access: Access, code: string): Promise<RedeemAnswer> {
  if (ctx.signal?.aborted) raise({ class: 'cancelled', path: REDEEM })
  try {
    const body = await certainly(async () => {
      const response = await send(ctx, access, { method: 'POST', path: REDEEM, body: { code } })
      return unwrap(classifyAnswer(response, factsOf(access, REDEEM, [code])))
    })
    const row = codeSchema().safeParse(body['data'])
    if (!row.success) return { outcome: 'redeemed' }
    const { used_by: owner = access.userId } = row.data
    // The code is spent, and whose it became is not clear: it must not go out again.
    if (owner !== access.userId) raise({ class: 'interrupted', reason: 'uncertain', path: REDEEM })
    return creditOf(row.data)
  } catch (thrown) {
    const failure = failureOf(thrown)
    const outcome = outcomeOf(failure)
    return outcome ? { outcome } : raise(withoutCode(asWait(failure), code), thrown)
  }
}

/** Amounts are USD and may be negative; slots and subscriptions are no amount. */
function creditOf(row: CodeRow): RedeemAnswer {
  if (row.type === undefined) return { outcome: 'redeemed' }
  if (row.type !== 'balance') return { outcome: 'redeemed', kind: row.type.slice(0, 60) }
  return { outcome: 'redeemed', ...(row.value === undefined ? {} : { amount: row.value }) }
}

function outcomeOf({ class: kind, reason }: Failure): RedeemAnswer['outcome'] | null {
  if (kind === 'not-found' && reason === 'redeem-code-not-found') return 'invalid'
  if (kind !== 'refused') return null
  if (reason === 'redeem-code-used') return 'used'
  return reason === 'redeem-code-expired' ? 'expired' : null
}

/** A locked code is in the hands of another call: this one did nothing, and may come again. */
function asWait(failure: Failure): Failure {
  const isLocked = failure.class === 'refused' && failure.reason === 'redeem-code-locked'
  return isLocked ? { ...failure, class: 'limit', reason: 'site-busy' } : failure
}

/** The user's last 25 codes, each by its text: what is among them was credited to this user. */
function find(
  ctx: SiteContext,
  access: Access,
  code: string,
  sinceMs: number,
): Promise<Result<RedeemAnswer | null>> {
  return settle(async () => {
    const rows = await fetchData(ctx, access, { path: HISTORY }, z.nullish(z.array(codeSchema())), [
      code,
    ])
    const row = rows?.find((one) => one.code === code.trim())
    if (!row) return null
    if (row.used_by !== undefined) expectUser(row.used_by, access, HISTORY)
    const usedAtMs = epochMs(row.used_at)
    const isEarlier = usedAtMs !== null && usedAtMs < sinceMs - CLOCK_MS
    return isEarlier ? { outcome: 'used' } : creditOf(row)
  })
}
