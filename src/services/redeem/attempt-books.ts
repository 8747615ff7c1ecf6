import type { Failure } from '@/src/domain/failure'
import type { SentCode, Standing } from '@/src/domain/redemption'
import type { Change } from '@/src/storage/vault'

import {
  type CodePart,
  type Outcome,
  partOf,
  queued,
  sending,
  sentBack,
  settled,
  waiting,
  withCode,
} from './batch-record'
import type { BatchShelf } from './batch-shelf'
import type { RedeemPorts } from './ports'
import { barring, forget, remember } from './sent-code'
import { MOST_LIMITED } from './verdict'

/** One code at one account. */
export interface Attempt {
  readonly batchId: string
  readonly code: string
  readonly accountId: string
  readonly origin: string
  /** Where the site says `invalid`, another one is asked. */
  readonly hasNext: boolean
  /** What the account waits for a person with: it is not asked. */
  readonly blocked?: Failure | undefined
}

/** What is written about the code, which leaves now; or why it does not. */
export type Passed = Pick<CodePart, 'before'> & { readonly sentAtMs: number }

export type NotPassed = 'stopped' | 'known'

/** Everything that is written about one attempt; each call is one transaction. */
export interface AttemptBooks {
  /** The last look before the code leaves: only who passes may send it. */
  pass(
    attempt: Attempt,
    id: SentCode['id'],
    before: Standing | undefined,
  ): Promise<Passed | NotPassed>
  /** What became of it. `id`: to be remembered; absent = it never left. */
  settle(attempt: Attempt, outcome: Outcome, id?: SentCode['id']): Promise<void>
  /**
   * A limit: the batch waits. Resolves with how the code ended where it does not: the site sent it
   * back too often, or the batch was stopped.
   */
  wait(attempt: Attempt, failure: Failure, id: SentCode['id']): Promise<Outcome | null>
}

/** How long to wait where a limit does not say, ms. */
const PATIENCE_MS = 60_000

export function createAttemptBooks(
  { vault, now }: Pick<RedeemPorts, 'vault' | 'now'>,
  shelf: BatchShelf,
): AttemptBooks {
  return {
    async pass({ batchId, code, accountId }, id, before) {
      const nowMs = now()
      const gate: { passed: Passed | NotPassed } = { passed: 'stopped' }
      await shelf.change(batchId, async (batch) => {
        const part = batch && partOf(batch, code)
        if (batch?.state !== 'running' || part?.state !== 'waiting') return { batch: null }
        if (await barring(vault, id)) {
          gate.passed = 'known'
          return { batch: null }
        }
        const leaving = sending(part, accountId, nowMs, before)
        gate.passed = { sentAtMs: leaving.sentAtMs ?? nowMs, before: leaving.before }
        return {
          batch: withCode(batch, code, () => leaving),
          also: [remember(id, accountId, { state: 'sending' }, nowMs)],
        }
      })
      return gate.passed
    },

    async settle({ batchId, code, accountId, hasNext }, outcome, id) {
      const also = id ? [remember(id, accountId, outcome, now())] : []
      await shelf.change(batchId, (batch) => {
        if (!batch) return { batch: null, also }
        const goesOn = hasNext && outcome.state === 'invalid' && batch.state === 'running'
        const change = withCode(batch, code, (part) =>
          goesOn ? queued(part) : settled(part, accountId, outcome),
        )
        return { batch: change, also }
      })
    },

    async wait({ batchId, code, accountId }, failure, id) {
      // Without an answer it was our own budget, which is no fault of the code.
      const times = failure.httpStatus === undefined ? 0 : 1
      const end: { outcome: Outcome | null } = { outcome: null }
      await shelf.change(batchId, (batch) => {
        const part = batch && partOf(batch, code)
        if (!part) return { batch: null, also: [forget(id)] }
        const limited = (part.limited ?? 0) + times
        const isLimited = limited >= MOST_LIMITED
        if (!isLimited && batch.state === 'running') {
          const untilMs = failure.retryAtMs ?? now() + PATIENCE_MS
          const back = withCode(batch, code, () => sentBack(part, limited))
          return { batch: waiting(back, untilMs), also: [forget(id)] }
        }
        const outcome: Outcome = { state: isLimited ? 'limited' : 'failed', failure }
        end.outcome = outcome
        const also: Change[] = [remember(id, accountId, outcome, now())]
        return { batch: withCode(batch, code, () => settled(part, accountId, outcome)), also }
      })
      return end.outcome
    },
  }
}
