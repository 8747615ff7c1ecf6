import { queryOptions } from '@tanstack/react-query'

import { fetchFromWorker } from './fetcher'

/** First part of every query about credentials and tags. */
export const CREDENTIALS_KEY = ['credentials'] as const

export function credentialsQuery() {
  return queryOptions({
    queryKey: [...CREDENTIALS_KEY, 'list'],
    queryFn: () => fetchFromWorker('credentials.list', {}),
  })
}

export function tagsQuery() {
  return queryOptions({
    queryKey: [...CREDENTIALS_KEY, 'tags'],
    queryFn: () => fetchFromWorker('tags.list', {}),
  })
}
