import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { type Failure, failureOf } from '@/src/domain/failure'
import type { JobProgress } from '@/src/domain/job'

import { fetchFromWorker } from './fetcher'

const POLL_MS = 1_000

/** Progress of the running refresh, or of the last one. Announcements write it as they come. */
export function jobQuery() {
  return queryOptions({
    queryKey: ['job'],
    queryFn: () => fetchFromWorker('refresh.progress', {}),
  })
}

export interface RefreshHandle {
  readonly job: JobProgress | null
  readonly running: boolean
  /** Why the last start or cancel did not work, or why nobody tells about a running job. */
  readonly failure: Failure | null
  /** Refreshes these accounts, or all enabled ones. */
  readonly start: (ids?: readonly string[]) => void
  readonly cancel: () => void
}

/** The refresh of all pages: whoever started it, every page shows the same. */
export function useRefresh(): RefreshHandle {
  const client = useQueryClient()
  const progress = useQuery({
    ...jobQuery(),
    // Each announcement starts the second anew: we only ask when it falls silent. Asking also
    // wakes a worker that died, which then goes on with its job.
    refetchInterval: (query) => (isRunning(query.state.data) ? POLL_MS : false),
  })
  const job = progress.data ?? null
  const onSettled = () => client.invalidateQueries(jobQuery())
  const start = useMutation({
    mutationFn: (ids?: readonly string[]) =>
      fetchFromWorker('refresh.start', ids ? { ids: [...ids] } : {}),
    onSettled,
  })
  const cancel = useMutation({
    mutationFn: (jobId: string) => fetchFromWorker('refresh.cancel', { jobId }),
    onSettled,
  })
  const error = start.error ?? cancel.error ?? progress.error
  return {
    job,
    running: isRunning(job) || start.isPending,
    failure: error ? failureOf(error) : null,
    start: start.mutate,
    cancel: () => {
      if (job && isRunning(job)) cancel.mutate(job.jobId)
    },
  }
}

function isRunning(job: JobProgress | null | undefined): boolean {
  return job?.state === 'running' || job?.state === 'stopping'
}
