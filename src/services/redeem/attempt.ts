import { failed, type Failure, type Result, settle } from '@/src/domain/failure'
import type { CodeState, SentCode } from '@/src/domain/redemption'
import type { RedeemAnswer } from '@/src/sites/adapter'

import type { Attempt, AttemptBooks, NotPassed, Passed } from './attempt-books'
import type { Outcome } from './batch-record'
import { creditOfRefused, fateOf, type LostCode } from './fate'
import type { RedeemPorts } from './ports'
import { barring, type Known, sentCodeId } from './sent-code'
import type { Standings } from './standings'
import { outcomeOf, verdictOn } from './verdict'

/** How a code ended at an account. `waits`: the whole batch does. `stopped`: nothing was sent. */
export type AttemptEnd = Outcome | 'waits' | 'stopped'

/** Sends one code once, with everything written down before and after. */
export interface Sender {
  send(attempt: Attempt): Promise<AttemptEnd>
  /** Finds out what became of a code that left; see {@link fateOf}. */
  settleLost(attempt: Attempt, lost: LostCode): Promise<Outcome>
}

interface SenderPorts extends Pick<RedeemPorts, 'vault' | 'asAccount' | 'forgive' | 'now'> {
  readonly books: AttemptBooks
  readonly standings: Standings
}

/** What one call came to, as far as it came. */
interface Call {
  /** `null` = it did not come as far. */
  passed: Passed | NotPassed | null
  answer: Result<RedeemAnswer> | null
}

/** Newer sites refuse used codes in words that tell nothing (`contracts/new-api.md 4.3`). */
const MAY_BE_OURS: ReadonlySet<CodeState> = new Set(['used', 'refused'])

export function createSender(ports: SenderPorts): Sender {
  const { vault, books, standings } = ports

  async function settleAs(attempt: Attempt, id: SentCode['id'], outcome: Outcome) {
    const { state, amount } = outcome
    if (state === 'redeemed') standings.credited(attempt.accountId, amount)
    if (state === 'unknown') standings.credited(attempt.accountId)
    await books.settle(attempt, outcome, id)
    return outcome
  }

  async function settleLost(attempt: Attempt, lost: LostCode): Promise<Outcome> {
    const id = await sentCodeId(attempt.origin, lost.code)
    // A site that just failed rests, and would not be asked.
    await settle(() => ports.forgive([lost.accountId]))
    return settleAs(attempt, id, await fateOf(ports, id, lost))
  }

  /** It went to this origin before: what is known is all there is to it. */
  async function settleKnown(given: Attempt, { outcome, accountId, atMs = 0 }: Known) {
    const attempt = { ...given, accountId: accountId ?? given.accountId }
    // Codes leave one after the other: whoever was sending this one is dead.
    if (outcome.state === 'sending') {
      const { code, accountId: to } = attempt
      return settleLost(attempt, { code, accountId: to, sentAtMs: atMs })
    }
    await books.settle(attempt, outcome)
    return outcome
  }

  /** Asks what the account has, passes the books, sends. A login that is renewed comes by twice. */
  function call(attempt: Attempt, id: SentCode['id'], made: Call) {
    return ports.asAccount(attempt.accountId, async (site): Promise<Result<RedeemAnswer>> => {
      const { redeem } = site.adapter
      if (!redeem) return failed({ class: 'unsupported', reason: 'no-redeem' })
      if (made.passed === null) {
        const before = await standings.before(site)
        if (!before.ok) return before
        made.passed = await books.pass(attempt, id, before.value)
      }
      if (typeof made.passed === 'string') return failed({ class: 'cancelled' })
      made.answer = null
      made.answer = await redeem.redeem(site.ctx, site.access, attempt.code)
      return made.answer
    })
  }

  /** What the site answered; a refusal is not always the whole truth. */
  async function settleAnswered(attempt: Attempt, id: SentCode['id'], made: Call, said: Outcome) {
    const credit = MAY_BE_OURS.has(said.state)
      ? await creditOfRefused(ports, id, lostIn(attempt, made))
      : null
    return settleAs(attempt, id, credit ?? said)
  }

  function lostIn({ code, accountId }: Attempt, { passed }: Call, failure?: Failure): LostCode {
    const sent = typeof passed === 'object' && passed ? passed : { sentAtMs: ports.now() }
    return { ...sent, code, accountId, ...(failure ? { failure } : {}) }
  }

  async function send(attempt: Attempt): Promise<AttemptEnd> {
    const id = await sentCodeId(attempt.origin, attempt.code)
    const known = await barring(vault, id)
    if (known) return settleKnown(attempt, known)
    if (attempt.blocked) {
      const outcome: Outcome = { state: 'needs-you', failure: attempt.blocked }
      await books.settle(attempt, outcome)
      return outcome
    }
    const made: Call = { passed: null, answer: null }
    const result = await call(attempt, id, made)
    if (made.passed === 'stopped') return 'stopped'
    if (made.passed === 'known') return send(attempt)
    // What the site said to the code stands, whatever failed around it.
    const answer = made.answer ?? result
    if (answer.ok) return settleAnswered(attempt, id, made, outcomeOf(answer.value))
    const verdict = verdictOn(answer.failure, made.passed !== null)
    if (verdict.kind === 'limit') {
      return (await books.wait(attempt, verdict.failure, id)) ?? 'waits'
    }
    const { passed } = made
    if (verdict.kind === 'settled') {
      if (passed) return settleAnswered(attempt, id, made, verdict.outcome)
      await books.settle(attempt, verdict.outcome)
      return verdict.outcome
    }
    return settleLost(attempt, lostIn(attempt, made, verdict.failure))
  }

  return { send, settleLost }
}
