import type { GlanceRow } from '@/src/domain/glance'

import type { RedeemPorts } from './ports'

/** Accounts that can redeem: switched on, at sites that have codes. In the order of the list. */
export async function redeemable({
  book,
  descriptions,
}: Pick<RedeemPorts, 'book' | 'descriptions'>): Promise<Map<string, GlanceRow>> {
  const able = new Set(
    descriptions.flatMap(({ type, capabilities }) =>
      capabilities.includes('redeem') ? [type] : [],
    ),
  )
  const { rows } = await book.glance()
  const fit = rows.filter(({ disabled, siteType }) => !disabled && able.has(siteType))
  return new Map(fit.map((row) => [row.id, row]))
}
