import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { DEFAULT_SETTINGS } from '@/src/domain/settings'
import { createLiveUpdates } from '@/src/ui/queries/live'
import { jobQuery } from '@/src/ui/queries/refresh'
import { settingsQuery } from '@/src/ui/queries/settings'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setup() {
  const client = new QueryClient()
  const reads = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
  const end = new AbortController()
  /** How often what begins with this word was read again. */
  const readsOf = (topic: string) =>
    reads.mock.calls.filter(([filter]) => filter?.queryKey?.[0] === topic).length
  return { client, reads, readsOf, end, live: createLiveUpdates(client, end.signal) }
}

describe('announcements', () => {
  it('read the accounts at once, then at most once per 250 ms, and never miss the last', () => {
    const { live, readsOf } = setup()
    for (let index = 0; index < 95; index += 1) {
      live({ topic: 'accounts', ids: [String(index)] })
      vi.advanceTimersByTime(10)
    }
    expect(readsOf('accounts')).toBeLessThanOrEqual(5)
    // Who has a check-in is much work to find out.
    expect(readsOf('check-in')).toBe(1)
    const during = readsOf('accounts')
    vi.advanceTimersByTime(1000)
    expect(readsOf('accounts')).toBe(during + 1)
    vi.advanceTimersByTime(5000)
    expect(readsOf('accounts')).toBe(during + 1)
    expect(readsOf('check-in')).toBe(2)
  })

  it('read the accounts once more when a job ends', () => {
    const { client, live, reads } = setup()
    const job = {
      jobId: 'job_1',
      state: 'running' as const,
      total: 1,
      succeeded: 0,
      failed: 0,
      skipped: 0,
      startedAtMs: 1,
    }
    live({ topic: 'job', job })
    expect(reads).not.toHaveBeenCalled()
    expect(client.getQueryData(jobQuery().queryKey)).toEqual(job)
    live({ topic: 'job', job: { ...job, state: 'done' } })
    expect(reads).toHaveBeenCalledOnce()
  })

  it('carry the settings', () => {
    const { client, live } = setup()
    live({ topic: 'settings', settings: { ...DEFAULT_SETTINGS, currency: 'points' } })
    expect(client.getQueryData(settingsQuery().queryKey)?.currency).toBe('points')
  })

  it('cause nothing after the end', () => {
    const { live, readsOf, end } = setup()
    live({ topic: 'accounts' })
    live({ topic: 'accounts' })
    end.abort()
    vi.advanceTimersByTime(5000)
    expect(readsOf('accounts')).toBe(1)
    expect(readsOf('check-in')).toBe(1)
  })
})
