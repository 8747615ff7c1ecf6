import { queryOptions } from '@tanstack/react-query'

import { fetchFromWorker } from './fetcher'

/** First part of every query about exports and gateways. */
export const EXPORTS_KEY = ['exports'] as const

export function ledgerQuery() {
  return queryOptions({
    queryKey: [...EXPORTS_KEY, 'ledger'],
    queryFn: () => fetchFromWorker('exports.ledger', {}),
  })
}

export function gatewaysQuery() {
  return queryOptions({
    queryKey: [...EXPORTS_KEY, 'gateways'],
    queryFn: () => fetchFromWorker('gateways.list', {}),
  })
}
