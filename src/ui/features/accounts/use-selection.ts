import { useMemo, useState } from 'react'

import type { GlanceRow } from '@/src/domain/glance'

export interface Selection {
  readonly rows: readonly GlanceRow[]
  readonly has: (id: string) => boolean
  readonly toggle: (id: string) => void
  /** Selects all of these, or none of them when all are selected already. */
  readonly toggleAll: (rows: readonly GlanceRow[]) => void
  readonly clear: () => void
}

/** Chosen accounts. A choice outlives filters; an account that is gone leaves it. */
export function useSelection(all: readonly GlanceRow[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => all.filter(({ id }) => ids.has(id)), [all, ids])
  const change = useMemo(
    () => ({
      toggle: (id: string) => {
        setIds((before) => (before.has(id) ? without(before, [id]) : new Set([...before, id])))
      },
      toggleAll: (shown: readonly GlanceRow[]) => {
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
