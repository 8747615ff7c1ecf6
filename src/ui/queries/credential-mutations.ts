import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { CREDENTIALS_KEY } from './credentials'
import { fetchFromWorker } from './fetcher'
import { type Change, useChange } from './use-change'

/** Messages that change credentials, what is known of them, or tags. */
type CredentialChange =
  | 'credentials.save'
  | 'credentials.unlink'
  | 'credentials.remove'
  | 'credentials.refresh'
  | 'tags.make'
  | 'tags.edit'
  | 'tags.remove'

/** Sends one kind of change and reads credentials and tags again, whatever came of it. */
export function useCredentialChange<Name extends CredentialChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input), CREDENTIALS_KEY)
}
