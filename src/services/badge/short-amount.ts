import type { Currency } from '@/src/domain/money'

/** What fits on the toolbar icon. */
export const BADGE_LIMIT = 4

const SYMBOL: Record<Currency, string> = { USD: '$', CNY: '¥', points: '' }

const STEPS = [
  { from: 1e12, unit: 'T' },
  { from: 1e9, unit: 'B' },
  { from: 1e6, unit: 'M' },
  { from: 1e3, unit: 'k' },
  { from: 1, unit: '' },
] as const

/** Largest amount that still has a form; more is shown as this much. */
const MOST = 999e12

/**
 * An amount in at most {@link BADGE_LIMIT} characters: `$9.4`, `¥86`, `1.2k`, `$12k`, `12M`. It is
 * cut and never rounded up: the icon promises nothing that is not there. The sign of the currency
 * gives way before a digit does.
 */
export function shortAmount(amount: number, currency: Currency): string {
  const size = Math.min(Math.abs(amount), MOST)
  if (size > 0 && size < 0.1) return amount < 0 ? '<0' : '<0.1'
  const minus = amount < 0 ? '-' : ''
  const symbol = SYMBOL[currency]
  const { from, unit } = STEPS.find((step) => size >= step.from) ?? { from: 1, unit: '' }
  const value = size / from
  const whole = String(Math.trunc(value))
  // One decimal where one digit stands before it: more digits say enough.
  const tenth = Math.trunc((value * 10) % 10)
  const fine = whole.length === 1 && tenth > 0 ? `${whole}.${tenth}` : whole
  const forms = [fine, whole].flatMap((digits) => [
    `${minus}${symbol}${digits}${unit}`,
    `${minus}${digits}${unit}`,
  ])
  return forms.find((form) => form.length <= BADGE_LIMIT) ?? '<0'
}
