import type { Failure } from '@/src/domain/failure'
import type { RedeemBatch } from '@/src/domain/redemption'

import type { Sender } from './attempt'
import type { Attempt, AttemptBooks } from './attempt-books'
import type { CodePart } from './batch-record'
import type { BatchShelf } from './batch-shelf'
import type { RedeemPorts } from './ports'

interface RunPorts {
  readonly book: Pick<RedeemPorts['book'], 'glance'>
  readonly shelf: BatchShelf
  readonly books: AttemptBooks
  readonly sender: Sender
}

/** What accounts of this run wait for a person with: none of them is asked a second time. */
type Blocked = Map<string, Failure>

/**
 * Sends the codes of a batch one after the other, until it is through, waits for a site's limit, or
 * was stopped.
 */
export async function runBatch(ports: RunPorts, batchId: string): Promise<void> {
  const blocked: Blocked = new Map()
  for (;;) {
    const batch = await ports.shelf.load(batchId)
    const part = batch?.codes.find(({ state }) => state === 'waiting')
    if (batch?.state !== 'running' || !part) return
    const end = await tryAccounts(ports, batch, part, blocked)
    if (end !== 'settled') return
  }
}

/** Tries the accounts in their order; a code of one site is invalid at every other one. */
async function tryAccounts(
  ports: RunPorts,
  batch: RedeemBatch,
  { code }: CodePart,
  blocked: Blocked,
): Promise<'settled' | 'waits' | 'stopped'> {
  const places = await placesOf(ports, batch.accountIds)
  for (const [at, place] of places.entries()) {
    const attempt = { batchId: batch.id, code, ...place, hasNext: at + 1 < places.length }
    const end = await tryOne(ports, attempt, blocked)
    if (end === 'waits' || end === 'stopped') return end
    if (end !== 'invalid') return 'settled'
  }
  return 'settled'
}

async function tryOne(ports: RunPorts, attempt: Attempt, blocked: Blocked) {
  const { accountId, origin } = attempt
  if (origin === '') {
    const failure: Failure = { class: 'not-found', reason: 'account' }
    await ports.books.settle(attempt, { state: 'failed', failure })
    return 'failed'
  }
  const end = await ports.sender.send({ ...attempt, blocked: blocked.get(accountId) })
  if (typeof end === 'string') return end
  if (end.state === 'needs-you' && end.failure) blocked.set(accountId, end.failure)
  return end.state
}

/** One account of each origin, in their order; of one that is stored no more there is no origin. */
async function placesOf({ book }: Pick<RunPorts, 'book'>, accountIds: readonly string[]) {
  const { rows } = await book.glance()
  const places = new Map<string, Pick<Attempt, 'accountId' | 'origin'>>()
  for (const accountId of accountIds) {
    const origin = rows.find(({ id }) => id === accountId)?.origin ?? ''
    const key = origin || accountId
    if (!places.has(key)) places.set(key, { accountId, origin })
  }
  return [...places.values()]
}

/** Whose codes nobody saw the end of: of each, what became of it. */
export async function settleLeft(ports: RunPorts, batch: RedeemBatch): Promise<void> {
  const { rows } = await ports.book.glance()
  for (const part of batch.codes) {
    if (part.state !== 'sending') continue
    const { code, accountId = '', sentAtMs = batch.startedAtMs, before } = part
    const origin = rows.find(({ id }) => id === accountId)?.origin
    const attempt = { batchId: batch.id, code, accountId, hasNext: false }
    if (origin === undefined) {
      const failure: Failure = { class: 'not-found', reason: 'account' }
      await ports.books.settle({ ...attempt, origin: '' }, { state: 'unknown', failure })
      continue
    }
    const lost = { code, accountId, sentAtMs }
    await ports.sender.settleLost({ ...attempt, origin }, before ? { ...lost, before } : lost)
  }
}
