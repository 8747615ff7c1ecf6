import type { SiteDescription, SiteRoutes } from './site-description'
import type { Generation } from './site-type'

/** The address of a page of an account's site, or `null` where the family has none. */
export function pageOf(
  site: SiteDescription,
  origin: string,
  page: keyof SiteRoutes,
  generation?: Generation,
): string | null {
  const moved = generation === undefined ? undefined : site.routesByGeneration?.[generation]
  const path = moved?.[page] ?? site.routes[page]
  return path === undefined ? null : new URL(path, site.hosted?.webOrigin ?? origin).href
}

/** The origin requests go to for an address a person gave: hosted services have one only. */
export function accountOrigin(sites: readonly SiteDescription[], origin: string): string {
  const { hostname } = new URL(origin)
  return sites.find((site) => site.hosted?.hosts.includes(hostname))?.hosted?.origin ?? origin
}
