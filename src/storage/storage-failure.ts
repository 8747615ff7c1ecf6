import { FailureError } from '@/src/domain/failure'

const REASONS: Readonly<Record<string, string>> = {
  QuotaExceededError: 'quota',
  // A newer release has changed the database; this context runs the old code.
  VersionError: 'newer-version',
}

/**
 * What a database call failed with, in the product's words: class `storage`, reason `quota` (the
 * disk is full), `newer-version`, or `unavailable` (gone, locked or broken). What is no database
 * error is returned as it is.
 */
export function storageFailure(thrown: unknown): unknown {
  if (!(thrown instanceof DOMException)) return thrown
  const reason = REASONS[thrown.name] ?? 'unavailable'
  return new FailureError({ class: 'storage', reason }, thrown)
}
