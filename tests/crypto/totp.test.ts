import { describe, expect, test } from 'vitest'

import { parseTotpSecret, totpCode } from '@/src/crypto/totp'
import { failureOf } from '@/src/domain/failure'

/** `12345678901234567890` in base32: the secret of RFC 6238, appendix B. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('the code of second %i is that of the RFC', async (second, code) => {
  expect(await totpCode(RFC_SECRET, second * 1000)).toBe(code)
})

describe('a secret is taken', () => {
  test.each([
    RFC_SECRET,
    'gezd gnbv gy3t qojq gezd gnbv gy3t qojq',
    'GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ====',
    `otpauth://totp/Site:alice?secret=${RFC_SECRET}&issuer=Site`,
    `OTPAUTH://TOTP/x?secret=${RFC_SECRET}&algorithm=SHA1&digits=6&period=30`,
  ])('as %s', (text) => {
    expect(parseTotpSecret(text)).toBe(RFC_SECRET)
  })
})

describe('a secret is refused, with the field at fault', () => {
  test.each([
    ['', 'malformed'],
    ['GEZDGNBV', 'malformed'],
    ['not base32 at all 0189', 'malformed'],
    ['otpauth://totp/x?issuer=y', 'malformed'],
    [`otpauth://hotp/x?secret=${RFC_SECRET}&counter=1`, 'unusual'],
    [`otpauth://totp/x?secret=${RFC_SECRET}&algorithm=SHA256`, 'unusual'],
    [`otpauth://totp/x?secret=${RFC_SECRET}&digits=8`, 'unusual'],
    [`otpauth://totp/x?secret=${RFC_SECRET}&period=60`, 'unusual'],
  ])('%s', (text, reason) => {
    let thrown: unknown
    try {
      parseTotpSecret(text)
    } catch (error) {
      thrown = error
    }
    expect(failureOf(thrown)).toEqual({ class: 'input', reason, field: 'secret' })
  })
})
