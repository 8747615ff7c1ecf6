import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

/** The Site access page as its user sees it. */
export class SitesPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<SitesPage> {
    const sites = new SitesPage(await extension.openOptions('/sites'))
    await expect(sites.page.getByRole('heading', { name: 'Site access' })).toBeVisible()
    return sites
  }

  row(host: string): Locator {
    return this.page
      .getByRole('table', { name: 'Site access' })
      .getByRole('row')
      .filter({ hasText: host })
  }

  /** Whether codes are looked for on pages of the site. */
  findCodes(host: string): Locator {
    return this.row(host).getByRole('switch', { name: /look for redemption codes/ })
  }

  /** Chooses whether codes are looked for on pages of the site. */
  async setFindCodes(host: string, on: boolean): Promise<void> {
    await this.page.bringToFront()
    await this.findCodes(host).click()
    await expect(this.findCodes(host)).toBeChecked({ checked: on })
  }

  /** Gives the access to a site back and confirms it. */
  async revoke(host: string): Promise<void> {
    await this.page.bringToFront()
    await this.row(host)
      .getByRole('button', { name: /^Revoke/ })
      .click()
    await this.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  }

  async grantAgain(host: string): Promise<void> {
    await this.page.bringToFront()
    await this.row(host)
      .getByRole('button', { name: /^Grant again/ })
      .click()
  }
}
