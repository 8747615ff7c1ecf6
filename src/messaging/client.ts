import { failed, type Failure, type Result } from '@/src/domain/failure'
import { sendToWorker } from '@/src/platform/runtime'

import { type InputOf, type MessageName, type OutputOf, replySchema } from './protocol'

/**
 * Sends a message to the worker, which the browser starts when it is asleep. Never throws.
 *
 * A worker that died before answering gives `interrupted`: the caller cannot know whether the
 * message took effect and must read the state again instead of repeating it.
 */
export async function send<Name extends MessageName>(
  name: Name,
  input: InputOf<Name>,
): Promise<Result<OutputOf<Name>>> {
  let answer: unknown
  try {
    answer = await sendToWorker({ name, input })
  } catch {
    return failed(NO_ANSWER)
  }
  const reply = replySchema.safeParse(answer)
  if (!reply.success) return failed(NO_ANSWER)
  // The value comes from our own worker, which built it by its types: parsing 1,000 rows again
  // would only cost the popup time. Everything foreign was parsed on its way into the worker.
  return reply.data.ok
    ? { ok: true, value: reply.data.value as OutputOf<Name> }
    : failed(reply.data.failure)
}

const NO_ANSWER: Failure = { class: 'interrupted', reason: 'no-answer' }
