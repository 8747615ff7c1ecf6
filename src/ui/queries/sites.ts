import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { type Failure, failureOf } from '@/src/domain/failure'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'
import { send } from '@/src/messaging/client'

import { ACCOUNTS_KEY } from './accounts'
import { fetchFromWorker } from './fetcher'

/** The site families there are; they change only with the product. */
export function sitesQuery() {
  return queryOptions({
    queryKey: ['sites'],
    queryFn: () => fetchFromWorker('sites.describe', {}),
  })
}

/** Below the accounts, which are the reasons in that list: a change of one is a change of both. */
export const SITE_ACCESS_KEY = [...ACCOUNTS_KEY, 'site-access'] as const

/** Every site Relaydeck may reach or has accounts at. */
export function siteAccessQuery() {
  return queryOptions({
    queryKey: SITE_ACCESS_KEY,
    queryFn: () => fetchFromWorker('sites.access', {}),
    // Times of use and accounts change without an announcement of their own.
    staleTime: 0,
  })
}

/** What a screen may know of one family; `undefined` until it is loaded. */
export function useSiteDescription(type: SiteType): SiteDescription | undefined {
  const sites = useQuery(sitesQuery())
  return sites.data?.find((site) => site.type === type)
}

export interface RevokeHandle {
  /** Gives access back. Never rejects; resolves to the sites the browser would not let go. */
  readonly run: (origins: readonly string[]) => Promise<readonly string[]>
  readonly busy: boolean
}

export function useRevoke(): RevokeHandle {
  const client = useQueryClient()
  const { mutateAsync, isPending } = useMutation({
    mutationFn: revoke,
    // Also after a failure: a revoke that was cut off may have taken effect.
    onSettled: () => client.invalidateQueries({ queryKey: SITE_ACCESS_KEY }),
  })
  return { run: mutateAsync, busy: isPending }
}

/** All at once; where the browser refuses that, one by one, so that one site keeps no other. */
async function revoke(origins: readonly string[]): Promise<readonly string[]> {
  if (origins.length === 0) return []
  const all = await send('sites.revoke', { origins: [...origins] })
  if (all.ok) return []
  if (origins.length === 1) return origins
  const kept = await Promise.all(origins.map((origin) => revoke([origin])))
  return kept.flat()
}

export interface SiteChoiceHandle {
  /** Shows the choice at once and takes it back should it not be stored. */
  readonly set: (origin: string, on: boolean) => void
  /** Why the last choice was not stored. */
  readonly failure: Failure | null
}

/** Whether a site may be opened unseen when a protection page stands in the way. */
export function useAutoHelp(): SiteChoiceHandle {
  return useSiteChoice('autoHelp', (origin, allowed) =>
    fetchFromWorker('sites.setAutoHelp', { origin, allowed }),
  )
}

/** Whether codes are looked for in what the user selects or copies on a site's pages. */
export function useFindCodes(): SiteChoiceHandle {
  return useSiteChoice('findCodes', (origin, on) =>
    fetchFromWorker('redeem.setFinder', { origin, on }),
  )
}

function useSiteChoice(
  field: 'autoHelp' | 'findCodes',
  store: (origin: string, on: boolean) => Promise<unknown>,
): SiteChoiceHandle {
  const client = useQueryClient()
  const show = (origin: string, on: boolean) => {
    client.setQueryData(siteAccessQuery().queryKey, (sites) =>
      sites?.map((site) => (site.origin === origin ? { ...site, [field]: on } : site)),
    )
  }
  const { mutate, error } = useMutation({
    mutationFn: (choice: { origin: string; on: boolean }) => store(choice.origin, choice.on),
    // One after the other: the last choice must also be the last one stored.
    scope: { id: field },
    onMutate: async ({ origin, on }) => {
      await client.cancelQueries({ queryKey: SITE_ACCESS_KEY })
      show(origin, on)
    },
    onError: (_, { origin, on }) => {
      show(origin, !on)
    },
  })
  const set = useCallback(
    (origin: string, on: boolean) => {
      mutate({ origin, on })
    },
    [mutate],
  )
  return { set, failure: error ? failureOf(error) : null }
}
