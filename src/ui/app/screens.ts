import { type ComponentType, lazy } from 'react'

import { AccountsPage } from '../features/accounts/accounts-page'
import type { Screens } from '../features/shell/screens'

/** A screen that is loaded when it is first shown. */
function later<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }))
}

/** What the options page shows at each place; only the first one is there from the start. */
export const screens: Screens = {
  accounts: AccountsPage,
  accountDetails: later(
    async () => (await import('../features/accounts/account-details')).AccountDetails,
  ),
  addAccount: later(async () => (await import('../features/account-form/add-account')).AddAccount),
  editAccount: later(
    async () => (await import('../features/account-form/edit-account')).EditAccount,
  ),
  plain: {
    'needs-you': later(
      async () => (await import('../features/needs-you/needs-you-page')).NeedsYouPage,
    ),
    import: later(async () => (await import('../features/import/import-page')).ImportPage),
    sites: later(async () => (await import('../features/sites/sites-page')).SitesPage),
    settings: later(async () => (await import('../features/settings/settings-page')).SettingsPage),
  },
}
