import { queryOptions } from '@tanstack/react-query'

import { fetchFromWorker } from './fetcher'
import { type Change, useChange } from './use-change'

const WARNINGS_KEY = ['warnings'] as const

/** What will soon need the user, and was not put away. */
export function warningsQuery() {
  return queryOptions({
    queryKey: WARNINGS_KEY,
    queryFn: () => fetchFromWorker('warnings.list', {}),
  })
}

/** Puts warnings away for the cooldown of the settings. */
export function usePutAway(): Change<readonly string[], unknown> {
  return useChange(
    (keys: readonly string[]) => fetchFromWorker('warnings.putAway', { keys: [...keys] }),
    WARNINGS_KEY,
  )
}
