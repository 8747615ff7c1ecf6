import { queryOptions } from '@tanstack/react-query'

import { fetchFromWorker } from './fetcher'

/** First part of every query about keys; an announcement of `keys` reads them all again. */
export const KEYS_KEY = ['keys'] as const

/** The keys of all accounts as far as they are known. */
export function keyListsQuery() {
  return queryOptions({
    queryKey: [...KEYS_KEY, 'lists'],
    queryFn: () => fetchFromWorker('keys.lists', {}),
  })
}

/** What a form for a key of the account needs; asked live each time a form opens. */
export function keyOptionsQuery(accountId: string) {
  return queryOptions({
    queryKey: ['key-options', accountId],
    queryFn: () => fetchFromWorker('keys.options', { accountId }),
    staleTime: 60_000,
  })
}

export function repairQuery() {
  return queryOptions({
    queryKey: [...KEYS_KEY, 'repair'],
    queryFn: () => fetchFromWorker('repair.state', {}),
  })
}

export function rotationsQuery() {
  return queryOptions({
    queryKey: [...KEYS_KEY, 'rotations'],
    queryFn: () => fetchFromWorker('rotation.list', {}),
  })
}

export function totpQuery() {
  return queryOptions({
    queryKey: [...KEYS_KEY, 'totp'],
    queryFn: () => fetchFromWorker('keys.totpAccounts', {}),
  })
}

/** Keys whose full text contains `text`; of at least 4 characters. Kept by nobody: it may be a key. */
export function keyFindQuery(text: string) {
  return queryOptions({
    queryKey: [...KEYS_KEY, 'find', text],
    queryFn: () => fetchFromWorker('keys.find', { text }),
    gcTime: 0,
  })
}
