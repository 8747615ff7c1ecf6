import type { StoreName } from './stores'

/**
 * One step that lifts every record of a store from version `to - 1` to `to`. Numbered without
 * gaps per store; never changed once released.
 */
export interface Migration {
  readonly store: StoreName
  readonly to: number
  readonly lift: (record: unknown) => unknown
}

/** All steps ever released, oldest first. Version 1 of every store needed none. */
export const MIGRATIONS: readonly Migration[] = []

/** The version records of `store` are written in. */
export function currentVersion(store: StoreName, steps: readonly Migration[]): number {
  return steps.reduce(
    (version, step) => (step.store === store ? Math.max(version, step.to) : version),
    1,
  )
}

/**
 * Lifts a record of an older version to the current one, step by step.
 *
 * @returns `null` for a version newer than this product knows: written by a later release.
 */
export function migrate(
  store: StoreName,
  stored: { readonly version: number; readonly record: unknown },
  steps: readonly Migration[],
): unknown {
  const newest = currentVersion(store, steps)
  if (stored.version > newest) return null
  let { record } = stored
  for (let to = stored.version + 1; to <= newest; to += 1) {
    const step = steps.find((one) => one.store === store && one.to === to)
    if (!step) return null
    record = step.lift(record)
  }
  return record
}
