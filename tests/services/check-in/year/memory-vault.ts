import type { Change, StoreName, StoreTypes, Vault } from '@/src/storage/vault'
import { createTurns } from '@/src/storage/turns'

/** What is on the disk; it outlives every worker. */
export type Disk = Map<StoreName, Map<string, { readonly id: string }>>

/**
 * A vault without a database, for a year that would take one an hour. What is written is frozen
 * instead of copied: nobody can change it afterwards without an error, which is all that a copy
 * would be good for, at a tenth of its price. Sealing and schemas are proved elsewhere.
 */
export function memoryVault(disk: Disk): Vault {
  const turns = createTurns()
  const tableOf = <S extends StoreName>(store: S) => {
    const known = disk.get(store) ?? new Map<string, { readonly id: string }>()
    disk.set(store, known)
    return known as unknown as Map<string, StoreTypes[S]>
  }
  return {
    load: (store, id) => Promise.resolve(tableOf(store).get(id)),
    loadAll: (store) => Promise.resolve({ records: [...tableOf(store).values()], damaged: [] }),
    write(changes) {
      for (const change of changes) apply(disk, change, tableOf)
      return Promise.resolve()
    },
    exclusive: (work) => turns.take(work),
    close: () => undefined,
  }
}

function apply(
  _: Disk,
  change: Change,
  tableOf: <S extends StoreName>(store: S) => Map<string, StoreTypes[S]>,
): void {
  if ('remove' in change) tableOf(change.store).delete(change.remove)
  else {
    const put: { readonly id: string } = change.put
    ;(tableOf(change.store) as Map<string, unknown>).set(put.id, frozen(put))
  }
}

/** What is frozen already is so to its depth: most of a record is that of the last time. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const part of Object.values(value)) frozen(part)
  return value
}
