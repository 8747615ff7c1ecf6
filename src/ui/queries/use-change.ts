import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { type Failure, failureOf, type Result, settle } from '@/src/domain/failure'

/** Work of the worker that changes something, as a component starts and follows it. */
export interface Change<Input, Output> {
  /** Never rejects. */
  readonly run: (input: Input) => Promise<Result<Output>>
  readonly busy: boolean
  /** Of the last run. */
  readonly failure: Failure | null
  readonly reset: () => void
}

/** Runs `work` and reads `queryKey` again, whatever came of it. */
export function useChange<Input, Output>(
  work: (input: Input) => Promise<Output>,
  queryKey: QueryKey,
): Change<Input, Output> {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: work,
    // Also after a failure: a change that was cut off may have taken effect.
    onSettled: () => client.invalidateQueries({ queryKey }),
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
