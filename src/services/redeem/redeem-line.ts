import { settle } from '@/src/domain/failure'
import type { RedeemBatch } from '@/src/domain/redemption'
import { createTurns } from '@/src/storage/turns'

import { createSender } from './attempt'
import { createAttemptBooks } from './attempt-books'
import { ended, isDue, isOver, running } from './batch-record'
import type { BatchShelf } from './batch-shelf'
import type { RedeemPorts } from './ports'
import { runBatch, settleLeft } from './redeem-run'
import { createStandings } from './standings'

/** The one line in which all codes leave, one after the other, whatever the number of batches. */
export interface RedeemLine {
  /** Goes on with everything that may go on. */
  kick(): void
  /** Shows what was credited in a batch that is over. */
  refreshCredited(batch: RedeemBatch): Promise<void>
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>
}

export function createRedeemLine(ports: RedeemPorts, shelf: BatchShelf): RedeemLine {
  const { book, now } = ports
  const turns = createTurns()
  const books = createAttemptBooks(ports, shelf)
  const sender = createSender({ ...ports, books, standings: createStandings(now) })
  const parts = { book, shelf, books, sender }

  /** The oldest one that may go on. */
  async function nextDue(): Promise<RedeemBatch | undefined> {
    return (await shelf.all()).filter((batch) => isDue(batch, now())).at(-1)
  }

  /** Goes as far as sites allow. Codes whose fate is open come first: nothing may pass them. */
  async function goOn(): Promise<void> {
    for (const batch of await shelf.all()) await settleLeft(parts, batch)
    for (let batch = await nextDue(); batch; batch = await nextDue()) {
      const { id } = batch
      if (batch.state === 'waiting') await edit(id, (one) => (isWaiting(one) ? running(one) : null))
      // Somebody may have asked for one more look since.
      await settleLeft(parts, batch)
      await runBatch(parts, id)
      await conclude(id)
    }
  }

  async function conclude(id: string): Promise<void> {
    const batch = await edit(id, (one) => {
      const isThrough = one.state === 'running' && !one.codes.some(isToCome)
      return isThrough ? ended(one, 'done', now()) : null
    })
    if (batch && isOver(batch)) await refreshCredited(batch)
  }

  function edit(id: string, change: (batch: RedeemBatch) => RedeemBatch | null) {
    return shelf.change(id, (batch) => ({ batch: batch ? change(batch) : null }))
  }

  async function refreshCredited({ codes }: RedeemBatch): Promise<void> {
    const ids = codes.flatMap(({ state, accountId }) =>
      state === 'redeemed' && accountId !== undefined ? [accountId] : [],
    )
    for (const id of new Set(ids)) await settle(() => ports.refresh([id], 'account'))
  }

  async function pass(): Promise<void> {
    await ports.wake.hold()
    try {
      await goOn()
    } finally {
      await ports.wake.release()
      ports.replan()
    }
  }

  return {
    kick: () => void settle(() => turns.take(pass)),
    refreshCredited,
    idle: () => turns.take(() => Promise.resolve()),
  }
}

const isWaiting = ({ state }: RedeemBatch) => state === 'waiting'

const isToCome = ({ state }: RedeemBatch['codes'][number]) =>
  state === 'waiting' || state === 'sending'
