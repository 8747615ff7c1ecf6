import { ok, type Result } from '@/src/domain/failure'
import type { Standing } from '@/src/domain/redemption'
import type { AccountFigures } from '@/src/domain/snapshot'
import type { DailyAdapter } from '@/src/sites/adapter'
import type { Vault } from '@/src/storage/vault'

import type { AccountSite } from '../as-account'
import type { CodePart } from './batch-record'

/** How old figures may be that prove something, ms: the older, the more else may have happened. */
export const PROOF_MS = 10 * 60_000
/** Amounts in dollars are fractions: less than this is no growth. */
const LEAST_GROWTH = 1e-6

/** What accounts had before their codes left, as far as this worker knows. */
export interface Standings {
  /**
   * What the account has, asked for once and counted on from there; `undefined` = the site does not
   * tell it whole. Fails where the site cannot even be asked that: no code is put at risk then.
   */
  before(site: AccountSite<DailyAdapter>): Promise<Result<Standing | undefined>>
  /** A code was credited. No `amount` = nobody knows how much, or whether at all. */
  credited(accountId: string, amount?: number): void
}

export function createStandings(now: () => number): Standings {
  const known = new Map<string, Standing>()
  return {
    async before({ account, adapter, ctx, access }) {
      const remembered = known.get(account.id)
      if (remembered && isWithin(PROOF_MS, remembered, now())) return ok(remembered)
      const told = await adapter.fetchFigures(ctx, access)
      if (!told.ok) {
        // What cannot be read there says nothing about redeeming.
        return told.failure.class === 'changed-api' ? ok(undefined) : told
      }
      const standing = standingOf(told.value, now())
      if (standing) known.set(account.id, standing)
      return ok(standing)
    },
    credited(accountId, amount) {
      const before = known.get(accountId)
      if (!before || amount === undefined) known.delete(accountId)
      else known.set(accountId, { ...before, balance: before.balance + amount })
    },
  }
}

function standingOf(
  { balance, usedTotal, requestsTotal }: AccountFigures,
  atMs: number,
): Standing | undefined {
  if (balance.state !== 'complete' || usedTotal.state !== 'complete') return undefined
  return {
    balance: balance.value,
    used: usedTotal.value,
    ...(requestsTotal.state === 'complete' ? { requests: requestsTotal.value } : {}),
    atMs,
  }
}

/** A clock that was set back makes everything before it worthless. */
function isWithin(spanMs: number, { atMs }: Standing, nowMs: number): boolean {
  return atMs <= nowMs && nowMs - atMs < spanMs
}

/**
 * What an account's balance grew by since a code left, 0 where it did not; `null` = that proves
 * nothing. Only where nothing was used in between: sites take more than a call costs while it runs,
 * and give it back.
 */
export async function growthSince(
  vault: Vault,
  { before, accountId = '' }: Pick<CodePart, 'before' | 'accountId'>,
  told: AccountFigures,
  nowMs: number,
): Promise<number | null> {
  const after = standingOf(told, nowMs)
  if (!before || !after || !isWithin(2 * PROOF_MS, before, nowMs)) return null
  if (after.used !== before.used || after.requests !== before.requests) return null
  const growth = after.balance - before.balance
  if (growth < LEAST_GROWTH) return 0
  // A check-in grows it just the same.
  const checkIns = await vault.load('checkIns', accountId).catch(() => undefined)
  const checkedInAtMs = Math.max(checkIns?.tries.lastAtMs ?? 0, checkIns?.sent?.atMs ?? 0)
  return checkedInAtMs >= before.atMs ? null : growth
}
