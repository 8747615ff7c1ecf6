import { queryOptions } from '@tanstack/react-query'

import type { InputOf, OutputOf } from '@/src/messaging/protocol'

import { fetchFromWorker } from './fetcher'
import { type Change, useChange } from './use-change'

/** First part of every query about redemption codes. */
const REDEEM_KEY = ['redeem'] as const

const POLL_MS = 3000

/** Codes that the context menu or a page brought, and that wait for the user's word. */
export function codesOfferedQuery() {
  return queryOptions({
    queryKey: [...REDEEM_KEY, 'offered'],
    queryFn: () => fetchFromWorker('redeem.offered', {}),
    // The page may have been opened for what was found a moment ago.
    staleTime: 0,
  })
}

/** Batches under way and over, newest first. */
export function batchesQuery() {
  return queryOptions({
    queryKey: [...REDEEM_KEY, 'batches'],
    queryFn: () => fetchFromWorker('redeem.batches', {}),
    // Each announcement starts the clock anew: we only ask when a batch under way falls silent.
    refetchInterval: ({ state }) =>
      state.data?.some((batch) => batch.state === 'running') ? POLL_MS : false,
  })
}

/** Messages that change what waits, what is redeemed, and what is remembered of it. */
type RedeemChange =
  | 'redeem.recognise'
  | 'redeem.decline'
  | 'redeem.start'
  | 'redeem.retry'
  | 'redeem.stop'
  | 'redeem.forget'

/** Sends one kind of change and reads offer and batches again, whatever came of it. */
export function useRedeemChange<Name extends RedeemChange>(
  name: Name,
): Change<InputOf<Name>, OutputOf<Name>> {
  return useChange((input: InputOf<Name>) => fetchFromWorker(name, input), REDEEM_KEY)
}
