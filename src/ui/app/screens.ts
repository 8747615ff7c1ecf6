import { type ComponentType, createElement, lazy, useState } from 'react'

import { AccountsPage } from '../features/accounts/accounts-page'
import type { Route } from '../features/shell/route'
import type { Screens } from '../features/shell/screens'
import { currentLanguage, loadTexts } from '../text/i18n'
import type { Namespace } from '../text/namespaces'

/** A screen that is loaded when it is first shown, or ahead of that, and its words with it. */
function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  texts: readonly Namespace[] = [],
) {
  let loaded: ComponentType<Props> | undefined
  async function fetch(): Promise<{ default: ComponentType<Props> }> {
    const [screen] = await Promise.all([load(), loadTexts(currentLanguage(), texts)])
    loaded = screen
    return { default: screen }
  }
  const Suspending: ComponentType<Props> = lazy(fetch)
  function Later(props: Props) {
    // What is there already is shown at once: React leaves a gap, once shown, for 300 ms at least.
    const [Screen] = useState(() => loaded ?? Suspending)
    return createElement(Screen, props)
  }
  return Object.assign(Later, { ahead: fetch })
}

/** Pages with a chunk of their own. */
const pages = {
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
  'needs-you': later(
    async () => (await import('../features/needs-you/needs-you-page')).NeedsYouPage,
  ),
  'check-in': later(
    async () => (await import('../features/check-in/check-in-page')).CheckInPage,
    ['check-in'],
  ),
  redeem: later(
    async () => (await import('../features/redeem/redeem-page')).RedeemPage,
    ['redeem'],
  ),
  journal: later(
    async () => (await import('../features/journal/journal-page')).JournalPage,
    ['journal', 'check-in', 'redeem', 'automation'],
  ),
  import: later(async () => (await import('../features/import/import-page')).ImportPage),
  sites: later(async () => (await import('../features/sites/sites-page')).SitesPage),
  settings: later(
    async () => (await import('../features/settings/settings-page')).SettingsPage,
    ['exports', 'automation'],
  ),
}

/** What the options page shows at each place; only the first one is there from the start. */
export const screens: Screens = {
  accounts: AccountsPage,
  accountDetails: later(
    async () => (await import('../features/accounts/account-details')).AccountDetails,
    ['check-in'],
  ),
  addAccount: later(async () => (await import('../features/account-form/add-account')).AddAccount),
  editAccount: later(
    async () => (await import('../features/account-form/edit-account')).EditAccount,
  ),
  keys: pages.keys,
  credentials: pages.credentials,
  models: pages.models,
  plain: pages,
}

/** Loads the page of a place before its first render. What fails is tried again when it is shown. */
export async function loadAhead(route: Route | null): Promise<void> {
  if (route === null || route.page === 'accounts') return
  await pages[route.page].ahead().catch(() => undefined)
}
