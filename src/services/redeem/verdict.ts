import type { Failure, FailureClass } from '@/src/domain/failure'
import type { CodeState } from '@/src/domain/redemption'
import type { RedeemAnswer } from '@/src/sites/adapter'

import type { Outcome } from './batch-record'

/** How often a site may send one code back for its limit. */
export const MOST_LIMITED = 3

/** Only a person can change it, and it is the same for every code of the account. */
const FOR_A_PERSON: ReadonlySet<FailureClass> = new Set([
  'login',
  'challenge',
  'needs-tab',
  'identity',
  'access',
  'proof',
])

/** Adapters promise: whatever else they fail with, the site did not act (`RedeemOperations`). */
const UNCERTAIN: ReadonlySet<FailureClass> = new Set(['interrupted', 'internal'])

/** `uncertain`: it may have been credited, and the site has to be asked. */
export type Verdict =
  | { readonly kind: 'settled'; readonly outcome: Outcome }
  | { readonly kind: 'limit' | 'uncertain'; readonly failure: Failure }

/** What the site's answer to a code means. */
export function outcomeOf({ outcome, amount, kind }: RedeemAnswer): Outcome {
  if (outcome === 'turnstile') {
    return { state: 'needs-you', failure: { class: 'proof', reason: 'turnstile' } }
  }
  return {
    state: outcome,
    ...(amount === undefined ? {} : { amount }),
    // In the site's words, and stored: cut rather than refused.
    ...(kind === undefined ? {} : { kind: kind.slice(0, 60) }),
  }
}

/** What a failure means for a code. `hasLeft`: its request was begun. */
export function verdictOn(failure: Failure, hasLeft: boolean): Verdict {
  const { class: kind } = failure
  if (kind === 'limit') return { kind: 'limit', failure }
  if (hasLeft && UNCERTAIN.has(kind)) return { kind: 'uncertain', failure }
  return { kind: 'settled', outcome: { state: stateOf(kind, hasLeft), failure } }
}

function stateOf(kind: FailureClass, hasLeft: boolean): CodeState {
  if (FOR_A_PERSON.has(kind)) return 'needs-you'
  return hasLeft && kind === 'refused' ? 'refused' : 'failed'
}
