import type { ApiKey, KeyFeatures, KeyRow, KeySecret } from '@/src/domain/api-key'
import type { GlanceRow } from '@/src/domain/glance'
import type { KeyListView } from '@/src/domain/key-list'
import { displayMask } from '@/src/domain/key-text'

import type { HeldKeys } from './shelf'

/** The keys of one account as pages show them: no secret in it. */
export function viewOf(
  { id }: Pick<GlanceRow, 'id'>,
  held: HeldKeys,
  features: KeyFeatures,
  isLoading: boolean,
): KeyListView {
  const { list } = held
  return {
    accountId: id,
    state: stateOf(held, isLoading),
    ...(list?.failure && !isLoading ? { failure: list.failure } : {}),
    ...(list?.atMs ? { atMs: list.atMs } : {}),
    complete: list?.complete ?? false,
    rows: (list?.keys ?? []).map((key) => rowOf(id, key, held, features)),
    ...(list?.groups ? { groups: list.groups } : {}),
    features,
  }
}

function stateOf({ list }: HeldKeys, isLoading: boolean): KeyListView['state'] {
  if (isLoading) return 'loading'
  if (!list) return 'never'
  if (list.failure) return list.failure.class === 'unsupported' ? 'unsupported' : 'failed'
  return list.atMs === 0 ? 'never' : 'ready'
}

/** One key of {@link viewOf}. */
export function rowOf(
  accountId: string,
  { key, ...facts }: ApiKey,
  { secrets }: HeldKeys,
  { secret }: KeyFeatures,
): KeyRow {
  const known = secrets?.secrets[facts.id]
  return {
    ...facts,
    accountId,
    shown: known ? displayMask(known.text) : key.text,
    secret: known ? 'known' : unknownSecret(secret),
    ...(known ? { fingerprint: known.fingerprint } : {}),
  }
}

/** What can be done about a secret that is not in the vault. */
export function unknownSecret(secret: KeyFeatures['secret']): KeySecret {
  return secret === 'once' ? 'lost' : 'hidden'
}
