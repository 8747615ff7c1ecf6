import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { DETAIL_LIMIT, redact } from '@/src/net/redact'

const chars = (alphabet: string, minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...alphabet.split('')), { minLength, maxLength })
    .map((letters) => letters.join(''))

const HEX = '0123456789abcdef'
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'
const words = fc.string({ maxLength: 60 })

describe('redact', () => {
  test.each([
    ['leaves ordinary words alone', '签到功能未启用', '签到功能未启用'],
    [
      'leaves a known phrase alone',
      '无权进行此操作，access token 无效',
      '无权进行此操作，access token 无效',
    ],
    ['leaves short ids alone', 'token 12345 not found', 'token 12345 not found'],
    ['cuts a bearer', 'sent Bearer abc.def to it', 'sent Bearer […] to it'],
    ['cuts a key', 'bad key sk-abcdefghijkl!', 'bad key […]!'],
    ['cuts a query', 'GET https://a.example/p?key=1 failed', 'GET https://a.example/p?[…] failed'],
    ['cuts a login in an address', 'http://u:p@a.example/', 'http://a.example/'],
    ['cuts an e-mail address', 'user alice@example.org is banned', 'user […] is banned'],
    ['cuts a named value', 'password=hunter2 wrong', 'password=[…] wrong'],
    ['makes one line of several', 'one\n two\u0000three', 'one two three'],
  ])('%s', (_, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test('never shows an exact secret, whatever surrounds it', () => {
    fc.assert(
      fc.property(words, chars(BASE64URL, 6, 60), words, (before, secret, after) => {
        expect(redact(before + secret + after, [secret])).not.toContain(secret)
      }),
    )
  })

  test('never shows a percent-encoded secret', () => {
    expect(redact('at /x/a%2Fb%2Bc%3D=', ['a/b+c='])).not.toContain('a%2Fb%2Bc%3D')
  })

  test.each([
    ['JWT', chars(BASE64URL, 8, 90).map((part) => `eyJ${part}.${part}.${part}`)],
    ['access token', chars(`${BASE64URL}+/=`, 28, 32)],
    ['long hex', chars(HEX, 16, 64)],
    ['API key', chars(BASE64URL, 8, 60).map((key) => `sk-${key}`)],
  ])('never shows the shape of a %s', (_, secrets) => {
    fc.assert(
      fc.property(words, secrets, words, (before, secret, after) => {
        expect(redact(`${before} ${secret} ${after}`)).not.toContain(secret)
      }),
    )
  })

  test('stays within the limit and within whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
        const shown = redact(text)
        expect(shown.length).toBeLessThanOrEqual(DETAIL_LIMIT)
        expect(shown.isWellFormed() || !text.isWellFormed()).toBe(true)
      }),
    )
  })

  test('copes with megabytes of hostile text', () => {
    const startedAt = performance.now()
    redact('a@'.repeat(1_000_000))
    redact('eyJ'.repeat(1_000_000))
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
