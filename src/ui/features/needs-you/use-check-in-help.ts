import { useMemo } from 'react'

import type { Failure } from '@/src/domain/failure'

import { useCheckInChange, useCheckInPages } from '../../queries/check-in-mutations'

/** What helps a check-in that waits for the user. */
export interface CheckInHelp {
  /** Checks these accounts in again. */
  readonly run: (accountIds: readonly string[]) => void
  /** Opens their check-in pages; only on the user's click. */
  readonly open: (accountIds: readonly string[]) => void
  /** Why the last one did not work. */
  readonly failure: Failure | null
}

export function useCheckInHelp(): CheckInHelp {
  const { run, failure: runFailure } = useCheckInChange('checkIn.run')
  const { run: open, failure: openFailure } = useCheckInPages()
  const actions = useMemo(
    () => ({
      run: (accountIds: readonly string[]) => void run({ accountIds: [...accountIds] }),
      open: (accountIds: readonly string[]) => void open({ accountIds: [...accountIds] }),
    }),
    [run, open],
  )
  return { ...actions, failure: runFailure ?? openFailure }
}
