import type { KeyChanges, KeyOutcome } from '../keys/changes'
import type { Ledger, StaleReason } from './ledger'

/** The same changes to keys, after which the ledger knows what they mean for what was exported. */
export function staleAfter<Keys extends Pick<KeyChanges, 'setEnabled' | 'remove'>>(
  keys: Keys,
  ledger: Pick<Ledger, 'markStale'>,
): Keys {
  async function noted(outcomes: KeyOutcome[], why: StaleReason | null): Promise<KeyOutcome[]> {
    const done = outcomes.filter(({ failure }) => failure === undefined)
    if (done.length > 0) await ledger.markStale(done, why)
    return outcomes
  }
  return {
    ...keys,
    setEnabled: async (refs, enabled) =>
      noted(await keys.setEnabled(refs, enabled), enabled ? null : 'disabled'),
    remove: async (refs) => noted(await keys.remove(refs), 'deleted'),
  } satisfies Pick<KeyChanges, 'setEnabled' | 'remove'>
}
