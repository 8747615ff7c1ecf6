import { raise, settle } from '@/src/domain/failure'
import type { RedeemBatch, RedeemBatchView } from '@/src/domain/redemption'

import type { Chore } from '../automation/agenda-keeper'
import { ended, isDue, isOver, newBatch, retried } from './batch-record'
import { createBatchShelf } from './batch-shelf'
import { viewBatch } from './batch-view'
import type { RedeemPorts } from './ports'
import { createRedeemLine } from './redeem-line'
import { redeemable } from './redeemable'

/**
 * Redeems codes in batches. Codes leave one after the other, whatever the number of batches, and
 * none is ever sent twice to an origin: what is remembered of it is written before it leaves.
 */
export interface Redeemer {
  /**
   * Begins a batch and resolves with its id.
   *
   * @throws `not-found` when one of the accounts is not there, or cannot redeem
   */
  start(codes: readonly string[], accountIds: readonly string[]): Promise<string>
  /** Newest first. */
  list(): Promise<RedeemBatchView[]>
  /**
   * Sends picked codes again that certainly did not arrive or were limited, and asks the site once
   * more about those of unknown fate. The others stay as they are.
   */
  retry(batchId: string, picks: readonly number[]): Promise<void>
  /** What is on its way is waited for; nothing else is sent. */
  stop(batchId: string): Promise<void>
  /** Forgets a batch that is over. @throws `refused`/`still-running` */
  forget(batchId: string): Promise<void>
  readonly chore: Chore
  /** Resolves when nothing is under way: all is done, or waits for a site. */
  idle(): Promise<void>
}

/** When another worker looks, should this one die while it works, ms. */
const LOOK_AGAIN_MS = 60_000
/** Batches that are over are kept up to so many. */
const MOST_KEPT = 50

export function createRedeemer(ports: RedeemPorts): Redeemer {
  const { book, now } = ports
  const shelf = createBatchShelf(ports)
  const line = createRedeemLine(ports, shelf)

  async function known(batchId: string): Promise<RedeemBatch> {
    return (await shelf.load(batchId)) ?? raise({ class: 'not-found', reason: 'batch' })
  }

  async function prune(): Promise<void> {
    const over = (await shelf.all()).filter(isOver)
    for (const { id } of over.slice(MOST_KEPT)) await shelf.remove(id)
  }

  return {
    async start(codes, accountIds) {
      const rows = await redeemable(ports)
      for (const id of accountIds) {
        if (!rows.has(id)) raise({ class: 'not-found', reason: 'account' })
      }
      await prune()
      const batch = newBatch(codes, accountIds, now())
      await shelf.add(batch)
      await settle(() => ports.forgive(accountIds))
      line.kick()
      return batch.id
    },
    async list() {
      const [batches, { rows }] = await Promise.all([shelf.all(), book.glance()])
      return batches.map((batch) => viewBatch(batch, rows, ports.descriptions))
    },
    async retry(batchId, picks) {
      const { accountIds } = await known(batchId)
      await shelf.change(batchId, (batch) => ({ batch: batch ? retried(batch, picks) : null }))
      await settle(() => ports.forgive(accountIds))
      line.kick()
    },
    async stop(batchId) {
      const { state } = await known(batchId)
      const batch = await shelf.change(batchId, (one) => ({
        batch: one && isOpen(one) ? ended(one, 'stopped', now()) : null,
      }))
      // One that runs is concluded where it runs.
      if (batch && state === 'waiting') await line.refreshCredited(batch)
      ports.replan()
    },
    async forget(batchId) {
      if (!isOver(await known(batchId))) raise({ class: 'refused', reason: 'still-running' })
      await shelf.remove(batchId)
    },
    chore: {
      async wakeUp() {
        const batches = await shelf.all()
        if (batches.some((batch) => isDue(batch, now()) || hasLeft(batch))) line.kick()
      },
      async nextAtMs() {
        const open = (await shelf.all()).filter((batch) => !isOver(batch))
        const times = open.map(({ state, resumeAtMs }) =>
          state === 'waiting' && resumeAtMs !== undefined ? resumeAtMs : now() + LOOK_AGAIN_MS,
        )
        return times.length === 0 ? null : Math.min(...times)
      },
    },
    idle: line.idle,
  }
}

const isOpen = ({ state }: RedeemBatch) => state === 'running' || state === 'waiting'

const hasLeft = ({ codes }: RedeemBatch) => codes.some(({ state }) => state === 'sending')
