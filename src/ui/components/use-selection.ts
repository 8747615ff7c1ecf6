import { useMemo, useState } from 'react'

import type { GlanceRow } from '@/src/domain/glance'

interface Selectable {
  readonly id: string
}

export interface Selection<Row extends Selectable = GlanceRow> {
  readonly rows: readonly Row[]
  readonly has: (id: string) => boolean
  readonly toggle: (id: string) => void
  /** Selects all of these, or none of them when all are selected already. */
  readonly toggleAll: (rows: readonly Row[]) => void
  readonly clear: () => void
}

/** Chosen rows of a list. A choice outlives filters; what is gone leaves it. */
export function useSelection<Row extends Selectable>(all: readonly Row[]): Selection<Row> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => all.filter(({ id }) => ids.has(id)), [all, ids])
  const change = useMemo(
    () => ({
      toggle: (id: string) => {
        setIds((before) => (before.has(id) ? without(before, [id]) : new Set([...before, id])))
      },
      toggleAll: (shown: readonly Row[]) => {
        const those = shown.map(({ id }) => id)
        setIds((before) =>
          those.every((id) => before.has(id))
            ? without(before, those)
            : new Set([...before, ...those]),
        )
      },
      clear: () => {
        setIds(new Set())
      },
    }),
    [],
  )
  return { rows, has: (id) => ids.has(id), ...change }
}

function without(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const left = new Set(set)
  for (const id of ids) left.delete(id)
  return left
}
