import { type Failure, failureOf, raise } from '@/src/domain/failure'

import type { RedeemAnswer } from '../adapter'

/**
 * What the family's servers say to a code (`contracts/new-api.md 4.3`, `contracts/veloera.md 7`,
 * `contracts/donehub.md 8`). A gift code that is used up, or was used by this user, is a used one.
 */
const PHRASES: readonly (readonly [RegExp, RedeemAnswer['outcome']])[] = [
  [/turnstile/i, 'turnstile'],
  [/已(?:被|经)?使用|最大使用次数|(?:already|been) (?:used|redeemed)/i, 'used'],
  [/已过期|expired/i, 'expired'],
  [/无效的兑换码|invalid (?:redemption |redeem )?code/i, 'invalid'],
]

/**
 * The server did not even look at the code: a redemption of the same user is under way, or what
 * guards against that is busy.
 */
const BUSY = /处理中|processing|操作过于频繁|系统暂时繁忙/i

/** Runs a redemption; a refusal whose meaning is known is an answer, or a `limit`. */
export async function answering(work: () => Promise<RedeemAnswer>): Promise<RedeemAnswer> {
  try {
    return await work()
  } catch (thrown) {
    const failure = failureOf(thrown)
    const outcome = outcomeOf(failure)
    if (outcome) return { outcome }
    return raise(isBusy(failure) ? { ...failure, class: 'limit', reason: 'site-busy' } : failure)
  }
}

function outcomeOf({ class: kind, detail = '' }: Failure): RedeemAnswer['outcome'] | null {
  if (kind !== 'refused') return null
  return PHRASES.find(([phrase]) => phrase.test(detail))?.[1] ?? null
}

const isBusy = ({ class: kind, detail = '' }: Failure) => kind === 'refused' && BUSY.test(detail)
