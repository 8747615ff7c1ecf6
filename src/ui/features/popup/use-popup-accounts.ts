import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import { type Failure, failureOf } from '@/src/domain/failure'
import type { GlanceRow } from '@/src/domain/glance'
import type { Currency } from '@/src/domain/money'
import { needsYou } from '@/src/domain/needs-you'
import type { DamagedRecord } from '@/src/messaging/protocol'

import { useNow } from '../../components/use-now'
import { glanceQuery } from '../../queries/accounts'
import { type CheckInCounts, checkInCounts } from '../../view/check-in-counts'
import {
  entriesOf,
  type GlanceEntry,
  type GlanceTotals,
  searchEntries,
  totalsOf,
} from '../../view/glance-view'
import { useSteadyOrder } from './use-steady-order'

export interface PopupAccounts {
  readonly loading: boolean
  /** Why the accounts could not be read (again). */
  readonly failure: Failure | null
  readonly readAgain: () => void
  /** All accounts, whatever is searched for. */
  readonly count: number
  readonly shown: readonly GlanceEntry[]
  readonly totals: GlanceTotals
  /** How many things wait for the user. */
  readonly waiting: number
  readonly checkIn: CheckInCounts
  readonly damaged: readonly DamagedRecord[]
  readonly query: string
  readonly setQuery: (query: string) => void
}

const NO_ROWS: readonly GlanceRow[] = []
const NO_DAMAGE: readonly DamagedRecord[] = []

/** The accounts as the popup shows them: sorted, searched, added up. */
export function usePopupAccounts(currency: Currency): PopupAccounts {
  const glance = useQuery(glanceQuery())
  const now = useNow()
  const [query, setQuery] = useState('')
  const rows = glance.data?.rows ?? NO_ROWS
  const entries = useMemo(() => entriesOf(rows), [rows])
  const ordered = useSteadyOrder(entries, currency)
  const totals = useMemo(() => totalsOf(rows, currency, now), [rows, currency, now])
  const waiting = useMemo(() => needsYou(rows, now).length, [rows, now])
  const checkIn = useMemo(() => checkInCounts(rows, now), [rows, now])
  const shown = useMemo(() => searchEntries(ordered, query), [ordered, query])
  return {
    loading: glance.isPending,
    failure: glance.error ? failureOf(glance.error) : null,
    readAgain: () => void glance.refetch(),
    count: rows.length,
    shown,
    totals,
    waiting,
    checkIn,
    damaged: glance.data?.damaged ?? NO_DAMAGE,
    query,
    setQuery,
  }
}
