import type * as z from 'zod/mini'

import type { Result } from '@/src/domain/failure'
import { failed, failureOf, ok } from '@/src/domain/failure'
import type { Caller } from '@/src/platform/door'

import { envelopeSchema, type MainProtocol, protocol } from './protocol'

/** A set of messages: name → schemas of input and output. */
export type Messages = Readonly<
  Record<string, { readonly input: z.ZodMiniType; readonly output: z.ZodMiniType }>
>

/** One handler per message of a protocol; a missing or superfluous one does not compile. */
export type HandlersOf<P extends Messages> = {
  readonly [Name in keyof P]: (
    input: z.infer<P[Name]['input']>,
  ) => Promise<z.infer<P[Name]['output']>>
}

export type Handlers = HandlersOf<MainProtocol>

/** Answers a message by name; `undefined` = not one of mine. */
export type Desk = (name: string, input: unknown) => Promise<Result<unknown>> | undefined

/**
 * The worker's door: takes what arrived, answers own pages, and gives everybody else silence.
 * Messages it has no handler for are handed to `later`.
 *
 * @returns `undefined` for what is no message of ours: the caller gets no answer.
 */
export function createDoor(
  handlers: Handlers,
  later: Desk = () => undefined,
): (message: unknown, caller: Caller) => Promise<Result<unknown> | undefined> {
  const desk = createDesk(protocol, handlers)
  return async (message, caller) => {
    if (!caller.isOwnPage) return undefined
    const envelope = envelopeSchema.safeParse(message)
    if (!envelope.success) return undefined
    const { name, input } = envelope.data
    return desk(name, input) ?? later(name, input)
  }
}

/**
 * Parses the input of a message and runs its handler. Handlers throw `FailureError`; pages get the
 * failure as a value.
 */
export function createDesk<P extends Messages>(messages: P, handlers: HandlersOf<P>): Desk {
  return (name, input) => {
    if (!Object.hasOwn(messages, name)) return undefined
    return answer(messages, handlers, name, input)
  }
}

async function answer<P extends Messages>(
  messages: P,
  handlers: HandlersOf<P>,
  name: keyof P & string,
  input: unknown,
): Promise<Result<unknown>> {
  const parsed = messages[name]?.input.safeParse(input)
  if (!parsed?.success) {
    const field = parsed?.error.issues[0]?.path.join('.') ?? ''
    return failed({ class: 'input', reason: 'malformed', field })
  }
  try {
    return ok(await handlers[name](parsed.data as z.infer<P[typeof name]['input']>))
  } catch (thrown) {
    return failed(failureOf(thrown))
  }
}
