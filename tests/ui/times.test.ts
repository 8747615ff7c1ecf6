import { describe, expect, it } from 'vitest'

import { formatClock, formatDayHeading, formatDuration, formatUntil } from '@/src/ui/text/times'

const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime()
const NOW = at(2026, 10, 26, 10, 15)

describe('times', () => {
  it('of day are of 24 hours in every language', () => {
    const midnight = at(2026, 10, 26, 0, 5)
    for (const locale of ['en', 'zh-CN', 'ja']) {
      expect(formatClock(midnight, locale), locale).toBe('00:05')
      expect(formatClock(at(2026, 10, 26, 23, 59), locale), locale).toBe('23:59')
    }
  })

  it('to come have their date where it is another day', () => {
    expect(formatUntil(at(2026, 10, 26, 18, 30), NOW, 'en')).toBe('18:30')
    expect(formatUntil(at(2026, 10, 27, 0, 30), NOW, 'en')).toBe('Nov 27, 00:30')
  })

  it('have their year as a heading only where it is another one', () => {
    expect(formatDayHeading(NOW, NOW, 'en')).toBe('Thursday, November 26')
    expect(formatDayHeading(at(2025, 11, 31, 10, 0), NOW, 'en')).toBe(
      'Wednesday, December 31, 2025',
    )
    expect(formatDayHeading(NOW, NOW, 'ja')).toBe('11月26日木曜日')
  })
})

describe('durations', () => {
  it.each([
    [0, '0 sec'],
    [432, '0.4 sec'],
    [12_400, '12 sec'],
    [59_999, '1 min'],
    [200_000, '3 min 20 sec'],
    [3_600_000, '1 hr'],
    [7_500_000, '2 hr 5 min'],
  ])('of %i ms', (ms, words) => {
    expect(formatDuration(ms, 'en')).toBe(words)
  })

  it('speak the other languages', () => {
    expect(formatDuration(200_000, 'zh-CN')).toBe('3分钟 20秒')
    expect(formatDuration(200_000, 'ja')).toBe('3 分 20 秒')
  })
})
