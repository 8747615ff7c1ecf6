import { send } from '@/src/messaging/client'
import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { ACCOUNTS_KEY } from './accounts'
import { fetchFromWorker } from './fetcher'
import { type Change, useChange } from './use-change'

/** Messages that change stored accounts. */
export type AccountChange =
  | 'accounts.add'
  | 'accounts.addRecognised'
  | 'accounts.edit'
  | 'accounts.remove'
  | 'storage.removeDamaged'

/** Sends one kind of change and reads the accounts again, whatever came of it. */
export function useAccountChange<Name extends AccountChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input), ACCOUNTS_KEY)
}

/** Switches several accounts on or off, and tells how many could not be switched. */
export function useSetDisabled(): Change<
  { ids: readonly string[]; disabled: boolean },
  { failed: number }
> {
  return useChange(async ({ ids, disabled }) => {
    const results = await Promise.all(
      ids.map((id) => send('accounts.edit', { id, edit: { disabled } })),
    )
    return { failed: results.filter((result) => !result.ok).length }
  }, ACCOUNTS_KEY)
}
