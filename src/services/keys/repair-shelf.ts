import type { Repair } from '@/src/domain/chore'
import type { Vault } from '@/src/storage/vault'

import type { RepairRecord } from './repair-account'

/** The one repair that is kept, on disk and in memory. */
export interface RepairShelf {
  load(): Promise<void>
  /** `null` = there never was one. After `load`. */
  current(): Repair | null
  /** Changes it at once, and writes it. */
  become(next: Repair): Promise<void>
  /** The last one makes room for a new one. */
  replace(next: Repair): Promise<void>
  /** The present one for whoever works on it; it changes nothing once another one took its place. */
  recordOf(repair: Repair): RepairRecord
}

export function createRepairShelf(vault: Vault, announce: () => void): RepairShelf {
  let repair: Repair | null = null
  let loading: Promise<void> | undefined

  async function load(): Promise<void> {
    const { records } = await vault.loadAll('chores')
    const found = records.filter((record) => record.kind === 'repair')
    repair = found.sort((a, b) => b.startedAtMs - a.startedAtMs)[0] ?? null
  }

  /** One write after the other, each as the record is by then: an older one never wins. */
  async function save(): Promise<void> {
    await vault.exclusive(async () => {
      if (repair) await vault.write([{ store: 'chores', put: repair }])
    })
    announce()
  }

  return {
    load: () =>
      (loading ??= load().catch((thrown: unknown) => {
        loading = undefined
        throw thrown
      })),
    current: () => repair,
    become(next) {
      repair = next
      return save()
    },
    async replace(next) {
      await vault.exclusive(async () => {
        const old = repair ? ([{ store: 'chores', remove: repair.id }] as const) : []
        await vault.write([...old, { store: 'chores', put: next }])
        repair = next
      })
      announce()
    },
    recordOf(first) {
      const mine = () => (repair?.id === first.id ? repair : null)
      return {
        current: () => mine() ?? first,
        edit(change) {
          const present = mine()
          if (present) repair = change(present)
        },
        save,
        change: () => ({ store: 'chores', put: mine() ?? first }),
        isGoing: () => mine()?.state === 'running',
      }
    },
  }
}
