import { queryOptions } from '@tanstack/react-query'

import { fetchFromWorker } from './fetcher'

/** Everything about accounts; invalidating it reads all of them again. */
export const ACCOUNTS_KEY = ['accounts'] as const

/** All accounts in list form. Rows that did not change keep their identity. */
export function glanceQuery() {
  return queryOptions({
    queryKey: [...ACCOUNTS_KEY, 'glance'],
    queryFn: () => fetchFromWorker('accounts.glance', {}),
  })
}

export function detailsQuery(id: string) {
  return queryOptions({
    queryKey: [...ACCOUNTS_KEY, 'details', id],
    queryFn: () => fetchFromWorker('accounts.details', { id }),
  })
}
