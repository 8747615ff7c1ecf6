import { raise } from '@/src/domain/failure'

/** Bytes with a buffer of their own, as WebCrypto and IndexedDB take them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Version of the layout below. It is also authenticated, see `sealed.ts`. */
export const FORMAT_VERSION = 1
export const KEY_ID_BYTES = 8
export const NONCE_BYTES = 12

const TAG_BYTES = 16
const NONCE_AT = 1 + KEY_ID_BYTES
const CIPHERTEXT_AT = NONCE_AT + NONCE_BYTES

/** The parts of a sealed record; `ciphertext` ends with the 16-byte tag. */
export interface Envelope {
  readonly keyId: Bytes
  readonly nonce: Bytes
  readonly ciphertext: Bytes
}

/** Joins the parts: format version (1 byte), key id (8), nonce (12), ciphertext and tag. */
export function packEnvelope({ keyId, nonce, ciphertext }: Envelope): Bytes {
  const packed = new Uint8Array(CIPHERTEXT_AT + ciphertext.length)
  packed[0] = FORMAT_VERSION
  packed.set(keyId, 1)
  packed.set(nonce, NONCE_AT)
  packed.set(ciphertext, CIPHERTEXT_AT)
  return packed
}

/**
 * Takes apart what {@link packEnvelope} joined.
 *
 * @throws `storage`/`unreadable` for another format version or too few bytes.
 */
export function unpackEnvelope(packed: Bytes): Envelope {
  // Rows come from disk: whatever lies there may be anything.
  if (!(packed instanceof Uint8Array)) raise({ class: 'storage', reason: 'unreadable' })
  if (packed[0] !== FORMAT_VERSION || packed.length < CIPHERTEXT_AT + TAG_BYTES) {
    raise({ class: 'storage', reason: 'unreadable' })
  }
  return {
    keyId: packed.subarray(1, NONCE_AT),
    nonce: packed.subarray(NONCE_AT, CIPHERTEXT_AT),
    ciphertext: packed.subarray(CIPHERTEXT_AT),
  }
}
