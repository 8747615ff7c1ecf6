import type { SiteDescription, SiteRoutes } from './site-description'
import type { Generation } from './site-type'
import type { SiteStatus } from './snapshot'

/** What is known of a site that decides where its pages are; a snapshot has it. */
export interface KnownSite {
  readonly generation?: { readonly value: Generation } | undefined
  readonly status?: Pick<SiteStatus, 'theme'> | undefined
}

/** The address of a page of an account's site, or `null` where the family has none. */
export function pageOf(
  site: SiteDescription,
  origin: string,
  page: keyof SiteRoutes,
  { generation, status }: KnownSite = {},
): string | null {
  const ofGeneration = generation && site.routesByGeneration?.[generation.value]
  const ofTheme = status?.theme && site.routesByTheme?.[status.theme]
  const path = ofTheme?.[page] ?? ofGeneration?.[page] ?? site.routes[page]
  return path === undefined ? null : new URL(path, site.hosted?.webOrigin ?? origin).href
}

/** The origin requests go to for an address a person gave: hosted services have one only. */
export function accountOrigin(sites: readonly SiteDescription[], origin: string): string {
  const { hostname } = new URL(origin)
  return sites.find((site) => site.hosted?.hosts.includes(hostname))?.hosted?.origin ?? origin
}
