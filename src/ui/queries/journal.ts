import { infiniteQueryOptions, type InfiniteData } from '@tanstack/react-query'

import type { JournalEntry, JournalKind } from '@/src/domain/journal'
import type { OutputOf } from '@/src/messaging/protocol'

import { fetchFromWorker } from './fetcher'

/** First part of every query about the journal; an announcement of `journal` reads it again. */
const JOURNAL_KEY = ['journal'] as const

/** Jobs that are read at a time. */
const PAGE = 50

const POLL_MS = 3000

type Page = OutputOf<'journal.list'>

/**
 * Jobs of one kind, or all, newest first and page by page. Of the pages read again only the first
 * one and those with a job under way are asked for: what is over stays as it was.
 */
export function journalQuery(kind: JournalKind | null) {
  return infiniteQueryOptions({
    queryKey: [...JOURNAL_KEY, kind],
    initialPageParam: null as number | null,
    queryFn: async ({ client, queryKey, pageParam: beforeMs }) => {
      const known = client.getQueryData<InfiniteData<Page, number | null>>(queryKey)
      const page = beforeMs === null ? undefined : known?.pages[known.pageParams.indexOf(beforeMs)]
      if (page && !page.entries.some(isOpen)) return page
      return fetchFromWorker('journal.list', {
        limit: PAGE,
        ...(kind === null ? {} : { kinds: [kind] }),
        ...(beforeMs === null ? {} : { beforeMs }),
      })
    },
    getNextPageParam: ({ entries, more }) => (more ? (entries.at(-1)?.startedAtMs ?? null) : null),
    // Each announcement starts the clock anew: we only ask when a job under way falls silent.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ entries }) => entries.some(isRunning)) ? POLL_MS : false,
  })
}

const isRunning = ({ state }: JournalEntry): boolean => state === 'running'

/** Whether a job is not over yet. */
const isOpen = (entry: JournalEntry): boolean => isRunning(entry) || entry.state === 'waiting'
