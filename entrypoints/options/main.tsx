import { lazy } from 'react'

import { mountPage } from '@/src/ui/app/mount-page'
import { AccountsPage } from '@/src/ui/features/accounts/accounts-page'
import { OptionsApp } from '@/src/ui/features/shell/options-app'
import type { Screens } from '@/src/ui/features/shell/screens'

const screens: Screens = {
  accounts: AccountsPage,
  accountDetails: lazy(() => import('@/src/ui/features/accounts/account-details')),
  addAccount: lazy(() => import('@/src/ui/features/account-form/add-account')),
  editAccount: lazy(() => import('@/src/ui/features/account-form/edit-account')),
  settings: lazy(() => import('@/src/ui/features/settings/settings-page')),
}

const root = document.getElementById('root')
if (root) {
  void mountPage(root, () => <OptionsApp screens={screens} />, [
    'shell',
    'accounts',
    'account-form',
    'settings',
  ])
}
