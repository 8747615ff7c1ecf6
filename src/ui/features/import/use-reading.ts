import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { type Failure, settle } from '@/src/domain/failure'
import { readBookmarks, requestBookmarks, returnBookmarks } from '@/src/platform/bookmarks'

import { sitesQuery } from '../../queries/sites'
import { findCandidates, type Found } from './candidates'
import { change } from './import-store'

type Reading =
  | { readonly at: 'idle' }
  | { readonly at: 'reading' }
  | { readonly at: 'refused' }
  | { readonly at: 'failed'; readonly failure: Failure }

/** Reads the bookmarks once; the permission for it is given back at once. */
export function useReading(): { readonly reading: Reading; readonly read: () => Promise<void> } {
  const client = useQueryClient()
  const [reading, setReading] = useState<Reading>({ at: 'idle' })

  async function find(): Promise<Found> {
    const list = await readBookmarks()
    return findCandidates(list, await client.query({ ...sitesQuery(), staleTime: 'static' }))
  }

  async function read(): Promise<void> {
    // First of all: the browser shows its question only inside the click.
    const asked = requestBookmarks()
    setReading({ at: 'reading' })
    if (!(await asked.catch(() => false))) {
      setReading({ at: 'refused' })
      return
    }
    const found = await settle(find)
    // A browser that keeps the permission does no harm: nothing reads bookmarks but this.
    await settle(returnBookmarks)
    setReading(found.ok ? { at: 'idle' } : { at: 'failed', failure: found.failure })
    if (found.ok) change({ found: found.value })
  }

  return { reading, read }
}
