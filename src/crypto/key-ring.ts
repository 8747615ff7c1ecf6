import { raise } from '@/src/domain/failure'

import { type Bytes, KEY_ID_BYTES } from './envelope'
import { type DataKey, type RecordAddress, seal, unseal } from './sealed'

/**
 * The data key as it is stored: encrypted under another key. `device`: under a key of this browser
 * profile that scripts cannot read out (AES-KW, RFC 3394). That keeps the data key out of exports
 * and text searches; it does not stop somebody who has the whole profile directory.
 */
export interface WrappedKey {
  readonly kind: 'device'
  readonly bytes: Bytes
}

/** Everything kept about keys. `deviceKey` is a non-extractable AES-KW key. */
export interface StoredKeys {
  readonly deviceKey: CryptoKey
  readonly keyId: Bytes
  readonly wrapped: WrappedKey
}

/** Where keys are kept between runs. */
export interface KeyStore {
  /** `undefined` when no data key was stored yet. @throws when one was, but not all of it is left. */
  read(): Promise<StoredKeys | undefined>
  /** Stores `candidate` unless keys are there already, in one step; resolves to what is stored. */
  addIfAbsent(candidate: StoredKeys): Promise<StoredKeys>
}

/** Seals and opens records. The keys themselves never leave it. */
export interface KeyRing {
  seal(address: RecordAddress, plaintext: Bytes): Promise<Bytes>
  /** @throws `storage`/`tampered` or `storage`/`unreadable`. */
  unseal(address: RecordAddress, sealed: Bytes): Promise<Bytes>
}

const DATA_KEY = { name: 'AES-GCM', length: 256 }

/**
 * Makes the stored data key usable; on the very first run creates it. Of several contexts that run
 * for the first time at once all end with the same key.
 *
 * @throws `storage`/`key-lost` when keys are stored but do not work. Nothing is replaced then:
 *   a new key would turn every record into rubbish for good.
 */
export async function openKeyRing(store: KeyStore): Promise<KeyRing> {
  const stored = (await store.read()) ?? (await store.addIfAbsent(await createKeys()))
  const dataKey: DataKey = { id: stored.keyId, key: await unwrap(stored) }
  return {
    seal: (address, plaintext) => seal(dataKey, address, plaintext),
    unseal: (address, sealed) => unseal(dataKey, address, sealed),
  }
}

async function createKeys(): Promise<StoredKeys> {
  const [deviceKey, dataKey] = await Promise.all([
    crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey', 'unwrapKey']),
    // Extractable only so that it can be wrapped; the key in use is the unwrapped one.
    crypto.subtle.generateKey(DATA_KEY, true, ['encrypt', 'decrypt']),
  ])
  const bytes = await crypto.subtle.wrapKey('raw', dataKey, deviceKey, 'AES-KW')
  return {
    deviceKey,
    keyId: crypto.getRandomValues(new Uint8Array(KEY_ID_BYTES)),
    wrapped: { kind: 'device', bytes: new Uint8Array(bytes) },
  }
}

async function unwrap({ deviceKey, wrapped }: StoredKeys): Promise<CryptoKey> {
  try {
    return await crypto.subtle.unwrapKey(
      'raw',
      wrapped.bytes,
      deviceKey,
      'AES-KW',
      DATA_KEY,
      false,
      ['encrypt', 'decrypt'],
    )
  } catch (thrown) {
    return raise({ class: 'storage', reason: 'key-lost' }, thrown)
  }
}
