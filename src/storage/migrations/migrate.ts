import { raise } from '@/src/domain/failure'

import type { Migration } from './chain'

/**
 * Carries a record from version `from` to version `to`, step by step. Runs when an old record is
 * read; the new form reaches the disk with the next write of that record.
 *
 * @throws `storage`/`unreadable` when a step is missing or the record comes from a newer release.
 */
export function migrateRecord(
  chain: readonly Migration[],
  { store, from, to }: { store: string; from: number; to: number },
  record: unknown,
): unknown {
  if (from > to) raise({ class: 'storage', reason: 'unreadable' })
  let current = record
  for (let version = from + 1; version <= to; version += 1) {
    const step = chain.find((one) => one.store === store && one.to === version)
    if (!step) raise({ class: 'storage', reason: 'unreadable' })
    current = step.migrate(current)
  }
  return current
}
