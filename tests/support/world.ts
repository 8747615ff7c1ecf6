import 'fake-indexeddb/auto'

import { IDBFactory } from 'fake-indexeddb'

import type { AccountRecord } from '@/src/domain/account'
import type { JobProgress } from '@/src/domain/job'
import { emptySnapshot, type SnapshotRecord } from '@/src/domain/snapshot'
import { type AccountBook, createAccountBook } from '@/src/services/account-book'
import { createBackOff } from '@/src/net/back-off'
import type { AddPorts } from '@/src/services/add-account'
import { refreshAccount, type RefreshPorts } from '@/src/services/refresh-account'
import { createRefreshRunner, type RefreshRunner } from '@/src/services/refresh-runner'
import { openVault, type Vault } from '@/src/storage/vault'

import { type FakeSite, makeFakeSite } from './fake-adapter'

/** The services on a real (in-memory) database with one scripted site and a movable clock. */
export interface World {
  readonly vault: Vault
  readonly book: AccountBook
  readonly runner: RefreshRunner
  readonly ports: WorldPorts
  readonly site: FakeSite
  readonly announced: JobProgress[]
  readonly clock: { nowMs: number }
  add(account: AccountRecord, snapshot?: Partial<SnapshotRecord>): Promise<AccountRecord>
  /** Runs a refresh to its end. */
  refresh(ids?: readonly string[]): Promise<JobProgress>
}

/** What the services of a world get from outside; a test may give its own. */
export type WorldPorts = RefreshPorts & AddPorts

/** A new disk: every test starts with an empty one. */
export function freshDisk(): void {
  globalThis.indexedDB = new IDBFactory()
}

/** Services as a just-started worker has them, on whatever the disk holds. */
export async function startWorld(
  site: FakeSite = makeFakeSite(),
  given: Partial<WorldPorts> = {},
): Promise<World> {
  const vault = await openVault()
  const clock = { nowMs: Date.parse('2026-11-21T12:00:00') }
  const announced: JobProgress[] = []
  const book = createAccountBook({ vault, announce: () => undefined })
  const now = () => clock.nowMs
  const ports: WorldPorts = {
    vault,
    book,
    adapterFor: () => site.adapter,
    atNetwork: (work) => work(),
    transportTo: () => () => Promise.reject(new Error('the fake site sends nothing')),
    ownCookiesOf: () => Promise.reject(new Error('no cookies of its own')),
    copyCookies: () => Promise.resolve('session=copied'),
    inTab: () => Promise.resolve(null),
    findTab: () => Promise.resolve(null),
    reach: () => Promise.reject(new Error('no tab')),
    backOff: createBackOff({ now, random: () => 0 }),
    now,
    ...given,
  }
  const listeners = new Set<(progress: JobProgress) => void>()
  const runner = createRefreshRunner({
    vault,
    book,
    refresh: (id, jobId, signal) => refreshAccount(ports, id, jobId, signal),
    announce: (progress) => {
      announced.push(progress)
      for (const listener of listeners) listener(progress)
    },
    wake: { hold: () => Promise.resolve(), release: () => Promise.resolve() },
    now: ports.now,
  })
  return {
    vault,
    book,
    runner,
    ports,
    site,
    announced,
    clock,
    async add(account, snapshot) {
      await book.add({ account, snapshot: { ...emptySnapshot(account.id), ...snapshot } })
      return account
    },
    async refresh(ids) {
      const ended = new Promise<JobProgress>((resolve) => {
        listeners.add((progress) => {
          if (progress.state === 'done') resolve(progress)
        })
      })
      await runner.start(ids)
      return ended
    },
  }
}
