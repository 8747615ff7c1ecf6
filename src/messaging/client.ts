import { failed, type Failure, type Result } from '@/src/domain/failure'
import { sendToWorker } from '@/src/platform/runtime'

import type { InputOf, MessageName, OutputOf } from './protocol'

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
  try {
    const answer = await sendToWorker({ name, input })
    return isReply<OutputOf<Name>>(answer) ? answer : failed(NO_ANSWER)
  } catch {
    return failed(NO_ANSWER)
  }
}

const NO_ANSWER: Failure = { class: 'interrupted', reason: 'no-answer' }

/**
 * The reply comes from our own worker, which parsed everything foreign on its way in: parsing it
 * again would only make every page carry the schemas and the popup wait for them.
 */
function isReply<T>(answer: unknown): answer is Result<T> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false
  return answer.ok === true || (answer.ok === false && 'failure' in answer)
}
