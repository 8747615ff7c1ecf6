import { queryOptions } from '@tanstack/react-query'

import type { JournalEntry } from '@/src/domain/journal'

import { fetchFromWorker } from './fetcher'

/** First part of every query about check-ins; an announcement of `check-in` reads them all again. */
export const CHECK_IN_KEY = ['check-in'] as const

const POLL_MS = 2000

/** Every account with a check-in, and the run under way or the last one. */
export function checkInQuery() {
  return queryOptions({
    queryKey: [...CHECK_IN_KEY, 'list'],
    queryFn: () => fetchFromWorker('checkIn.list', {}),
    // Each announcement starts the clock anew: we only ask when a run under way falls silent.
    refetchInterval: ({ state }) => (isOpenRun(state.data?.run) ? POLL_MS : false),
  })
}

type OpenRun = JournalEntry & { readonly state: 'running' }

/**
 * Whether a run is under way. What runs by itself waits for the next account's time in between, which
 * may be hours.
 */
export function isOpenRun(run: JournalEntry | null | undefined): run is OpenRun {
  return run?.state === 'running'
}

/**
 * One account's days of a month, `YYYY-MM`. Asking may ask the site: read again only when what is
 * known of the account changed, `markAtMs`, and not with every step of a run.
 */
export function checkInMonthQuery(accountId: string, month: string, markAtMs: number) {
  return queryOptions({
    queryKey: ['check-in-month', accountId, month, markAtMs],
    queryFn: () => fetchFromWorker('checkIn.month', { accountId, month }),
    staleTime: 60_000,
  })
}
