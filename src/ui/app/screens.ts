import { type ComponentType, lazy } from 'react'

import { AccountsPage } from '../features/accounts/accounts-page'
import type { Screens } from '../features/shell/screens'
import { currentLanguage, loadTexts } from '../text/i18n'
import type { Namespace } from '../text/namespaces'

/** A screen that is loaded when it is first shown, and its words with it. */
function later<Props>(load: () => Promise<ComponentType<Props>>, texts: readonly Namespace[] = []) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), loadTexts(currentLanguage(), texts)])
    return { default: screen }
  })
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
  keys: later(
    async () => (await import('../features/keys/keys-place')).KeysPlace,
    ['keys', 'checks', 'exports'],
  ),
  credentials: later(
    async () => (await import('../features/credentials/credentials-place')).CredentialsPlace,
    ['credentials', 'checks', 'exports'],
  ),
  models: later(
    async () => (await import('../features/models/models-page')).ModelsPage,
    ['credentials', 'checks'],
  ),
  plain: {
    'needs-you': later(
      async () => (await import('../features/needs-you/needs-you-page')).NeedsYouPage,
    ),
    import: later(async () => (await import('../features/import/import-page')).ImportPage),
    sites: later(async () => (await import('../features/sites/sites-page')).SitesPage),
    settings: later(
      async () => (await import('../features/settings/settings-page')).SettingsPage,
      ['exports'],
    ),
  },
}
