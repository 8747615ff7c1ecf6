import type { RedeemBatch } from '@/src/domain/redemption'
import type { Change } from '@/src/storage/vault'

import { journalOf } from './batch-journal'
import type { RedeemPorts } from './ports'

/** What one step makes of a batch, and what is written in the same transaction. */
export interface BatchStep {
  readonly batch: RedeemBatch | null
  readonly also?: readonly Change[]
}

/** Batches on disk; nothing of them is kept in memory, so that a dead worker leaves no gap. */
export interface BatchShelf {
  /** Newest first. */
  all(): Promise<RedeemBatch[]>
  load(id: string): Promise<RedeemBatch | undefined>
  /** Stores a new one, and sees to it that the next worker goes on with it. */
  add(batch: RedeemBatch): Promise<void>
  /**
   * Reads a batch, lets `step` decide and writes what it says with `also`, all or nothing and with
   * nothing in between. A batch of `null` stays as it is. `undefined` = it is not there (any more).
   */
  change(
    id: string,
    step: (batch: RedeemBatch | undefined) => BatchStep | Promise<BatchStep>,
  ): Promise<RedeemBatch | undefined>
  remove(id: string): Promise<void>
}

/** Without an agenda the next worker looks at everything: should this one die before it replans. */
const LOOK_AGAIN: Change = { store: 'agenda', remove: 'agenda' }

export function createBatchShelf(ports: Pick<RedeemPorts, 'vault' | 'journal' | 'announce'>) {
  const { vault, journal } = ports

  async function write(changes: readonly Change[]): Promise<void> {
    await vault.write(changes)
    journal.noteChange()
    ports.announce({ topic: 'redeem' })
  }

  const changesOf = (batch: RedeemBatch): Change[] => [
    { store: 'batches', put: batch },
    journal.change(journalOf(batch)),
  ]

  const load = (id: string) => vault.load('batches', id).catch(() => undefined)

  const shelf: BatchShelf = {
    async all() {
      const { records } = await vault.loadAll('batches')
      return records.sort((a, b) => b.startedAtMs - a.startedAtMs)
    },
    load,
    add: (batch) => write([...changesOf(batch), LOOK_AGAIN]),
    change: (id, step) =>
      vault.exclusive(async () => {
        const before = await load(id)
        const { batch, also = [] } = await step(before)
        const changes = [...(batch ? changesOf(batch) : []), ...also]
        // What runs again must be found by the next worker, whatever the plan said.
        const isBack = batch?.state === 'running' && before?.state !== 'running'
        if (changes.length > 0) await write(isBack ? [...changes, LOOK_AGAIN] : changes)
        return batch ?? before
      }),
    remove: (id) => write([{ store: 'batches', remove: id }]),
  }
  return shelf
}
