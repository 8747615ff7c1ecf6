import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { type Failure, failureOf } from '@/src/domain/failure'
import type { JournalEntry } from '@/src/domain/journal'

import { useNow } from '../../components/use-now'
import { glanceQuery } from '../../queries/accounts'
import { checkInQuery } from '../../queries/check-in'
import { sitesQuery } from '../../queries/sites'
import { entriesOf } from '../../view/glance-view'
import { type CheckInEntry, checkInEntries } from './entries'

export interface CheckIns {
  /** `null` until they are read. */
  readonly entries: readonly CheckInEntry[] | null
  /** The run under way, or the last one. */
  readonly run: JournalEntry | null
  /** The next time anything is asked by itself, epoch ms; `null` = nothing is planned. */
  readonly nextAtMs: number | null
  /** How many accounts there are, with and without a check-in. */
  readonly accounts: number
  /** Why they could not be read. */
  readonly failure: Failure | null
  readonly retry: () => void
}

/** The check-ins of all accounts, each with its account. */
export function useCheckIns(): CheckIns {
  const list = useQuery(checkInQuery())
  const glance = useQuery(glanceQuery())
  const sites = useQuery(sitesQuery())
  const nowMs = useNow()
  const entries = useMemo(() => {
    if (!list.data || !glance.data || !sites.data) return null
    const accounts = entriesOf(glance.data.rows)
    return checkInEntries({ rows: list.data.rows, accounts, sites: sites.data, nowMs })
  }, [list.data, glance.data, sites.data, nowMs])
  const error = list.error ?? glance.error ?? sites.error
  return {
    entries,
    run: list.data?.run ?? null,
    nextAtMs: list.data?.nextAtMs ?? null,
    accounts: glance.data?.rows.length ?? 0,
    failure: error ? failureOf(error) : null,
    retry: () => {
      for (const query of [list, glance, sites]) if (query.error) void query.refetch()
    },
  }
}
