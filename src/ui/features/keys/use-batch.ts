import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { Failure } from '@/src/domain/failure'

import { KEYS_KEY } from '../../queries/keys'
import type { KeyEntry } from './key-entries'

export interface BatchFailure {
  readonly entry: KeyEntry
  readonly failure: Failure
}

/** Work on keys, one portion after the other. */
export interface BatchWork {
  readonly kind: 'enable' | 'disable' | 'remove' | 'copy' | 'credential'
  readonly entries: readonly KeyEntry[]
  /** Keys that were chosen too, but cannot take part. */
  readonly leftOut?: number
  /** Keys sent at a time. */
  readonly portion: number
  /** Never rejects; gives the keys it did not work for. */
  readonly work: (entries: readonly KeyEntry[]) => Promise<readonly BatchFailure[]>
  /** After the last portion, unless it was cancelled. */
  readonly finish?: () => Promise<readonly BatchFailure[]>
}

export interface BatchProgress {
  readonly batch: BatchWork
  readonly state: 'running' | 'done' | 'cancelled'
  /** Keys that were worked on, failures included. */
  readonly done: number
  readonly failures: readonly BatchFailure[]
}

export interface Batch {
  readonly progress: BatchProgress | null
  readonly start: (batch: BatchWork) => Promise<void>
  /** Portions that were sent end by themselves; no other is sent. */
  readonly cancel: () => void
  readonly dismiss: () => void
}

/** One batch at a time; it ends with the page. */
export function useBatch(): Batch {
  const client = useQueryClient()
  const [progress, setProgress] = useState<BatchProgress | null>(null)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  const start = useCallback(
    async (batch: BatchWork): Promise<void> => {
      if (current.current) return
      const end = new AbortController()
      current.current = end
      const failures: BatchFailure[] = []
      let done = 0
      setProgress({ batch, state: 'running', done, failures: [] })
      while (done < batch.entries.length && !end.signal.aborted) {
        const portion = batch.entries.slice(done, done + batch.portion)
        failures.push(...(await batch.work(portion)))
        done += portion.length
        setProgress({ batch, state: 'running', done, failures: [...failures] })
      }
      const isCancelled = done < batch.entries.length
      if (!isCancelled && batch.finish) failures.push(...(await batch.finish()))
      current.current = null
      setProgress({ batch, state: isCancelled ? 'cancelled' : 'done', done, failures })
      await client.invalidateQueries({ queryKey: KEYS_KEY })
    },
    [client],
  )

  return {
    progress,
    start,
    cancel: () => current.current?.abort(),
    dismiss: () => {
      setProgress(null)
    },
  }
}
