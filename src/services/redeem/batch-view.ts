import type { GlanceRow } from '@/src/domain/glance'
import type { SiteDescription } from '@/src/domain/site-description'
import { maskCode, type RedeemBatch, type RedeemBatchView } from '@/src/domain/redemption'

/** A batch as pages show it: no code in it. */
export function viewBatch(
  batch: RedeemBatch,
  rows: readonly GlanceRow[],
  descriptions: readonly SiteDescription[],
): RedeemBatchView {
  const { codes, accountIds, ...rest } = batch
  return {
    ...rest,
    codes: codes.map(({ code, state, accountId: last, amount, kind, failure }) => {
      // Where it goes next: a batch that waits says for which site.
      const accountId = last ?? (state === 'waiting' ? accountIds[0] : undefined)
      // An account that was never refreshed does not know its unit yet; its family does.
      const siteType = rows.find(({ id }) => id === accountId)?.siteType
      const unit = descriptions.find(({ type }) => type === siteType)?.unit
      return {
        masked: maskCode(code),
        state,
        ...(accountId === undefined ? {} : { accountId }),
        ...(amount === undefined ? {} : { amount, ...(unit ? { unit } : {}) }),
        ...(kind === undefined ? {} : { kind }),
        ...(failure ? { failure } : {}),
      }
    }),
  }
}
