import type { KeyStore, StoredKeys } from '@/src/crypto/key-ring'
import { raise } from '@/src/domain/failure'

import type { Database, KeyRow } from './connection'

/** Keeps the key ring's keys in the store `keyring` of the same database. */
export function createKeyStore(database: Database): KeyStore {
  return {
    async read() {
      return keysOf(await database.getAll('keyring'))
    },
    async addIfAbsent(candidate) {
      // Readwrite transactions on one store run one after another, in all contexts together:
      // whoever comes second finds the first one's keys.
      const tx = database.transaction('keyring', 'readwrite', { durability: 'strict' })
      const present = keysOf(await tx.store.getAll())
      if (present) return present
      const { deviceKey, keyId, wrapped } = candidate
      await Promise.all([
        tx.store.put({ id: 'device', key: deviceKey }),
        tx.store.put({ id: 'data', keyId, wrapped }),
        tx.done,
      ])
      return candidate
    },
  }
}

function keysOf(rows: readonly KeyRow[]): StoredKeys | undefined {
  const data = rows.find((row) => row.id === 'data')
  if (!data) return undefined
  const device = rows.find((row) => row.id === 'device')
  if (!device) return raise({ class: 'storage', reason: 'key-lost' })
  return { deviceKey: device.key, keyId: data.keyId, wrapped: data.wrapped }
}
