import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

/** The Accounts page as its user sees it. */
export class AccountsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser, hash = '/accounts'): Promise<AccountsPage> {
    return new AccountsPage(await extension.openOptions(hash))
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name })
  }

  /** Types the address and lets Relaydeck look; ends at the form that shows what was found. */
  async recognise(origin: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add account' }).first().click()
    await this.page.getByLabel('Site address').fill(origin)
    await this.page.getByRole('button', { name: 'Recognise automatically' }).click()
    await expect(this.page.getByText(/Recognised by/)).toBeVisible()
  }

  async choose(method: string): Promise<void> {
    await this.page.getByRole('radio', { name: method }).check()
  }

  /** Presses the button that stores the recognised account. */
  async store(): Promise<void> {
    await this.page
      .getByRole('complementary')
      .or(this.page.getByRole('dialog'))
      .getByRole('button', { name: 'Add account', exact: true })
      .click()
  }
}
