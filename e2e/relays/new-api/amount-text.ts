import type { RelayCore } from './context'
import { DEFAULT_RATE } from './status-view'

/**
 * An amount as log texts have it, in the site's display unit (`contracts/new-api.md` 8.1,
 * `features/accounts-and-keys.md` 4.4). A custom currency is worth one dollar here.
 */
export function amountText({ options, quotaPerUnit }: RelayCore, quota: number): string {
  const usd = quota / quotaPerUnit
  switch (options.quotaDisplayType) {
    case 'TOKENS':
      return `${quota} 点额度`
    case 'CNY':
      return `¥${(usd * (options.usdExchangeRate ?? DEFAULT_RATE)).toFixed(6)} 额度`
    case 'CUSTOM':
      return `¤${usd.toFixed(6)} 额度`
    default:
      return `＄${usd.toFixed(6)} 额度`
  }
}
