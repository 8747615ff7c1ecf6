import type { Failure } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import type { CodeState, RedeemBatch, Standing } from '@/src/domain/redemption'

export type CodePart = RedeemBatch['codes'][number]

/** What became of a code, as batches and the memory of sent codes keep it. */
export type Outcome = Pick<CodePart, 'state' | 'amount' | 'kind' | 'failure'>

/** What `redeem.retry` may send again; `unknown` is only asked for. */
const RETRIED: ReadonlySet<CodeState> = new Set(['failed', 'limited', 'needs-you'])

/** It never left: the batch was stopped before its turn. */
const STOPPED: Failure = { class: 'cancelled' }

export function newBatch(
  codes: readonly string[],
  accountIds: readonly string[],
  startedAtMs: number,
): RedeemBatch {
  return {
    id: newId('run'),
    startedAtMs,
    state: 'running',
    accountIds: [...new Set(accountIds)],
    codes: [...new Set(codes)].map((code) => ({ code, state: 'waiting' })),
  }
}

/** Nothing of it is under way or to come. */
export function isOver(batch: RedeemBatch): boolean {
  const isOpen = batch.state === 'running' || batch.state === 'waiting'
  return !isOpen && !batch.codes.some(({ state }) => state === 'sending')
}

/** The longest a site may let us wait, and a little more, ms (`net/rate-limit.ts`). */
const LONGEST_WAIT_MS = 25 * 3_600_000

/** Whether it may go on: it runs, or what it waits for has come. */
export function isDue({ state, resumeAtMs = 0 }: RedeemBatch, nowMs: number): boolean {
  if (state === 'running') return true
  if (state !== 'waiting') return false
  // A clock that was set back must not make it wait for as long as it was wrong.
  return resumeAtMs <= nowMs || resumeAtMs > nowMs + LONGEST_WAIT_MS
}

export function partOf(batch: RedeemBatch, code: string): CodePart | undefined {
  return batch.codes.find((part) => part.code === code)
}

export function withCode(
  batch: RedeemBatch,
  code: string,
  change: (part: CodePart) => CodePart,
): RedeemBatch {
  return { ...batch, codes: batch.codes.map((part) => (part.code === code ? change(part) : part)) }
}

/** The code as it leaves for an account; what is asked for later begins with its first try there. */
export function sending(
  part: CodePart,
  accountId: string,
  nowMs: number,
  standing: Standing | undefined,
): CodePart {
  const { code, limited, sentAtMs = nowMs, before = standing } = part
  return {
    code,
    state: 'sending',
    accountId,
    sentAtMs,
    ...(limited === undefined ? {} : { limited }),
    ...(before ? { before } : {}),
  }
}

/** The code with what became of it at an account. */
export function settled(part: CodePart, accountId: string, outcome: Outcome): CodePart {
  const { code, sentAtMs, before } = part
  const isOpen = outcome.state === 'unknown'
  return {
    code,
    accountId,
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
    // Only what may be asked for once more needs its proof.
    ...(isOpen && before ? { before } : {}),
    ...bare(outcome),
  }
}

/** The code back in the queue. */
export function queued({ code }: CodePart): CodePart {
  return { code, state: 'waiting' }
}

/**
 * The code back in the queue after a limit; `limited`: how often the site sent it back. Browsers may
 * have sent it twice by themselves, and only the second one was sent back: that is found out later,
 * by looking as far back as its first try.
 */
export function sentBack({ code, sentAtMs, before }: CodePart, limited: number): CodePart {
  if (limited === 0) return { code, state: 'waiting' }
  return {
    code,
    state: 'waiting',
    limited,
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
    ...(before ? { before } : {}),
  }
}

/** Failures are kept without the requests that led there: there may be many. */
function bare({ failure, ...rest }: Outcome): Outcome {
  if (!failure) return rest
  const { trace: _, ...plain } = failure
  return { ...rest, failure: plain }
}

/** Goes on by itself until `resumeAtMs`. */
export function waiting(batch: RedeemBatch, resumeAtMs: number): RedeemBatch {
  return batch.state === 'running' ? { ...batch, state: 'waiting', resumeAtMs } : batch
}

export function running({ resumeAtMs: _, endedAtMs: __, ...batch }: RedeemBatch): RedeemBatch {
  return { ...batch, state: 'running' }
}

export function ended(
  { resumeAtMs: _, ...batch }: RedeemBatch,
  state: 'done' | 'stopped',
  endedAtMs: number,
): RedeemBatch {
  const codes = batch.codes.map((part): CodePart =>
    part.state === 'waiting' ? { code: part.code, state: 'failed', failure: STOPPED } : part,
  )
  return { ...batch, codes, state, endedAtMs }
}

/** The picked codes once more: what did not arrive is sent, what is unknown is asked for. */
export function retried(batch: RedeemBatch, picks: readonly number[]): RedeemBatch | null {
  const codes = batch.codes.map((part, at) => (picks.includes(at) ? again(part) : part))
  const isAny = codes.some((part, at) => part !== batch.codes[at])
  return isAny ? running({ ...batch, codes }) : null
}

function again(part: CodePart): CodePart {
  if (RETRIED.has(part.state)) return queued(part)
  const isAsked = part.state === 'unknown' && part.accountId !== undefined
  return isAsked ? { ...part, state: 'sending' } : part
}
