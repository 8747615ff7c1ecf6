import { automationOf } from '@/src/domain/account'
import type { Tag } from '@/src/domain/credential'
import { glanceRow } from '@/src/domain/glance'
import { convertAmount } from '@/src/domain/money'
import type { Warning } from '@/src/domain/warning'

import type { AccountPage } from '../account-book'

/** Who says from where on a balance is low, the nearest first: the account, its tags, the settings. */
export interface Thresholds {
  readonly tags: readonly Tag[]
  /** USD; `null` = none. */
  readonly general: number | null
}

/**
 * What an account's balance is compared with, USD. Of several tags the highest counts: whoever set
 * it wants to know. `null` = nobody wants to know.
 */
function thresholdOf(
  { account }: Pick<AccountPage, 'account'>,
  { tags, general }: Thresholds,
): number | null {
  const own = automationOf(account).lowBalanceUsd
  if (own !== null) return own
  const ofTags = tags
    .filter(({ id }) => account.decided.tagIds.includes(id))
    .flatMap(({ lowBalanceUsd }) => lowBalanceUsd ?? [])
  return ofTags.length > 0 ? Math.max(...ofTags) : general
}

/** What an account has, USD; `null` = not known, or only that it is at least something. */
function balanceUsd({ account, snapshot }: AccountPage): number | null {
  const row = glanceRow(account, snapshot)
  return row.balance.state === 'complete' ? convertAmount(row.balance.value, row, 'USD') : null
}

/** None where it is not low, nobody wants to know, or it is not known. */
export function lowBalance(page: AccountPage, thresholds: Thresholds): Warning[] {
  const thresholdUsd = thresholdOf(page, thresholds)
  const left = balanceUsd(page)
  if (thresholdUsd === null || left === null || left >= thresholdUsd) return []
  const accountId = page.account.id
  const key = `low-balance ${accountId}`
  return [{ key, kind: 'low-balance', accountId, balanceUsd: left, thresholdUsd }]
}

/** Whether the balance is certainly not low any more. */
export function isAmple(page: AccountPage, thresholds: Thresholds): boolean {
  return balanceUsd(page) !== null && lowBalance(page, thresholds).length === 0
}
