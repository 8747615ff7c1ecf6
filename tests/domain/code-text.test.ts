import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { chosenCodes, findCodes } from '@/src/domain/code-text'

const CODE = '0123456789abcdef0123456789ABCDEF'
const OTHER = 'ffffffffffffffff0000000000000000'
const WORD = 'Gift-2026_abcdefghijklmnopqrst=='

const strict = (text: string) => findCodes(text, { loose: false, most: 200 })
const loose = (text: string) => findCodes(text, { loose: true, most: 200 })

describe('strict', () => {
  test.each([
    ['alone', CODE],
    ['in a sentence', `Your code is ${CODE}, have fun.`],
    ['in an address', `https://site.example/topup?code=${CODE}&x=1`],
    ['in brackets', `（${CODE}）`],
    ['after words without a space', `兑换码${CODE}有效期三天`],
    ['in JSON', `{"key":"${CODE}"}`],
  ])('finds a code %s', (_, text) => {
    expect(strict(text)).toEqual([CODE])
  })

  test.each([
    ['a 64-digit hash', CODE + OTHER],
    ['33 digits', `${CODE}0`],
    ['31 digits', CODE.slice(1)],
    ['a word it is part of', `x${CODE}`],
    ['one with a letter beyond f', CODE.replace('a', 'g')],
    ['a dashed UUID', '01234567-89ab-cdef-0123-456789abcdef'],
    ['a word', WORD],
  ])('finds none in %s', (_, text) => {
    expect(strict(text)).toEqual([])
  })
})

describe('loose', () => {
  test.each([
    ['alone', WORD],
    ['among others', `first ${WORD} last`],
    ['in brackets and quotes', `(“${WORD}”)`],
    ['in CJK brackets', `【${WORD}】、`],
    ['between CJK words', `礼品码${WORD}请尽快使用`],
    ['at the end of a sentence', `It is ${WORD}.`],
    ['as code', `\`${WORD}\``],
  ])('finds a word %s', (_, text) => {
    expect(loose(text)).toEqual([WORD])
  })

  test.each([
    ['a longer word', `${WORD}x`],
    ['a shorter word', WORD.slice(1)],
    ['32 CJK characters', '兑'.repeat(32)],
    ['an address', 'https://site.example/abcdefghijk'],
    ['a hash', CODE + OTHER],
  ])('finds none in %s', (_, text) => {
    expect(loose(text)).toEqual([])
  })

  test('finds hex digits inside of longer words, too', () => {
    expect(loose(`code=${CODE}`)).toEqual([CODE])
  })
})

test('each once, in the order they stand in, and no more than wanted', () => {
  const text = `${WORD} ${OTHER} ${CODE} ${OTHER} ${WORD}`
  expect(loose(text)).toEqual([WORD, OTHER, CODE])
  expect(strict(text)).toEqual([OTHER, CODE])
  expect(findCodes(text, { loose: true, most: 2 })).toEqual([WORD, OTHER])
})

test('a hostile text takes no time', () => {
  const texts = ['a', '0', '(', '.', `${'a'.repeat(31)} `, `x${'.'.repeat(200)}`]
  const startMs = performance.now()
  for (const text of texts) loose(text.repeat(Math.ceil(100_000 / text.length)))
  expect(performance.now() - startMs).toBeLessThan(1_000)
})

describe('properties', () => {
  const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters))
  const hex = fc.string({
    unit: oneOf('0123456789abcdefABCDEF'),
    minLength: 32,
    maxLength: 32,
  })
  /** What may stand on either side of a code. */
  const gap = fc.string({
    unit: oneOf(' \n\t,.;:()[]【】「」“”，。、=&?/-_兑コ'),
    minLength: 1,
    maxLength: 5,
  })

  test('codes between anything that is no letter or digit are found, all and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, hex), { maxLength: 12 }), gap, (parts, end) => {
        const text = parts.map(([before, code]) => before + code).join('') + end
        const codes = [...new Set(parts.map(([, code]) => code))]
        expect(strict(text)).toEqual(codes)
        // What is found strictly is found loosely, too.
        for (const code of codes) expect(loose(text)).toContain(code)
      }),
    )
  })

  test('what is found is 32 characters that stand in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const code of loose(text)) {
          expect(code).toMatch(/^[\x21-\x7e]{32}$/)
          expect(text).toContain(code)
        }
      }),
    )
  })

  test('a longer run of hex digits holds no code, wherever it stands', () => {
    const long = fc.string({
      unit: oneOf('0123456789abcdef'),
      minLength: 33,
      maxLength: 130,
    })
    fc.assert(
      fc.property(gap, long, gap, (before, run, after) => {
        expect(strict(before + run + after)).toEqual([])
      }),
    )
  })

  test('there are never more than wanted, and no code twice', () => {
    fc.assert(
      fc.property(fc.array(hex, { maxLength: 30 }), fc.nat({ max: 20 }), (codes, most) => {
        const found = findCodes(codes.join(' '), { loose: true, most })
        expect(found).toEqual([...new Set(codes)].slice(0, most))
      }),
    )
  })
})

describe('a selection', () => {
  test.each([
    ['the codes in it', ` ${CODE} and ${WORD} `, [CODE, WORD]],
    ['itself, where it is one word', '  WELCOME2026 \n', ['WELCOME2026']],
    ['a word in any script', '新年快乐', ['新年快乐']],
    ['nothing of several words', 'two words', []],
    ['nothing of a very short word', 'abc', []],
    ['nothing of a very long word', 'x'.repeat(257), []],
    ['nothing of what cannot be printed', 'abcd\u0007efgh', []],
    ['nothing of an empty one', ' ', []],
  ])('chooses %s', (_, selection, codes) => {
    expect(chosenCodes(selection, 200)).toEqual(codes)
  })
})
