import { raise } from '@/src/domain/failure'

import { type Bytes, FORMAT_VERSION, NONCE_BYTES, packEnvelope, unpackEnvelope } from './envelope'

/** Where a sealed record belongs. It opens nowhere else. */
export interface RecordAddress {
  readonly store: string
  readonly id: string
}

/** A key with the id that envelopes name it by. */
export interface DataKey {
  readonly id: Bytes
  readonly key: CryptoKey
}

/** Encrypts a whole record with AES-256-GCM and a fresh random nonce. */
export async function seal(
  { id, key }: DataKey,
  address: RecordAddress,
  plaintext: Bytes,
): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const ciphertext = await crypto.subtle.encrypt(parametersOf(nonce, address), key, plaintext)
  return packEnvelope({ keyId: id, nonce, ciphertext: new Uint8Array(ciphertext) })
}

/**
 * Decrypts what {@link seal} made for the same address.
 *
 * @throws `storage`/`unreadable` for an unknown format or key, `storage`/`tampered` when the bytes
 *   were changed or come from another store or id.
 */
export async function unseal(
  { id, key }: DataKey,
  address: RecordAddress,
  sealed: Bytes,
): Promise<Bytes> {
  const { keyId, nonce, ciphertext } = unpackEnvelope(sealed)
  if (!sameBytes(keyId, id)) raise({ class: 'storage', reason: 'unreadable' })
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt(parametersOf(nonce, address), key, ciphertext),
    )
  } catch (thrown) {
    return raise({ class: 'storage', reason: 'tampered' }, thrown)
  }
}

function parametersOf(nonce: Bytes, { store, id }: RecordAddress): AesGcmParams {
  // As JSON no two addresses read the same, whatever characters they contain.
  const additionalData = new TextEncoder().encode(JSON.stringify([FORMAT_VERSION, store, id]))
  return { name: 'AES-GCM', iv: nonce, additionalData }
}

function sameBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
