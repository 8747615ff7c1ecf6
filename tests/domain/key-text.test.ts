import fc from 'fast-check'
import { expect, test } from 'vitest'

import { displayMask, fitsMask } from '@/src/domain/key-text'
import { assertWhole, isWholeKey } from '@/src/domain/whole-key'

const keys = fc.stringMatching(/^sk-[0-9A-Za-z]{4,64}$/)

test('a key is shown by its ends, a short one not at all', () => {
  expect(displayMask('sk-abcdefghi')).toBe('******')
  expect(displayMask('sk-abcdefghij')).toBe('sk-abcde****************ghij')
})

test('what is shown of a key is never taken for a key', () => {
  fc.assert(
    fc.property(keys, (key) => {
      expect(isWholeKey(displayMask(key))).toBe(false)
      expect(() => assertWhole(displayMask(key))).toThrow()
      expect(fitsMask(displayMask(key), key)).toBe(true)
    }),
  )
})

test.each([
  ['sk-abcd**********wxyz', 'sk-abcdefghijklmnopqrstuvwxyz', true],
  ['abcd**********wxyz', 'sk-abcdefghijklmnopqrstuvwxyz', true],
  ['sk-ab…yz', 'sk-abcdefghijklmnopqrstuvwxyz', true],
  ['sk-or-v1-0e6...1c96', 'sk-or-v1-0e6aaaaaaaa1c96', true],
  ['', 'sk-abcdefghijklmnopqrstuvwxyz', true],
  ['****', 'sk-abcdefghijklmnopqrstuvwxyz', true],
  ['sk-abcd**********wxya', 'sk-abcdefghijklmnopqrstuvwxyz', false],
  ['sk-zbcd**********wxyz', 'sk-abcdefghijklmnopqrstuvwxyz', false],
  ['sk-abcd****bcde', 'sk-abcde', false],
])('%s shown for %s: %s', (shown, full, fits) => {
  expect(fitsMask(shown, full)).toBe(fits)
})
