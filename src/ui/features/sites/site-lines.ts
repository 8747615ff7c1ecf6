import { accessPattern } from '@/src/domain/origin'
import type { SiteAccess } from '@/src/domain/site-record'

import { siteLabel } from '../../view/matching'

/** A site of the list, together with what its permission is shared with. */
export interface SiteLine {
  readonly site: SiteAccess
  readonly label: string
  /** Origins on other ports of the host, which come and go with this one. */
  readonly siblings: readonly string[]
  /** Accounts that say "access revoked" once this permission is gone: also those of siblings. */
  readonly accounts: SiteAccess['accounts']
  /** Granted although no account needs it. */
  readonly leftOver: boolean
}

export function linesOf(sites: readonly SiteAccess[]): SiteLine[] {
  const groups = new Map<string, SiteAccess[]>()
  for (const site of sites) {
    const pattern = accessPattern(site.origin)
    groups.set(pattern, [...(groups.get(pattern) ?? []), site])
  }
  return sites.map((site) => {
    const group = groups.get(accessPattern(site.origin)) ?? []
    const accounts = group.flatMap((one) => one.accounts)
    return {
      site,
      label: siteLabel(site.origin),
      siblings: group.filter((one) => one !== site).map(({ origin }) => origin),
      accounts,
      leftOver: site.granted && accounts.length === 0,
    }
  })
}

/** What a search looks at. */
export function searchTextOf({ label, site }: SiteLine): string {
  return [label, ...site.accounts.map(({ name }) => name)].join('\n')
}
