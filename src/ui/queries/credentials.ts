import { queryOptions } from '@tanstack/react-query'

import { fetchFromWorker } from './fetcher'

/** First part of every query about credentials and tags. */
export const CREDENTIALS_KEY = ['credentials'] as const

const POLL_MS = 2000

export function credentialsQuery() {
  return queryOptions({
    queryKey: [...CREDENTIALS_KEY, 'list'],
    queryFn: () => fetchFromWorker('credentials.list', {}),
    // Each announcement starts the clock anew: we only ask when a query under way falls silent.
    refetchInterval: ({ state }) =>
      state.data?.some(({ refreshing }) => refreshing) ? POLL_MS : false,
  })
}

/** All models a credential may call, asked live. */
export function credentialModelsQuery(id: string) {
  return queryOptions({
    queryKey: ['credential-models', id],
    queryFn: () => fetchFromWorker('credentials.models', { id }),
    staleTime: 60_000,
  })
}

export function tagsQuery() {
  return queryOptions({
    queryKey: [...CREDENTIALS_KEY, 'tags'],
    queryFn: () => fetchFromWorker('tags.list', {}),
  })
}
