import * as z from 'zod/mini'

import { DEFAULT_QUOTA_PER_UNIT } from '@/src/domain/money'
import { once } from '@/src/domain/once'

const rate = z.catch(z.optional(z.number().check(z.positive())), undefined)

/** What a server writes amounts in its log with (`contracts/new-api.md 3.1`). */
export const logMoneySchema = once(() =>
  z.object({
    quota_per_unit: rate,
    usd_exchange_rate: rate,
    custom_currency_symbol: z.catch(z.optional(z.string()), undefined),
    custom_currency_exchange_rate: rate,
  }),
)

export type LogMoney = z.infer<ReturnType<typeof logMoneySchema>>

/** Sign, what stands before the number, the number, and the word for raw points after it. */
const AMOUNT = /(-?)([^\s\d-]{0,10})\s*(\d[\d,]*(?:\.\d+)?)\s*(点额度)?/gu

/**
 * The first amount a log text names, in quota points (`features/accounts-and-keys.md 4.4`).
 * `readMoney` is called only where the text names a currency; `null` = the site did not tell.
 * `null` = no amount, or none that is certain.
 */
export async function pointsIn(
  text: string,
  readMoney: () => Promise<LogMoney | null>,
): Promise<number | null> {
  for (const [, sign, before = '', number = '', points] of text.matchAll(AMOUNT)) {
    const value = Number(number.replaceAll(',', ''))
    if (points !== undefined) return whole(value, sign)
    if (!/\p{S}$/u.test(before)) continue
    const money = await readMoney()
    const perUsd = money && unitsPerUsd(before, money)
    if (!money || perUsd === null) return null
    return whole((value / perUsd) * (money.quota_per_unit ?? DEFAULT_QUOTA_PER_UNIT), sign)
  }
  return null
}

/** How many of the currency that `before` ends with are one dollar; `null` = not told. */
function unitsPerUsd(before: string, money: LogMoney): number | null {
  const { custom_currency_symbol: symbol, custom_currency_exchange_rate: customRate } = money
  if (/[$＄]$/.test(before)) return 1
  if (/[¥￥]$/.test(before)) return money.usd_exchange_rate ?? null
  return symbol && before.endsWith(symbol) ? (customRate ?? null) : null
}

/** The texts are rounded to a few digits; points are whole. */
function whole(points: number, sign: string | undefined): number | null {
  const rounded = Math.round(points)
  return sign === '-' || !Number.isSafeInteger(rounded) ? null : rounded
}
