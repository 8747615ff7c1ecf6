import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Currency } from '@/src/domain/money'

import { useDelayed } from '../../components/use-delayed'
import { keyFindQuery } from '../../queries/keys'
import { entryId, type KeyEntry, type KeySection } from './key-entries'
import { countByStatus, filterKeys, type KeyFilters, searchKeys } from './key-filter'
import { type KeyLine, linesOf } from './key-lines'
import { sortKeys } from './key-sort'
import { useKeyChoices } from './list-choices'

/** Shorter texts would be found in every key. */
const FIND_FROM = 4
const FIND_DELAY_MS = 200

export interface KeysView {
  /** Every key, whatever is searched for. */
  readonly all: readonly KeyEntry[]
  /** What search and filters leave, in order. */
  readonly shown: readonly KeyEntry[]
  readonly lines: readonly KeyLine[]
  readonly narrowed: boolean
  /** Per status, under everything but the filter of statuses. */
  readonly counts: ReturnType<typeof countByStatus>
}

/** What of the keys is shown, and in which order. */
export function useKeysView(sections: readonly KeySection[], currency: Currency): KeysView {
  const { query, filters, sort, grouped, folded } = useKeyChoices()
  const hits = useFullKeyHits(query)
  const all = useMemo(() => sections.flatMap(({ entries }) => entries), [sections])
  // Sorted first: a keystroke then only leaves rows out.
  const sorted = useMemo(() => sortKeys(all, sort, currency), [all, sort, currency])
  const found = useMemo(() => searchKeys(sorted, query, hits), [sorted, query, hits])
  const counts = useMemo(
    () => countByStatus(filterKeys(found, { ...filters, status: null })),
    [found, filters],
  )
  const shown = useMemo(() => filterKeys(found, filters), [found, filters])
  const narrowed = query.trim() !== '' || isNarrowing(filters)
  const lines = useMemo(
    () => linesOf({ sections, entries: shown, grouped, folded, narrowed }),
    [sections, shown, grouped, folded, narrowed],
  )
  return { all, shown, lines, narrowed, counts }
}

function isNarrowing(filters: KeyFilters): boolean {
  return Object.values(filters).some((value) => value !== null)
}

const NO_HITS: ReadonlySet<string> = new Set()

/** Keys whose full text contains what is searched for; only the worker can tell. */
function useFullKeyHits(query: string): ReadonlySet<string> {
  const text = useDelayed(query.trim(), FIND_DELAY_MS)
  const enabled = text.length >= FIND_FROM
  const { data } = useQuery({ ...keyFindQuery(text), enabled })
  return useMemo(
    () => (enabled && data ? new Set(data.keys.map(entryId)) : NO_HITS),
    [enabled, data],
  )
}
