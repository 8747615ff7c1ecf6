import type { AccountRecord } from '@/src/domain/account'
import type { SnapshotRecord } from '@/src/domain/snapshot'
import type { Change } from '@/src/storage/vault'

import type { AccountPage } from './account-book'

/** What an update wants written, all in one transaction. */
export interface BookChange {
  readonly account?: AccountRecord
  readonly snapshot?: SnapshotRecord
  /** Further records of the same transaction. */
  readonly also?: readonly Change[]
}

export interface BookUpdate {
  readonly id: string
  /** `null` writes nothing. */
  readonly change: (page: AccountPage) => BookChange | null
}

export interface AppliedUpdates {
  /** Every page asked for, as it is afterwards; `undefined` where there is no such account. */
  readonly pages: ReadonlyMap<string, AccountPage | undefined>
  readonly changes: readonly Change[]
  readonly changedIds: readonly string[]
}

/** Applies updates in order, each to what the one before it left. */
export function applyUpdates(
  updates: readonly BookUpdate[],
  opened: ReadonlyMap<string, AccountPage | undefined>,
): AppliedUpdates {
  const pages = new Map(opened)
  const also: Change[] = []
  const changed = new Set<string>()
  for (const { id, change } of updates) {
    const page = pages.get(id)
    const next = page && change(page)
    if (!next) continue
    pages.set(id, {
      account: next.account ?? page.account,
      snapshot: next.snapshot ?? page.snapshot,
    })
    also.push(...(next.also ?? []))
    changed.add(id)
  }
  const changedIds = [...changed]
  const changes = changedIds.flatMap((id) => changesBetween(opened.get(id), pages.get(id)))
  return { pages, changes: [...changes, ...also], changedIds }
}

function changesBetween(before: AccountPage | undefined, after: AccountPage | undefined): Change[] {
  const changes: Change[] = []
  if (after && after.account !== before?.account) {
    changes.push({ store: 'accounts', put: after.account })
  }
  if (after && after.snapshot !== before?.snapshot) {
    changes.push({ store: 'snapshots', put: after.snapshot })
  }
  return changes
}
