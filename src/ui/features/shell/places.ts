import {
  BellDot,
  CalendarCheck,
  Gift,
  Globe,
  IdCard,
  KeyRound,
  type LucideIcon,
  ScrollText,
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
  readonly id: 'accounts' | 'automation' | 'system'
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
    id: 'automation',
    entries: [
      { page: 'check-in', icon: CalendarCheck, href: hrefOf({ page: 'check-in' }) },
      { page: 'redeem', icon: Gift, href: hrefOf({ page: 'redeem' }) },
      { page: 'journal', icon: ScrollText, href: hrefOf({ page: 'journal' }) },
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
