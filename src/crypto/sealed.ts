import { raise } from '@/src/domain/failure'

/**
 * One sealed record: format version (1 byte), key id (8), nonce (12), AES-256-GCM ciphertext with
 * tag. Describes itself, so that keys and algorithms can change without touching old records.
 */
export type Sealed = Uint8Array<ArrayBuffer>

const FORMAT = 1
const KEY_ID_BYTES = 8
const NONCE_BYTES = 12
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES

/** A data key and the id records name it by. */
export interface DataKey {
  /** 8 bytes. */
  readonly id: Uint8Array<ArrayBuffer>
  readonly key: CryptoKey
}

/** Where a record belongs. It is authenticated, so a record moved elsewhere does not open. */
export interface SealPlace {
  readonly store: string
  readonly id: string
}

const utf8 = new TextEncoder()
const text = new TextDecoder('utf-8', { fatal: true })

/** Seals a JSON value with a fresh nonce. */
export async function seal(value: unknown, place: SealPlace, { id, key }: DataKey): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const plain = utf8.encode(JSON.stringify(value))
  const cipher = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: dataOf(place) },
    key,
    plain,
  )
  const sealed = new Uint8Array(HEADER_BYTES + cipher.byteLength)
  sealed[0] = FORMAT
  sealed.set(id, 1)
  sealed.set(nonce, 1 + KEY_ID_BYTES)
  sealed.set(new Uint8Array(cipher), HEADER_BYTES)
  return sealed
}

/**
 * Opens a sealed value.
 *
 * @throws `storage`: `unreadable` (no sealed record, unknown format or key) or `tampered` (changed,
 *   or sealed for another place).
 */
export async function unseal(sealed: unknown, place: SealPlace, data: DataKey): Promise<unknown> {
  if (!(sealed instanceof Uint8Array) || sealed.length <= HEADER_BYTES || sealed[0] !== FORMAT) {
    return raise({ class: 'storage', reason: 'unreadable' })
  }
  const keyId = sealed.subarray(1, 1 + KEY_ID_BYTES)
  if (!keyId.every((byte, index) => byte === data.id[index])) {
    return raise({ class: 'storage', reason: 'unreadable' })
  }
  try {
    const plain = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: sealed.slice(1 + KEY_ID_BYTES, HEADER_BYTES),
        additionalData: dataOf(place),
      },
      data.key,
      sealed.slice(HEADER_BYTES),
    )
    return JSON.parse(text.decode(plain)) as unknown
  } catch (thrown) {
    return raise({ class: 'storage', reason: 'tampered' }, thrown)
  }
}

function dataOf({ store, id }: SealPlace): Uint8Array<ArrayBuffer> {
  return utf8.encode(`relaydeck\n${String(FORMAT)}\n${store}\n${id}`)
}
