import { useMemo, useState } from 'react'

import type { Currency } from '@/src/domain/money'

import { type GlanceEntry, sortEntries } from '../../view/glance-view'

interface Kept {
  readonly currency: Currency
  readonly ranks: ReadonlyMap<string, number>
}

/**
 * Sorts entries once and then leaves them where they are: figures that arrive while somebody looks
 * must not make rows jump. Sorted anew when accounts come or go, or another currency is chosen.
 */
export function useSteadyOrder(
  entries: readonly GlanceEntry[],
  currency: Currency,
): readonly GlanceEntry[] {
  const [kept, setKept] = useState<Kept>({ currency, ranks: new Map() })
  const next = useMemo(
    () => (fits(kept, entries, currency) ? kept : { currency, ranks: ranksOf(entries, currency) }),
    [kept, entries, currency],
  )
  if (next !== kept) setKept(next)
  return useMemo(
    () => entries.toSorted((a, b) => rankIn(next, a) - rankIn(next, b)),
    [entries, next],
  )
}

function fits(kept: Kept, entries: readonly GlanceEntry[], currency: Currency): boolean {
  return (
    kept.currency === currency &&
    kept.ranks.size === entries.length &&
    entries.every((entry) => kept.ranks.has(entry.row.id))
  )
}

function ranksOf(entries: readonly GlanceEntry[], currency: Currency): Map<string, number> {
  return new Map(sortEntries(entries, currency).map((entry, rank) => [entry.row.id, rank]))
}

function rankIn(kept: Kept, entry: GlanceEntry): number {
  return kept.ranks.get(entry.row.id) ?? 0
}
