import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CURRENCIES } from '@/src/domain/money'
import { LANGUAGES } from '@/src/domain/settings'
import { formatAge, formatAmount, formatCount, formatExact } from '@/src/ui/text/format'

const NOW = new Date(2026, 5, 15, 12, 0, 0).getTime()
const MINUTE = 60_000

describe('formatAmount', () => {
  it.each([
    [12.34, 'USD', 'en', '$12.34'],
    [86.375, 'CNY', 'zh-CN', '¥86.38'],
    [6_170_000, 'points', 'en', '6,170,000 points'],
    [6_170_000, 'points', 'zh-CN', '6,170,000 点'],
    [6_170_000, 'points', 'ja', '6,170,000 ポイント'],
    [0, 'USD', 'en', '$0.00'],
    [-0, 'USD', 'en', '$0.00'],
    [0.01, 'USD', 'en', '$0.01'],
    [0.00123456, 'USD', 'en', '$0.001235'],
    [0.000012345678, 'USD', 'en', '$0.00001235'],
    [-12.34, 'USD', 'en', '\u2212$12.34'],
    [-0.002, 'CNY', 'en', '\u2212¥0.002'],
    [1_234_567.891, 'USD', 'en', '$1,234,567.89'],
    [0.4, 'points', 'en', '0.4 points'],
    [Number.NaN, 'USD', 'en', '—'],
  ] as const)('%d %s in %s is %s', (value, currency, locale, text) => {
    expect(formatAmount(value, currency, locale)).toBe(text)
  })

  it('never shows something as nothing', () => {
    const something = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: 1e-12, max: 1e9 })
      .filter((value) => value !== 0)
    fc.assert(
      fc.property(
        something,
        fc.constantFrom(...CURRENCIES),
        fc.constantFrom(...LANGUAGES),
        (value, currency, locale) => {
          expect(formatAmount(value, currency, locale)).toMatch(/[1-9]/)
          expect(formatAmount(-value, currency, locale)).toBe(
            `\u2212${formatAmount(value, currency, locale)}`,
          )
        },
      ),
    )
  })
})

describe('formatAge', () => {
  it.each([
    [NOW - 20_000, 'en', 'just now'],
    [NOW + 5 * MINUTE, 'en', 'just now'],
    [NOW - 4 * MINUTE, 'en', '4 min ago'],
    [NOW - 59 * MINUTE, 'en', '59 min ago'],
    [NOW - 3 * 60 * MINUTE, 'en', '3 hr ago'],
    [NOW - 4 * MINUTE, 'zh-CN', '4分钟前'],
    [NOW - 4 * MINUTE, 'ja', '4 分前'],
    [new Date(2026, 4, 3, 12).getTime(), 'en', 'May 3'],
    [new Date(2025, 4, 3, 12).getTime(), 'en', 'May 3, 2025'],
    [new Date(2026, 4, 3, 12).getTime(), 'ja', '5月3日'],
  ])('%d in %s is %s', (at, locale, text) => {
    expect(formatAge(at, NOW, locale)).toBe(text)
  })
})

describe('formatExact and formatCount', () => {
  it('follow the language', () => {
    expect(formatExact(NOW, 'en')).toMatch(/Jun 15, 2026, 12:00:00/)
    expect(formatExact(NOW, 'ja')).toBe('2026/06/15 12:00:00')
    expect(formatCount(12_345, 'en')).toBe('12,345')
  })
})
