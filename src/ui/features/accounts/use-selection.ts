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
  return useMemo(
    () => ({
      rows,
      has: (id) => ids.has(id),
      toggle: (id) => {
        setIds((before) => without(before, [id]) ?? new Set([...before, id]))
      },
      toggleAll: (shown) => {
        const shownIds = shown.map(({ id }) => id)
        setIds((before) =>
          shownIds.every((id) => before.has(id))
            ? new Set([...before].filter((id) => !shownIds.includes(id)))
            : new Set([...before, ...shownIds]),
        )
      },
      clear: () => {
        setIds(new Set())
      },
    }),
    [rows, ids],
  )
}

/** The set without these, or `null` when it holds none of them. */
function without(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> | null {
  if (!ids.some((id) => set.has(id))) return null
  return new Set([...set].filter((id) => !ids.includes(id)))
}
