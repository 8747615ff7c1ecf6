import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { entriesOf, type GlanceEntry } from '../view/glance-view'
import { glanceQuery } from './accounts'

/** All accounts by id, with the names lists give them; empty until they are known. */
export function useEntries(): ReadonlyMap<string, GlanceEntry> {
  const { data } = useQuery(glanceQuery())
  return useMemo(
    () => new Map(entriesOf(data?.rows ?? []).map((entry) => [entry.row.id, entry])),
    [data],
  )
}
