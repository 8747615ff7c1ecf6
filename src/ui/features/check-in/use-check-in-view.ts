import { useMemo } from 'react'

import type { Currency } from '@/src/domain/money'

import { matching } from '../../view/matching'
import { sortCheckIns } from './check-in-sort'
import { type CheckInEntry, DAY_STATES, type DayState } from './entries'
import { useCheckInChoices } from './list-choices'

export interface CheckInView {
  /** Every account, whatever is searched for. */
  readonly all: readonly CheckInEntry[]
  /** What search and filter leave, in order. */
  readonly shown: readonly CheckInEntry[]
  /** Accounts per state, under the search alone; states nobody is in are left out. */
  readonly counts: readonly { readonly state: DayState; readonly count: number }[]
}

/** What of the check-ins is shown, and in which order. */
export function useCheckInView(all: readonly CheckInEntry[], currency: Currency): CheckInView {
  const { query, filters, sort } = useCheckInChoices()
  const sorted = useMemo(() => sortCheckIns(all, sort, currency), [all, sort, currency])
  const found = useMemo(() => matching(sorted, query, textOf), [sorted, query])
  const counts = useMemo(() => countByState(found), [found])
  const shown = useMemo(
    () => found.filter(({ state }) => filters.state === null || state === filters.state),
    [found, filters],
  )
  return { all, shown, counts }
}

function textOf({ account }: CheckInEntry): string {
  return `${account.row.name}\n${account.row.username}\n${account.host}`
}

function countByState(entries: readonly CheckInEntry[]): CheckInView['counts'] {
  return DAY_STATES.flatMap((state) => {
    const count = entries.filter((entry) => entry.state === state).length
    return count === 0 ? [] : [{ state, count }]
  })
}
