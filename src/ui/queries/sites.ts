import { queryOptions, useQuery } from '@tanstack/react-query'

import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'

import { fetchFromWorker } from './fetcher'

/** The site families there are; they change only with the product. */
export function sitesQuery() {
  return queryOptions({
    queryKey: ['sites'],
    queryFn: () => fetchFromWorker('sites.describe', {}),
  })
}

export const SITE_ACCESS_KEY = ['site-access'] as const

/** Every site Relaydeck may reach or has accounts at. */
export function siteAccessQuery() {
  return queryOptions({
    queryKey: SITE_ACCESS_KEY,
    queryFn: () => fetchFromWorker('sites.access', {}),
  })
}

/** What a screen may know of one family; `undefined` until it is loaded. */
export function useSiteDescription(type: SiteType): SiteDescription | undefined {
  const sites = useQuery(sitesQuery())
  return sites.data?.find((site) => site.type === type)
}
