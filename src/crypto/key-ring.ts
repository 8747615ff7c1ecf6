import { raise } from '@/src/domain/failure'

import type { DataKey } from './sealed'

/**
 * The data key as it is stored: wrapped. `device` wraps it with a key that the browser keeps
 * non-extractable in the same profile; a passphrase-derived wrapper can stand beside it later.
 */
export interface WrappedDataKey {
  readonly kind: 'device'
  /** Names the data key in sealed records, 8 random bytes. */
  readonly keyId: Uint8Array<ArrayBuffer>
  /** AES-KW, non-extractable. */
  readonly deviceKey: CryptoKey
  /** The data key under `deviceKey`. */
  readonly wrapped: ArrayBuffer
}

const DATA_KEY = { name: 'AES-GCM', length: 256 } as const
const DEVICE_KEY = { name: 'AES-KW', length: 256 } as const

/** Makes a new random data key, already wrapped. Its raw bytes never leave this function. */
export async function createDataKey(): Promise<WrappedDataKey> {
  const [deviceKey, dataKey] = await Promise.all([
    crypto.subtle.generateKey(DEVICE_KEY, false, ['wrapKey', 'unwrapKey']),
    crypto.subtle.generateKey(DATA_KEY, true, ['encrypt', 'decrypt']),
  ])
  return {
    kind: 'device',
    keyId: crypto.getRandomValues(new Uint8Array(8)),
    deviceKey,
    wrapped: await crypto.subtle.wrapKey('raw', dataKey, deviceKey, 'AES-KW'),
  }
}

/**
 * The data key, ready for use and itself non-extractable.
 *
 * @throws `storage`/`key-lost` when the wrapped key does not open: nothing sealed with it ever will.
 */
export async function openDataKey(stored: WrappedDataKey): Promise<DataKey> {
  try {
    const key = await crypto.subtle.unwrapKey(
      'raw',
      stored.wrapped,
      stored.deviceKey,
      'AES-KW',
      DATA_KEY.name,
      false,
      ['encrypt', 'decrypt'],
    )
    return { id: stored.keyId, key }
  } catch (thrown) {
    return raise({ class: 'storage', reason: 'key-lost' }, thrown)
  }
}
