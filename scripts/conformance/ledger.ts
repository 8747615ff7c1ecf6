import { type Failure, failureOf } from '@/src/domain/failure'
import { hideSecrets } from '@/src/net/redact'

export interface Row {
  readonly operation: string
  readonly result: 'pass' | 'fail' | 'skipped'
  readonly ms: number
  readonly note: string
}

/** An expectation about an answer that does not hold. */
class Broken extends Error {}

/** What this site does not offer, or only by hand: nothing to pass or fail. */
export class NotOffered extends Error {}

/** @throws Broken */
export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Broken(otherwise)
}

/** What an operation found, and what to say about it. */
interface Finding<T> {
  readonly value: T
  readonly note: string
}

/** The rows of one run. Notes never contain a secret. */
export interface Ledger {
  readonly rows: readonly Row[]
  /** From now on `secret` is cut out of every note. */
  hide(secret: string): void
  /** Runs an operation and writes its row; `null` = it failed or was skipped. */
  check<T>(operation: string, work: () => Promise<Finding<T>>): Promise<T | null>
  skip(operation: string, note: string): void
}

export function createLedger(now: () => number): Ledger {
  const rows: Row[] = []
  const secrets: string[] = []
  const write = (row: Row) => rows.push({ ...row, note: hideSecrets(row.note, secrets) })
  return {
    rows,
    hide: (secret) => void secrets.push(secret),
    async check(operation, work) {
      const startedAt = now()
      const row = (result: Row['result'], note: string) =>
        write({ operation, result, ms: Math.round(now() - startedAt), note })
      try {
        const { value, note } = await work()
        row('pass', note)
        return value
      } catch (thrown) {
        const isOwn = thrown instanceof Broken || thrown instanceof NotOffered
        row(
          thrown instanceof NotOffered ? 'skipped' : 'fail',
          isOwn ? thrown.message : describe(failureOf(thrown)),
        )
        return null
      }
    },
    skip: (operation, note) => void write({ operation, result: 'skipped', ms: 0, note }),
  }
}

/** A failure in one line: class/reason, where, and the site's words. */
export function describe({
  class: kind,
  reason,
  field,
  path,
  httpStatus,
  detail,
}: Failure): string {
  return [
    reason === undefined ? kind : `${kind}/${reason}`,
    field,
    path,
    httpStatus === undefined ? undefined : `HTTP ${String(httpStatus)}`,
    detail === undefined ? undefined : `"${detail}"`,
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}
