import type { VeloeraOptions } from './options'

const DEFAULT_QUOTA_PER_UNIT = 500_000

export function quotaPerUnitOf(options: VeloeraOptions): number {
  return options.quotaPerUnit ?? DEFAULT_QUOTA_PER_UNIT
}

export function isInCurrency(options: VeloeraOptions): boolean {
  return options.displayInCurrency ?? true
}

/** A quota as log texts name it, with a full-width dollar sign (`contracts/veloera.md` 6, 9). */
export function amountText(options: VeloeraOptions, quota: number): string {
  return isInCurrency(options)
    ? `＄${(quota / quotaPerUnitOf(options)).toFixed(6)} 额度`
    : `${quota} 点额度`
}

/** A quota in the display unit of the billing endpoints (10). */
export function displayAmount(options: VeloeraOptions, quota: number): number {
  return isInCurrency(options) ? quota / quotaPerUnitOf(options) : quota
}
