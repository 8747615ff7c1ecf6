import { createHmac } from 'node:crypto'

import type { SeedUser } from './options'

/** An enrolled authenticator (`contracts/new-api.md` 10.1). */
export interface SecondFactor {
  /** Base32. */
  secret: string
  backupCodes: string[]
  wrongCodes: number
  /** Epoch ms; 0 = not locked. */
  lockedUntilMs: number
}

const STEP_MS = 30_000
const MOST_WRONG = 5
const LOCK_MS = 300_000
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function enrolled({ totpSecret, backupCodes = [] }: SeedUser): SecondFactor | null {
  return totpSecret === undefined
    ? null
    : { secret: totpSecret, backupCodes: [...backupCodes], wrongCodes: 0, lockedUntilMs: 0 }
}

function keyOf(secret: string): Buffer {
  const bits = [...secret.toUpperCase().replace(/=+$/, '')]
    .map((char) => BASE32.indexOf(char).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)))
}

/** The code an authenticator shows at that time: SHA-1, 6 digits, 30 s. */
export function totpCode(secret: string, nowMs: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / STEP_MS)))
  const digest = createHmac('sha1', keyOf(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0xf
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000
  return String(number).padStart(6, '0')
}

/**
 * Tries a code, of now or one step around it, or an emergency code, which is used up. The fifth wrong
 * one locks for 300 s.
 */
export function tryCode(
  factor: SecondFactor,
  code: string,
  nowMs: number,
): 'right' | 'wrong' | 'locked' {
  if (nowMs < factor.lockedUntilMs) return 'locked'
  const codes = [-STEP_MS, 0, STEP_MS].map((shift) => totpCode(factor.secret, nowMs + shift))
  const backup = factor.backupCodes.indexOf(code)
  if (backup >= 0) factor.backupCodes.splice(backup, 1)
  if (backup >= 0 || codes.includes(code)) {
    factor.wrongCodes = 0
    return 'right'
  }
  factor.wrongCodes += 1
  if (factor.wrongCodes >= MOST_WRONG) {
    factor.wrongCodes = 0
    factor.lockedUntilMs = nowMs + LOCK_MS
  }
  return 'wrong'
}
