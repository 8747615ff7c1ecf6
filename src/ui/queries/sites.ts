import { queryOptions, useQuery } from '@tanstack/react-query'

import { unwrap } from '@/src/domain/failure'
import type { SiteDescription } from '@/src/domain/site-description'
import type { SiteType } from '@/src/domain/site-type'
import { send } from '@/src/messaging/client'

/** The site families there are; they change only with the product. */
export function sitesQuery() {
  return queryOptions({
    queryKey: ['sites'],
    queryFn: async () => unwrap(await send('sites.describe', {})),
    staleTime: Infinity,
  })
}

/** What a screen may know of one family; `undefined` until it is loaded. */
export function useSiteDescription(type: SiteType): SiteDescription | undefined {
  const sites = useQuery(sitesQuery())
  return sites.data?.find((site) => site.type === type)
}
