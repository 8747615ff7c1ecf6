import type { KeyFeatures } from '@/src/domain/api-key'
import type { Repair } from '@/src/domain/chore'
import type { Failure } from '@/src/domain/failure'
import { newId } from '@/src/domain/ids'
import { isWholeKey } from '@/src/domain/whole-key'

import type { HeldKeys } from './shelf'
import { unknownSecret } from './views'

type AccountPart = Repair['accounts'][number]
type KeyPart = Repair['keys'][number]

/** A repair of these accounts that has not begun. */
export function newRepair(accountIds: readonly string[], startedAtMs: number): Repair {
  return {
    id: newId('job'),
    kind: 'repair',
    state: 'running',
    startedAtMs,
    accounts: [...new Set(accountIds)].map((accountId) => ({ accountId, state: 'waiting' })),
    keys: [],
  }
}

/** Adds what is missing, and gives what failed another try. */
export function joinRepair(repair: Repair, accountIds: readonly string[]): Repair {
  const known = new Set(repair.accounts.map(({ accountId }) => accountId))
  const again = new Set(
    repair.accounts.flatMap(({ accountId, state }) =>
      state === 'failed' && accountIds.includes(accountId) ? [accountId] : [],
    ),
  )
  const missing = [...new Set(accountIds)].filter((id) => !known.has(id))
  return {
    ...repair,
    accounts: [
      ...repair.accounts.map((part) => (again.has(part.accountId) ? reopened(part) : part)),
      ...missing.map((accountId): AccountPart => ({ accountId, state: 'waiting' })),
    ],
    keys: repair.keys.filter(({ accountId }) => !again.has(accountId)),
  }
}

function reopened({ failure: _, ...part }: AccountPart): AccountPart {
  return { ...part, state: 'waiting' }
}

export function editAccountPart(
  repair: Repair,
  accountId: string,
  edit: Partial<AccountPart>,
): Repair {
  return {
    ...repair,
    accounts: repair.accounts.map((part) =>
      part.accountId === accountId ? { ...part, ...edit } : part,
    ),
  }
}

/** Every key of the account, as its list shows it: what has to be asked for is `waiting`. */
export function withListedKeys(
  repair: Repair,
  accountId: string,
  { list, secrets }: HeldKeys,
  { secret }: KeyFeatures,
): Repair {
  const stateOf = (keyId: string): KeyPart['state'] => {
    if (isWholeKey(secrets?.secrets[keyId]?.text ?? '')) return 'known'
    return unknownSecret(secret) === 'lost' ? 'lost' : 'waiting'
  }
  const keys = (list?.keys ?? []).map(({ id, name }): KeyPart => ({
    accountId,
    keyId: id,
    name,
    state: stateOf(id),
  }))
  return { ...repair, keys: [...repair.keys.filter((key) => key.accountId !== accountId), ...keys] }
}

/** Waiting keys of the account (of all, or of `ids`) come into another state. */
export function settleKeys(
  repair: Repair,
  accountId: string,
  state: KeyPart['state'],
  { ids, failure }: { readonly ids?: ReadonlySet<string>; readonly failure?: Failure } = {},
): Repair {
  const isMeant = (key: KeyPart) =>
    key.accountId === accountId && key.state === 'waiting' && (ids?.has(key.keyId) ?? true)
  const why = failure && { failure: withoutTrace(failure) }
  return {
    ...repair,
    keys: repair.keys.map((key) => (isMeant(key) ? { ...key, state, ...why } : key)),
  }
}

/** The account's site got its second factor: what waited for it is due again. */
export function proven(repair: Repair, accountId: string): Repair {
  const isMeant = (key: KeyPart) => key.accountId === accountId && key.state === 'needs-proof'
  if (!repair.keys.some(isMeant)) return repair
  const keys = repair.keys.map((key): KeyPart => {
    if (!isMeant(key)) return key
    const { failure: _, ...rest } = key
    return { ...rest, state: 'waiting' }
  })
  return editAccountPart({ ...repair, keys }, accountId, { state: 'waiting' })
}

export function waitingKeys(repair: Repair, accountId: string): string[] {
  return repair.keys.flatMap((key) =>
    key.accountId === accountId && key.state === 'waiting' ? [key.keyId] : [],
  )
}

/** Whether the account's list was read in this repair. */
export function isListed(repair: Repair, accountId: string): boolean {
  return repair.keys.some((key) => key.accountId === accountId)
}

export function withoutTrace({ trace: _, ...failure }: Failure): Failure {
  return failure
}
