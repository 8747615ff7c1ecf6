import type { Failure, Result } from '@/src/domain/failure'
import type { InputOf } from '@/src/messaging/protocol'

import { useAccountChange } from '../../queries/account-mutations'

/** The two ways a new account is stored, seen as one by the form. */
export interface Saving {
  readonly addTyped: (
    account: InputOf<'accounts.add'>['account'],
  ) => Promise<Result<{ id: string }>>
  readonly addRecognised: (
    input: InputOf<'accounts.addRecognised'>,
  ) => Promise<Result<{ id: string }>>
  readonly busy: boolean
  readonly failure: Failure | null
  readonly reset: () => void
}

export function useSaving(): Saving {
  const typed = useAccountChange('accounts.add')
  const recognised = useAccountChange('accounts.addRecognised')
  return {
    addTyped: (account) => {
      recognised.reset()
      return typed.run({ account, refreshNow: true })
    },
    addRecognised: (input) => {
      typed.reset()
      return recognised.run(input)
    },
    busy: typed.busy || recognised.busy,
    failure: typed.failure ?? recognised.failure,
    reset: () => {
      typed.reset()
      recognised.reset()
    },
  }
}
