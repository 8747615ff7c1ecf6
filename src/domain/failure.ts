import type { Failure } from './failure-schema'

export type { Failure } from './failure-schema'

/**
 * What kind of thing went wrong. The class decides the sentence, the colour and the next step a
 * person is shown; everything finer sits in `reason`.
 *
 * | class | meaning |
 * |---|---|
 * | `login` | the credential or the browser's login is not accepted any more |
 * | `identity` | the site answered as a user other than the account's |
 * | `challenge` | a protection page stood in for the answer |
 * | `limit` | a rate limit of the site, or our own budget for it |
 * | `network` | no answer: offline, DNS, TLS, time-out, connection lost |
 * | `server` | the site failed (5xx) |
 * | `changed-api` | an answer that does not have the documented shape |
 * | `refused` | the site understood and said no |
 * | `proof` | the site wants a second factor or password for this step |
 * | `unsupported` | this site has no such function |
 * | `access` | the browser has not granted access to this site |
 * | `needs-tab` | an open, logged-in tab of the site is needed |
 * | `input` | a value given to us is not acceptable; `field` names it |
 * | `not-found` | the record asked for does not exist (any more) |
 * | `storage` | a stored record cannot be read or written |
 * | `interrupted` | the work was cut off; whether it took effect is not known |
 * | `cancelled` | stopped on request |
 * | `internal` | a defect of ours |
 */
export const FAILURE_CLASSES = [
  'login',
  'identity',
  'challenge',
  'limit',
  'network',
  'server',
  'changed-api',
  'refused',
  'proof',
  'unsupported',
  'access',
  'needs-tab',
  'input',
  'not-found',
  'storage',
  'interrupted',
  'cancelled',
  'internal',
] as const

export type FailureClass = (typeof FAILURE_CLASSES)[number]

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const failed = (failure: Failure): Result<never> => ({ ok: false, failure })

/** The worker consists of two scripts, each with a copy of this file: classes do not tell alike. */
const BRAND = Symbol.for('relaydeck.failure')

/** Carries a {@link Failure} through code that throws. Never crosses a layer's public interface. */
export class FailureError extends Error {
  readonly failure: Failure
  readonly [BRAND] = true

  constructor(failure: Failure, cause?: unknown) {
    super(`${failure.class}${failure.reason ? `/${failure.reason}` : ''}`, { cause })
    this.name = 'FailureError'
    this.failure = failure
  }
}

/** Throws a {@link FailureError}; reads as an expression. */
export function raise(failure: Failure, cause?: unknown): never {
  throw new FailureError(failure, cause)
}

/** Whether what was thrown carries a {@link Failure}, whichever script of the worker threw it. */
export function isFailureError(thrown: unknown): thrown is FailureError {
  return thrown instanceof Error && BRAND in thrown
}

/** The failure inside anything thrown; an unknown error is `internal` and keeps only its name. */
export function failureOf(thrown: unknown): Failure {
  if (isFailureError(thrown)) return thrown.failure
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return { class: 'cancelled' }
  // The message of a foreign error may quote a URL or a header value: keep only the kind.
  return { class: 'internal', reason: thrown instanceof Error ? thrown.name : 'unknown' }
}

/** Runs `work` and turns what it throws into a value. */
export async function settle<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (thrown) {
    return failed(failureOf(thrown))
  }
}

/** The value, or a throw of the failure: for code that is itself inside a {@link settle}. */
export function unwrap<T>(result: Result<T>): T {
  return result.ok ? result.value : raise(result.failure)
}
