import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { type Failure, failureOf, type Result, settle } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'
import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { ACCOUNTS_KEY } from './accounts'
import { fetchFromWorker } from './fetcher'

/** Messages that change stored accounts. */
export type AccountChange =
  | 'accounts.add'
  | 'accounts.addRecognised'
  | 'accounts.edit'
  | 'accounts.remove'
  | 'storage.removeDamaged'

export interface Change<Input, Output> {
  /** Never rejects. */
  readonly run: (input: Input) => Promise<Result<Output>>
  readonly busy: boolean
  /** Of the last run. */
  readonly failure: Failure | null
  readonly reset: () => void
}

/** Sends one kind of change and reads the accounts again, whatever came of it. */
export function useAccountChange<Name extends AccountChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input))
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
  })
}

function useChange<Input, Output>(work: (input: Input) => Promise<Output>): Change<Input, Output> {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: work,
    // Also after a failure: a change that was cut off may have taken effect.
    onSettled: () => client.invalidateQueries({ queryKey: ACCOUNTS_KEY }),
  })
  const { mutateAsync } = mutation
  const run = useCallback((input: Input) => settle(() => mutateAsync(input)), [mutateAsync])
  return {
    run,
    busy: mutation.isPending,
    failure: mutation.error ? failureOf(mutation.error) : null,
    reset: mutation.reset,
  }
}
