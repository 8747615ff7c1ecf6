import type { Language } from '@/src/domain/settings'
import { convertAmount, type Currency, type Rates, shownCurrency } from '@/src/domain/money'

/** What stands where a number is not known. */
export const UNKNOWN_MARK = '—'

const MINUS = '\u2212'
const SMALL = 0.01
const SYMBOL = { USD: '$', CNY: '¥' } as const
/** Words that `Intl` has no notion of. */
const POINTS: Record<Language, string> = { en: 'points', 'zh-CN': '点', ja: 'ポイント' }
const JUST_NOW: Record<Language, string> = { en: 'just now', 'zh-CN': '刚刚', ja: 'たった今' }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** `$12.34`, `¥86.38`, `6,170,000 points`; what is too small for two decimals keeps four digits. */
export function formatAmount(value: number, currency: Currency, locale: string): string {
  const { figure, unit } = amountParts(value, currency, locale)
  return unit === '' ? figure : `${figure} ${unit}`
}

/** A site's amount in the wanted currency, or in dollars where the site has no points. */
export function formatAmountOf(
  amount: number,
  rates: Rates,
  wanted: Currency,
  locale: string,
): string {
  const currency = shownCurrency(rates, wanted)
  return formatAmount(convertAmount(amount, rates, currency) ?? Number.NaN, currency, locale)
}

/** The same with the word after the number apart, for where the number is set in large type. */
export function amountParts(
  value: number,
  currency: Currency,
  locale: string,
): { readonly figure: string; readonly unit: string } {
  if (!Number.isFinite(value)) return { figure: UNKNOWN_MARK, unit: '' }
  const size = Math.abs(value)
  const digits = numberFormat(locale, digitsFor(size, currency)).format(size)
  const sign = value < 0 ? MINUS : ''
  return currency === 'points'
    ? { figure: `${sign}${digits}`, unit: POINTS[wordsOf(locale)] }
    : { figure: `${sign}${SYMBOL[currency]}${digits}`, unit: '' }
}

/** Relative under a day, then the date; the year only when it is not this one. */
export function formatAge(atMs: number, nowMs: number, locale: string): string {
  // A clock that was set back must not put a reading into the future.
  const age = Math.max(0, nowMs - atMs)
  if (age < MINUTE_MS) return JUST_NOW[wordsOf(locale)]
  if (age < HOUR_MS) return relative(-Math.floor(age / MINUTE_MS), 'minute', locale)
  if (age < DAY_MS) return relative(-Math.floor(age / HOUR_MS), 'hour', locale)
  return formatDay(atMs, nowMs, locale)
}

/** The date; the year only when it is not this one. */
export function formatDay(atMs: number, nowMs: number, locale: string): string {
  const thisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
  return dateFormat(
    locale,
    thisYear
      ? { day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(atMs)
}

/** Date and time to the second, for those who ask. */
export function formatExact(atMs: number, locale: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs)
}

export function formatCount(count: number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(count)
}

function digitsFor(size: number, currency: Currency): Intl.NumberFormatOptions {
  if (size > 0 && size < SMALL) return { maximumSignificantDigits: 4 }
  return currency === 'points'
    ? { maximumFractionDigits: 2 }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
}

function relative(amount: number, unit: 'minute' | 'hour', locale: string): string {
  const format = cached(`relative ${locale}`, () => {
    return new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' })
  })
  // English abbreviates with a full stop, which reads like the end of a sentence here.
  return format.format(amount, unit).replace('.', '')
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(`number ${locale} ${JSON.stringify(options)}`, () => {
    return new Intl.NumberFormat(locale, options)
  })
}

/** A kept formatter: making one costs more than a hundred uses of it. */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return cached(`date ${locale} ${JSON.stringify(options)}`, () => {
    return new Intl.DateTimeFormat(locale, options)
  })
}

/** Making a formatter costs more than a hundred uses of it. */
const formatters = new Map<string, unknown>()

function cached<T>(key: string, make: () => T): T {
  const known = formatters.get(key) as T | undefined
  if (known) return known
  const made = make()
  formatters.set(key, made)
  return made
}

function wordsOf(locale: string): Language {
  return locale === 'zh-CN' || locale === 'ja' ? locale : 'en'
}
