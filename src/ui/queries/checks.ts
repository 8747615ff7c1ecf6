import { queryOptions } from '@tanstack/react-query'

import type { ApiType } from '@/src/domain/chat-endpoints'
import type { KeySource } from '@/src/domain/credential'

import { fetchFromWorker } from './fetcher'

/** First part of every query about verifications. */
export const CHECKS_KEY = ['checks'] as const

const POLL_MS = 3000

/** Verifications of one source, newest first. */
export function checkRunsQuery(source: KeySource) {
  return queryOptions({
    queryKey: [...CHECKS_KEY, 'runs', source],
    queryFn: () => fetchFromWorker('checks.runs', { source }),
    // Each announcement starts the clock anew: we only ask when a run falls silent.
    refetchInterval: ({ state }) =>
      state.data?.some((run) => run.state === 'running') ? POLL_MS : false,
  })
}

/** Live models of a key by one protocol. */
export function checkModelsQuery(source: KeySource, apiType: ApiType) {
  return queryOptions({
    queryKey: ['check-models', source, apiType],
    queryFn: () => fetchFromWorker('checks.models', { source, apiType }),
    staleTime: 60_000,
  })
}
