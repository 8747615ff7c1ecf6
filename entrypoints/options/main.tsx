import { lazy } from 'react'

import { mountPage } from '@/src/ui/app/mount-page'
import { AccountsPage } from '@/src/ui/features/accounts/accounts-page'
import { OptionsApp } from '@/src/ui/features/shell/options-app'
import type { Screens } from '@/src/ui/features/shell/screens'

const screens: Screens = {
  accounts: AccountsPage,
  accountDetails: lazy(async () => ({
    default: (await import('@/src/ui/features/accounts/account-details')).AccountDetails,
  })),
  addAccount: lazy(async () => ({
    default: (await import('@/src/ui/features/account-form/add-account')).AddAccount,
  })),
  editAccount: lazy(async () => ({
    default: (await import('@/src/ui/features/account-form/edit-account')).EditAccount,
  })),
  plain: {
    'needs-you': lazy(async () => ({
      default: (await import('@/src/ui/features/needs-you/needs-you-page')).NeedsYouPage,
    })),
    import: lazy(async () => ({
      default: (await import('@/src/ui/features/import/import-page')).ImportPage,
    })),
    sites: lazy(async () => ({
      default: (await import('@/src/ui/features/sites/sites-page')).SitesPage,
    })),
    settings: lazy(async () => ({
      default: (await import('@/src/ui/features/settings/settings-page')).SettingsPage,
    })),
  },
}

const texts = [
  'shell',
  'accounts',
  'account-form',
  'needs-you',
  'import',
  'sites',
  'settings',
] as const
const root = document.getElementById('root')
if (root) void mountPage(root, () => <OptionsApp screens={screens} />, texts)
