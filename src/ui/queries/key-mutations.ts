import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { fetchFromWorker } from './fetcher'
import { KEYS_KEY } from './keys'
import { type Change, useChange } from './use-change'

/** Messages that change keys, at their sites or in what is kept of them. */
type KeyChange =
  | 'keys.load'
  | 'keys.create'
  | 'keys.createMany'
  | 'keys.update'
  | 'keys.setEnabled'
  | 'keys.remove'
  | 'keys.prove'
  | 'keys.saveTotp'
  | 'keys.ensureDefault'
  | 'repair.start'
  | 'repair.pause'
  | 'repair.resume'
  | 'repair.cancel'
  | 'rotation.start'
  | 'rotation.continue'
  | 'rotation.rollback'
  | 'rotation.finish'
  | 'rotation.dismiss'

/** Sends one kind of change and reads the keys again, whatever came of it. */
export function useKeyChange<Name extends KeyChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input), KEYS_KEY)
}
