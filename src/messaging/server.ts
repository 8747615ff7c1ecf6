import type { Result } from '@/src/domain/failure'
import { failed, failureOf, ok } from '@/src/domain/failure'
import type { Caller } from '@/src/platform/door'

import { envelopeSchema, type InputOf, type MessageName, type OutputOf, protocol } from './protocol'

/** One handler per message of the protocol; a missing or superfluous one does not compile. */
export type Handlers = {
  readonly [Name in MessageName]: (input: InputOf<Name>) => Promise<OutputOf<Name>>
}

/**
 * The worker's door: takes what arrived, answers own pages, and gives everybody else silence.
 * Handlers throw `FailureError`; pages get the failure as a value.
 *
 * @returns `undefined` for what is no message of ours: the caller gets no answer.
 */
export function createDoor(
  handlers: Handlers,
): (message: unknown, caller: Caller) => Promise<Result<unknown> | undefined> {
  return async (message, caller) => {
    if (!caller.isOwnPage) return undefined
    const envelope = envelopeSchema.safeParse(message)
    if (!envelope.success || !isMessageName(envelope.data.name)) return undefined
    return answer(handlers, envelope.data.name, envelope.data.input)
  }
}

async function answer<Name extends MessageName>(
  handlers: Handlers,
  name: Name,
  input: unknown,
): Promise<Result<unknown>> {
  const parsed = protocol[name].input.safeParse(input)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    return failed({ class: 'input', reason: 'malformed', field })
  }
  try {
    return ok(await handlers[name](parsed.data as InputOf<Name>))
  } catch (thrown) {
    return failed(failureOf(thrown))
  }
}

function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(protocol, name)
}
