import { failureOf } from '@/src/domain/failure'

/**
 * A call whose failure costs only what it would have told. What is about the account itself ends
 * everything: another user, a login that is no longer good, a stop, a defect of ours.
 */
export async function orUnknown<T, U>(call: Promise<T>, unknown: U): Promise<T | U> {
  try {
    return await call
  } catch (thrown) {
    const { class: kind } = failureOf(thrown)
    if (['identity', 'login', 'cancelled', 'internal'].includes(kind)) throw thrown
    return unknown
  }
}
