import { unwrap } from '@/src/domain/failure'
import { send } from '@/src/messaging/client'
import type { InputOf, MessageName, OutputOf } from '@/src/messaging/protocol'

/** Asks the worker, the way the query cache wants it: a failure is thrown, as `FailureError`. */
export async function fetchFromWorker<Name extends MessageName>(
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  return unwrap(await send(name, input))
}
