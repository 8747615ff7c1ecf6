import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

/** The Needs-you page as its user sees it. */
export class NeedsYouPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<NeedsYouPage> {
    return new NeedsYouPage(await extension.openOptions('/needs-you'))
  }

  get entries(): Locator {
    return this.page.getByRole('list', { name: 'What waits for you' }).getByRole('listitem')
  }

  entry(host: string): Locator {
    return this.entries.filter({ hasText: host })
  }

  /** Presses the one button of an entry whose site is behind a protection page. */
  async openAndPass(host: string): Promise<void> {
    await this.page.bringToFront()
    await this.entry(host).getByRole('button', { name: 'Open and pass the check' }).click()
  }

  /** Presses the button that leads through all sites behind protection pages. */
  async helpWithAll(count: number): Promise<void> {
    await this.page.bringToFront()
    await this.page.getByRole('button', { name: `Help with all ${String(count)} sites` }).click()
  }

  async expectNothingLeft(): Promise<void> {
    await expect(this.page.getByText('Nothing needs you')).toBeVisible()
  }
}
