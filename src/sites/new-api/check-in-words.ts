import { type Failure, failureOf, settle } from '@/src/domain/failure'

import type { CheckInAnswer, CheckInStatus } from '../adapter'

/** What the family's servers say to a check-in they did not do (`contracts/new-api.md 5.2, 5.3`). */
const PHRASES: readonly (readonly [RegExp, CheckInAnswer['outcome']])[] = [
  [/turnstile/i, 'turnstile'],
  [/签到功能未启用|not enabled/i, 'not-offered'],
  [/已(?:经)?签到|already/i, 'done-earlier'],
]

/** What a refused check-in means; `null` = the words are none of the known ones. */
export function meaningOf({ class: kind, reason, detail = '' }: Failure): CheckInAnswer | null {
  // A server that has no check-in at all (5.2).
  if (kind === 'unsupported' && reason === 'no-such-route') return { outcome: 'not-offered' }
  if (kind !== 'refused') return null
  const outcome = meaningOfWords(detail)
  return outcome && { outcome }
}

/** The same of words alone, which some relatives put into an answer that is a success. */
export function meaningOfWords(words: string): CheckInAnswer['outcome'] | null {
  return PHRASES.find(([phrase]) => phrase.test(words))?.[1] ?? null
}

/**
 * Runs a check-in; a refusal whose meaning is known is an answer. Words that are not known, for newer
 * builds write in the user's own language (5.2), are left to the status, which needs none.
 *
 * @throws everything else, also the refusal where the status cannot be read
 */
export async function answering(
  work: () => Promise<CheckInAnswer>,
  readStatus?: () => Promise<CheckInStatus>,
): Promise<CheckInAnswer> {
  try {
    return await work()
  } catch (thrown) {
    const failure = failureOf(thrown)
    const answer = meaningOf(failure)
    if (answer) return answer
    if (failure.class !== 'refused' || !readStatus) throw thrown
    const status = await settle(readStatus)
    if (status.ok && !status.value.offered) return { outcome: 'not-offered' }
    if (status.ok && status.value.doneToday === true) return { outcome: 'done-earlier' }
    throw thrown
  }
}
