import {
  BellDot,
  Globe,
  IdCard,
  KeyRound,
  type LucideIcon,
  SlidersHorizontal,
  WalletCards,
} from 'lucide-react'

import { hrefOf, type Route } from './route'

export interface NavEntry {
  readonly page: Route['page']
  readonly icon: LucideIcon
  readonly href: string
}

interface NavGroup {
  readonly id: 'accounts' | 'system'
  readonly entries: readonly NavEntry[]
}

/** The navigation, in groups; later pages join the group they belong to. */
export const NAV_GROUPS: readonly NavGroup[] = [
  {
    id: 'accounts',
    entries: [
      {
        page: 'accounts',
        icon: WalletCards,
        href: hrefOf({ page: 'accounts', panel: { kind: 'none' } }),
      },
      { page: 'keys', icon: KeyRound, href: hrefOf({ page: 'keys', panel: { kind: 'none' } }) },
      {
        page: 'credentials',
        icon: IdCard,
        href: hrefOf({ page: 'credentials', panel: { kind: 'none' } }),
      },
      { page: 'needs-you', icon: BellDot, href: hrefOf({ page: 'needs-you' }) },
    ],
  },
  {
    id: 'system',
    entries: [
      { page: 'sites', icon: Globe, href: hrefOf({ page: 'sites' }) },
      { page: 'settings', icon: SlidersHorizontal, href: hrefOf({ page: 'settings' }) },
    ],
  },
]
