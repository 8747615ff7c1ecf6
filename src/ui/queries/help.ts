import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'

import { type Failure, failureOf } from '@/src/domain/failure'
import type { HelpProgress } from '@/src/domain/help'

import { fetchFromWorker } from './fetcher'

/** Help with protection pages that is under way. Announcements write it as they come. */
export function helpQuery() {
  return queryOptions({
    queryKey: ['help'],
    queryFn: () => fetchFromWorker('help.progress', {}),
  })
}

export interface HelpHandle {
  readonly progress: HelpProgress | null
  /** Why the last start or stop did not work. */
  readonly failure: Failure | null
  /** Opens these sites one after the other; only on the user's click. */
  readonly start: (origins: readonly string[]) => void
  readonly stop: () => void
}

/** The help of all pages: whoever started it, every page shows the same. */
export function useHelp(): HelpHandle {
  const { data } = useQuery(helpQuery())
  const start = useMutation({
    mutationFn: (origins: readonly string[]) =>
      fetchFromWorker('help.start', { origins: [...origins] }),
  })
  const stop = useMutation({ mutationFn: () => fetchFromWorker('help.stop', {}) })
  const error = start.error ?? stop.error
  return {
    progress: data ?? null,
    failure: error ? failureOf(error) : null,
    start: start.mutate,
    stop: () => {
      stop.mutate()
    },
  }
}
