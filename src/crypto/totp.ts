import { raise } from '@/src/domain/failure'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MS = 30_000
const DIGITS = 6

/**
 * The secret of a second factor as it is stored: base32 in capitals, without blanks and padding.
 *
 * @param text base32 as sites show it, or an `otpauth:` address
 * @throws `input` (field `secret`): `malformed`, or `unusual` for an address that asks for other
 *   codes than sites of our contracts take (`contracts/new-api.md 10.1`).
 */
export function parseTotpSecret(text: string): string {
  const trimmed = text.trim()
  const secret = /^otpauth:/i.test(trimmed) ? secretInAddress(trimmed) : trimmed
  const bare = secret.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()
  if (!/^[A-Z2-7]{16,256}$/.test(bare)) refuse('malformed')
  return bare
}

function secretInAddress(text: string): string {
  if (!URL.canParse(text)) return refuse('malformed')
  const { host, pathname, searchParams } = new URL(text)
  // Not every engine takes what follows `otpauth:` for a host.
  const kind = (host || pathname.replace(/^\/+/, '').split('/')[0] || '').toLowerCase()
  const said = (name: string, usual: string) => (searchParams.get(name) ?? usual).toUpperCase()
  const isUsual =
    kind === 'totp' &&
    /^SHA-?1$/.test(said('algorithm', 'SHA1')) &&
    said('digits', '6') === String(DIGITS) &&
    said('period', '30') === '30'
  return isUsual ? (searchParams.get('secret') ?? '') : refuse('unusual')
}

function refuse(reason: string): never {
  return raise({ class: 'input', reason, field: 'secret' })
}

/** The code of that moment (RFC 6238: SHA-1, 6 digits, steps of 30 s). `secret` is parsed base32. */
export async function totpCode(secret: string, nowMs: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(Math.floor(nowMs / STEP_MS)))
  const hmac = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', base32Bytes(secret), hmac, false, ['sign'])
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  // RFC 4226 5.3: the last four bits say where to read.
  const at = mac.getUint8(19) & 0xf
  const number = (mac.getUint32(at) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

function base32Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let count = 0
  let at = 0
  for (const character of text) {
    bits = ((bits << 5) | ALPHABET.indexOf(character)) & 0xfff
    count += 5
    if (count < 8) continue
    count -= 8
    bytes[at] = (bits >> count) & 0xff
    at += 1
  }
  return bytes
}
