import { useMemo } from 'react'

import { useNow } from '../../components/use-now'
import type { CredentialEntry } from './credential-entries'
import {
  countByHealth,
  filterCredentials,
  isNarrowing,
  searchCredentials,
} from './credential-filter'
import { type CredentialLine, linesOf } from './credential-lines'
import { sortCredentials } from './credential-sort'
import { useCredentialChoices } from './list-choices'

export interface CredentialsView {
  /** What search and filters leave, in order. */
  readonly shown: readonly CredentialEntry[]
  readonly lines: readonly CredentialLine[]
  /** Per state, under everything but the filter of states. */
  readonly counts: ReturnType<typeof countByHealth>
  readonly narrowed: boolean
}

/** What of the credentials is shown, and in which order. */
export function useCredentialsView(entries: readonly CredentialEntry[]): CredentialsView {
  const { query, filters, sort, grouped, folded } = useCredentialChoices()
  const nowMs = useNow()
  // Sorted first: a keystroke then only leaves rows out.
  const sorted = useMemo(() => sortCredentials(entries, sort, nowMs), [entries, sort, nowMs])
  const found = useMemo(() => searchCredentials(sorted, query), [sorted, query])
  const counts = useMemo(
    () => countByHealth(filterCredentials(found, { ...filters, health: null })),
    [found, filters],
  )
  const shown = useMemo(() => filterCredentials(found, filters), [found, filters])
  const lines = useMemo(
    () => linesOf({ entries: shown, grouped, folded }),
    [shown, grouped, folded],
  )
  return { shown, lines, counts, narrowed: query.trim() !== '' || isNarrowing(filters) }
}
