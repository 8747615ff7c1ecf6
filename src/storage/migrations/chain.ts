/**
 * One step of one store's records. A step is a file of its own next to this one, named
 * `<store>-<to>.ts`, with a test that starts from a stored record of version `to - 1`.
 */
export interface Migration {
  readonly store: string
  /** The version a record has afterwards; the step takes records of version `to - 1`. */
  readonly to: number
  /** Pure. May throw: the record then counts as invalid and is left as it is. */
  readonly migrate: (record: unknown) => unknown
}

/** All steps ever released. Every store still has version 1 records only. */
export const MIGRATIONS: readonly Migration[] = []
