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

  /** The panel beside the list: the form of a new account, or the details of a stored one. */
  get panel(): Locator {
    return this.page.getByRole('complementary')
  }

  /** The row of an account, by its name or its user's. */
  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name })
  }

  /** Types the address and lets Relaydeck look, without waiting for what comes of it. */
  async lookAt(origin: string): Promise<void> {
    await this.page.bringToFront()
    await this.page.getByRole('button', { name: 'Add account' }).first().click()
    await this.page.getByLabel('Site address').fill(origin)
    await this.page.getByRole('button', { name: 'Recognise automatically' }).click()
  }

  /** Lets Relaydeck look at a site; ends at the form that shows who is logged in there. */
  async recognise(origin: string): Promise<void> {
    await this.lookAt(origin)
    await expect(this.page.getByText(/Recognised by/)).toBeVisible()
    await expect(this.page.getByText(/ \(ID .+\)/)).toBeVisible()
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

  /** Opens the details of an account by its row. */
  async openDetails(name: string): Promise<void> {
    await expect(this.row(name).first()).toBeVisible()
    const button = this.row(name).getByRole('button', { expanded: false }).first()
    if ((await button.count()) > 0) await button.click()
    await expect(this.panel.getByText('About this account')).toBeVisible()
  }

  /** Refreshes one account from its details, without waiting for the end. */
  async refresh(name: string): Promise<void> {
    await this.openDetails(name)
    await this.panel.getByRole('button', { name: 'Refresh', exact: true }).click()
  }

  /** Refreshes everything, without waiting for the end. */
  async refreshAll(): Promise<void> {
    await this.page.getByRole('button', { name: 'Refresh all' }).click()
  }

  /** Gives an account that lives by an access token another one. */
  async pasteToken(name: string, accessToken: string): Promise<void> {
    await this.openDetails(name)
    await this.panel.getByRole('button', { name: 'Edit', exact: true }).last().click()
    await this.panel.getByLabel('Access token').last().fill(accessToken)
    await this.panel.getByRole('button', { name: 'Save' }).click()
    await expect(this.panel.getByText('Saved')).toBeVisible()
    await this.panel.getByRole('button', { name: 'Close' }).last().click()
  }
}
