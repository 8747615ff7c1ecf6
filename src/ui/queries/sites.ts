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

/** What a screen may know of one family; `undefined` until it is loaded. */
export function useSiteDescription(type: SiteType): SiteDescription | undefined {
  const sites = useQuery(sitesQuery())
  return sites.data?.find((site) => site.type === type)
}
