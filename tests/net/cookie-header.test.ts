import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  MAX_COOKIE_HEADER,
  mergeSetCookies,
  parseCookieHeader,
  printCookieHeader,
} from '@/src/net/cookie-header'

const NOW = Date.UTC(2025, 5, 1)
const PAST = 'Thu, 01 Jan 1970 00:00:00 GMT'

const letters = (alphabet: string, minLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength: 30 })
const names = letters('abcXYZ019_-.$', 1)
const values = letters('abcXYZ019_-.%+/="', 0)
const pairs = fc.uniqueArray(fc.record({ name: names, value: values }), {
  selector: ({ name }) => name,
  maxLength: 10,
})

describe('a Cookie header', () => {
  test.each([
    ['keeps the order', 'b=2; a=1', 'b=2; a=1'],
    ['keeps a name said twice', 'a=1; a=2', 'a=1; a=2'],
    ['splits at the first equals sign', 'a=b=c==', 'a=b=c=='],
    ['keeps quotes', 'a="x y"', 'a="x y"'],
    ['keeps an empty value', 'a=', 'a='],
    ['tidies blanks', '  a = 1 ;b=2;; ', 'a=1; b=2'],
    ['leaves out what has no name', 'lonely; =x; a=1', 'a=1'],
    ['leaves out a line break', 'a=1\r\nX-Evil: 1; b=2', 'b=2'],
    ['leaves out what is not ASCII', 'a=ü; 名=1; b=2', 'b=2'],
    ['knows no special names', '__proto__=1; constructor=2', '__proto__=1; constructor=2'],
  ])('%s', (_, header, expected) => {
    expect(printCookieHeader(parseCookieHeader(header))).toBe(expected)
  })

  test('says the same after reading and writing', () => {
    fc.assert(
      fc.property(pairs, (cookies) => {
        expect(parseCookieHeader(printCookieHeader(cookies))).toEqual(cookies)
      }),
    )
  })

  test('leaves out only the cookie that is too long', () => {
    const long = 'x'.repeat(MAX_COOKIE_HEADER)
    expect(printCookieHeader(parseCookieHeader(`a=1; b=${long}; c=3`))).toBe('a=1; c=3')
  })
})

describe('Set-Cookie', () => {
  test.each([
    ['adds at the end', ['c=3; Path=/; HttpOnly'], 'a=1; b=2; c=3'],
    ['replaces in place', ['a=9; Path=/; Secure; SameSite=Lax'], 'a=9; b=2'],
    ['keeps one of another path', ['c=3; Path=/elsewhere'], 'a=1; b=2; c=3'],
    ['may empty a value', ['a=; Path=/'], 'a=; b=2'],
    ['takes values in their order', ['a=; Max-Age=0', 'a=8', 'b=7', 'b=6'], 'b=6; a=8'],
    ['deletes by Max-Age', ['a=x; Max-Age=0'], 'b=2'],
    ['deletes by a negative Max-Age', ['a=x; max-age = -1'], 'b=2'],
    ['deletes by a past date', [`a=x; Expires=${PAST}`], 'b=2'],
    ['deletes by a past date with dashes', ['a=x; expires=Thu, 01-Jan-1970 00:00:01 GMT'], 'b=2'],
    ['deletes by a past date of two digits', ['a=x; expires=Thu, 01-Jan-70 00:00:01 GMT'], 'b=2'],
    ['keeps by a future date', ['a=x; Expires=Wed, 01 Jan 2031 00:00:00 GMT'], 'a=x; b=2'],
    ['believes Max-Age rather than a date', [`a=x; Expires=${PAST}; Max-Age=60`], 'a=x; b=2'],
    ['believes the last of two', ['a=x; Max-Age=0; Max-Age=60'], 'a=x; b=2'],
    ['passes over a broken Max-Age', ['a=x; Max-Age=soon'], 'a=x; b=2'],
    ['passes over a broken date', ['a=x; Expires=0'], 'a=x; b=2'],
    ['passes over what has no name', ['=x', 'x', '', ';', 'Secure; a=3'], 'a=1; b=2'],
    ['passes over a line break', ['a=1\r\nX-Evil: 1', 'c=ü'], 'a=1; b=2'],
    ['deletes what is not there', ['z=1; Max-Age=0'], 'a=1; b=2'],
  ])('%s', (_, set, expected) => {
    expect(mergeSetCookies('a=1; b=2', set, NOW)).toBe(expected)
  })

  test('settles a name that was there twice', () => {
    expect(mergeSetCookies('a=1; b=2; a=3', ['a=4'], NOW)).toBe('a=4; b=2')
    expect(mergeSetCookies('a=1; b=2; a=3', ['a=; Max-Age=0'], NOW)).toBe('b=2')
  })

  test('leaves all other cookies as they were', () => {
    fc.assert(
      fc.property(pairs, names, values, fc.boolean(), (cookies, name, value, isDeleted) => {
        const set = `${name}=${value}; Path=/${isDeleted ? '; Max-Age=0' : ''}`
        const after = parseCookieHeader(mergeSetCookies(printCookieHeader(cookies), [set], NOW))
        const others = (list: typeof after) => list.filter((pair) => pair.name !== name)
        expect(others(after)).toEqual(others(cookies))
        expect(after.filter((pair) => pair.name === name)).toEqual(
          isDeleted ? [] : [{ name, value }],
        )
      }),
    )
  })

  test('never makes a header that is none, whatever a site sends', () => {
    const junk = fc.string({ unit: 'binary', maxLength: 60 })
    const hostile = fc.oneof(junk, fc.constantFrom('a=1\r\nb: 2', 'a=\0', 'a='.repeat(9_000)))
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 4 }), (header, set) => {
        const merged = mergeSetCookies(header, set, NOW)
        expect(merged).toMatch(/^[ -~]*$/)
        expect(merged.length).toBeLessThanOrEqual(MAX_COOKIE_HEADER)
        expect(printCookieHeader(parseCookieHeader(merged))).toBe(merged)
      }),
    )
  })

  test('copes with megabytes of hostile text', () => {
    const startedAt = performance.now()
    const blanks = ' '.repeat(500_000)
    const set = [
      `a=1; Max-Age=${blanks}x`,
      `a=${blanks}x;${blanks}=`,
      'a=2; Max-Age'.repeat(100_000),
    ]
    mergeSetCookies(';= '.repeat(500_000), set, NOW)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
