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
  /** How many credentials, gateways and channels are out of reach then, those of siblings included. */
  readonly others: NonNullable<SiteAccess['others']>
  /** Granted although nothing needs it. */
  readonly leftOver: boolean
  /** Codes found on its pages could be redeemed there. */
  readonly canFindCodes: boolean
}

/** `redeemers`: ids of the accounts that can redeem codes. */
export function linesOf(
  sites: readonly SiteAccess[],
  redeemers: ReadonlySet<string> = new Set(),
): SiteLine[] {
  const groups = new Map<string, SiteAccess[]>()
  for (const site of sites) {
    const pattern = accessPattern(site.origin)
    groups.set(pattern, [...(groups.get(pattern) ?? []), site])
  }
  return sites.map((site) => {
    const group = groups.get(accessPattern(site.origin)) ?? []
    const accounts = group.flatMap((one) => one.accounts)
    const others = sumOf(group.map((one) => one.others))
    return {
      site,
      label: siteLabel(site.origin),
      siblings: group.filter((one) => one !== site).map(({ origin }) => origin),
      accounts,
      others,
      leftOver: site.granted && accounts.length === 0 && !Object.values(others).some(Boolean),
      canFindCodes: site.granted && site.accounts.some(({ id }) => redeemers.has(id)),
    }
  })
}

/** Counts of several sites together. */
export function sumOf(counts: readonly SiteAccess['others'][]): SiteLine['others'] {
  const known = counts.filter((one) => one !== undefined)
  return {
    credentials: known.reduce((sum, { credentials }) => sum + credentials, 0),
    gateways: known.reduce((sum, { gateways }) => sum + gateways, 0),
    channels: known.reduce((sum, { channels }) => sum + channels, 0),
  }
}

/** What a search looks at. */
export function searchTextOf({ label, site }: SiteLine): string {
  return [label, ...site.accounts.map(({ name }) => name)].join('\n')
}
