import { type Failure, failureOf, raise } from '@/src/domain/failure'

/**
 * Runs a call that changes something at a site. A site that was reached but not understood may have
 * acted all the same: then the failure is `interrupted`/`uncertain`, which nobody repeats blindly.
 *
 * Not for work that only reads, and not for more than the one call: what is read afterwards has
 * other failures.
 */
export async function certainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    const failure = failureOf(thrown)
    if (!isUnclear(failure)) throw thrown
    return raise({ ...failure, class: 'interrupted', reason: 'uncertain' }, thrown)
  }
}

/**
 * Whether the site may have acted although no usable answer came back. `unreachable` is among them:
 * browsers name a connection lost after sending in the same way. What rests was not sent at all.
 */
export function isUnclear({ class: kind, reason, httpStatus }: Failure): boolean {
  if (reason === 'resting') return false
  if (kind === 'network' || kind === 'server' || kind === 'cancelled') return true
  return kind === 'changed-api' && reason !== 'redirected' && (httpStatus ?? 0) < 300
}
