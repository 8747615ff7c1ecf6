import type { Repair } from '@/src/domain/chore'
import type { Failure } from '@/src/domain/failure'
import type { Change } from '@/src/storage/vault'

import { KEY_LOST } from './reveals'
import type { KeyParts } from './key-book'
import {
  editAccountPart,
  isListed,
  settleKeys,
  waitingKeys,
  withListedKeys,
  withoutTrace,
} from './repair-record'

/** The record of a running repair. */
export interface RepairRecord {
  current(): Repair
  /** Changes it in memory. What it becomes is written by `save`, or by whoever writes `change()`. */
  edit(change: (repair: Repair) => Repair): void
  save(): Promise<void>
  change(): Change
  /** Nobody paused or cancelled it. */
  isGoing(): boolean
}

/** The account is not there, is switched off, or its family has no such thing. */
const SKIPPED: ReadonlySet<string> = new Set(['not-found', 'unsupported'])
/** A failure of one key and nobody else's. */
const OF_ONE_KEY: ReadonlySet<Failure['class']> = new Set([
  'refused',
  'not-found',
  'changed-api',
  'input',
])
const PATIENCE_MS = 60_000

/**
 * Takes one account as far as its site allows.
 *
 * @returns epoch ms at which the site allows more; `null` = there is nothing left to do
 */
export async function repairAccount(
  { families, listing, reveals }: KeyParts,
  record: RepairRecord,
  accountId: string,
  now: () => number,
): Promise<number | null> {
  const edit = (change: (repair: Repair) => Repair) => {
    record.edit(change)
    return record.save()
  }

  async function list(): Promise<Failure | null> {
    const listed = await listing.listNow(accountId)
    if (!listed.ok) return listed.failure
    // The list that was just read told the generation.
    const features = await families.features(accountId)
    await edit((repair) => withListedKeys(repair, accountId, listed.value, features))
    return null
  }

  /** Asks for the next keys; the failure that ends the account's turn, if there is one. */
  async function ask(atOnce: number): Promise<Failure | null> {
    const ids = waitingKeys(record.current(), accountId).slice(0, atOnce)
    const isMany = ids.length > 1
    const asked = await reveals.ask(accountId, ids, {
      also: (shown) => {
        record.edit((repair) => settleKeys(repair, accountId, 'completed', { ids: shown }))
        return [record.change()]
      },
    })
    if (!asked.ok) return afterFailure(ids, asked.failure)
    const shown = asked.value
    await edit((repair) => {
      const completed = settleKeys(repair, accountId, 'completed', { ids: shown })
      // Whose call for many is missing shows the first key alone.
      if (isMany && shown.size === 1)
        return editAccountPart(completed, accountId, { oneByOne: true })
      const failure: Failure = { class: 'not-found', reason: 'key' }
      return settleKeys(completed, accountId, 'failed', { ids: new Set(ids), failure })
    })
    return null
  }

  async function afterFailure(ids: readonly string[], failure: Failure): Promise<Failure | null> {
    if (OF_ONE_KEY.has(failure.class)) {
      await edit((repair) =>
        ids.length > 1
          ? editAccountPart(repair, accountId, { oneByOne: true })
          : settleKeys(repair, accountId, 'failed', { ids: new Set(ids), failure }),
      )
      return null
    }
    if (failure.class === 'proof') {
      await edit((repair) => settleKeys(repair, accountId, 'needs-proof', { failure }))
      return null
    }
    if (failure.class === 'unsupported') {
      await edit((repair) => settleKeys(repair, accountId, 'lost', { failure: KEY_LOST }))
      return null
    }
    return failure
  }

  async function goOn(): Promise<Failure | null> {
    if (!isListed(record.current(), accountId)) {
      const failure = await list()
      if (failure) return failure
    }
    const { siteType } = await families.row(accountId)
    const most = families.adapterFor(siteType).keys?.revealAtOnce ?? 1
    while (record.isGoing() && waitingKeys(record.current(), accountId).length > 0) {
      const part = record.current().accounts.find((one) => one.accountId === accountId)
      const failure = await ask(part?.oneByOne ? 1 : most)
      if (failure) return failure
    }
    return null
  }

  const failure = await goOn()
  if (failure?.class === 'limit') return failure.retryAtMs ?? now() + PATIENCE_MS
  if (failure) {
    const isSkipped = SKIPPED.has(failure.class) || failure.reason === 'account-disabled'
    const state = isSkipped ? 'skipped' : 'failed'
    await edit((repair) =>
      editAccountPart(settleKeys(repair, accountId, 'failed', { failure }), accountId, {
        state,
        failure: withoutTrace(failure),
      }),
    )
  } else if (waitingKeys(record.current(), accountId).length === 0) {
    await edit((repair) => editAccountPart(repair, accountId, { state: 'done' }))
  }
  return null
}
