import { emptyBond, type BondRecord } from '@/src/domain/snapshot'
import type { Vault } from '@/src/storage/vault'

/** Reads what binds an account to this device; a record that cannot be opened counts as empty. */
export async function loadBond(vault: Vault, accountId: string): Promise<BondRecord> {
  const bond = await vault.load('bonds', accountId).catch(() => undefined)
  return bond ?? emptyBond(accountId)
}

/**
 * Changes one account's bond with nothing in between, in one write. `null` from `change` leaves it
 * as it is.
 */
export function updateBond(
  vault: Vault,
  accountId: string,
  change: (bond: BondRecord) => BondRecord | null,
): Promise<void> {
  return vault.exclusive(async () => {
    const next = change(await loadBond(vault, accountId))
    if (next) await vault.write([{ store: 'bonds', put: next }])
  })
}

/** The bond with another session, or without one. */
export function withSession(
  { session: _, ...rest }: BondRecord,
  session: BondRecord['session'],
): BondRecord {
  return session === undefined ? rest : { ...rest, session }
}
