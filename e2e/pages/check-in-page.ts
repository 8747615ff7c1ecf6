import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

/** The Check-in page as its user sees it. */
export class CheckInPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<CheckInPage> {
    return new CheckInPage(await extension.openOptions('/check-in'))
  }

  /** Goes to the page by the navigation of an options page that is open. */
  static async goTo(page: Page): Promise<CheckInPage> {
    await page.bringToFront()
    await page.getByRole('navigation').getByRole('link', { name: 'Check-in', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Check-in' })).toBeVisible()
    return new CheckInPage(page)
  }

  /** The panel of one account's days. */
  get panel(): Locator {
    return this.page.getByRole('complementary')
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Check-in' })
  }

  /** The rows of accounts. */
  get rows(): Locator {
    const menu = this.page.getByRole('button', { name: /^More for / })
    return this.table.getByRole('row').filter({ has: menu })
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name, exact: true }) })
  }

  /** What stands in the column Today. */
  today(name: string): Locator {
    return this.row(name).getByRole('cell').nth(2)
  }

  /** A chip that shows only accounts in a state, with their number. */
  chip(state: string): Locator {
    return this.page
      .getByRole('group', { name: 'Show only' })
      .getByRole('button', { name: new RegExp(`^${state} \\d+$`) })
  }

  get startButton(): Locator {
    return this.page.getByRole('button', { name: 'Check in now', exact: true })
  }

  /** Checks everything in that is left, without waiting for the end. */
  async startAll(): Promise<void> {
    await this.startButton.click()
  }

  /** Opens the menu of an account. */
  async openMenu(name: string): Promise<Locator> {
    const button = this.page.getByRole('button', { name: `More for ${name}`, exact: true })
    const menu = this.page.getByRole('menu', { name: `More for ${name}` })
    // What a run says above the table moves the rows, also under the pointer: then one presses again.
    await expect(async () => {
      if (!(await menu.isVisible())) await button.click()
      await expect(menu).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 10_000 })
    return menu
  }

  /** Chooses an action in the menu of an account. */
  async choose(name: string, action: string): Promise<void> {
    const menu = await this.openMenu(name)
    await menu.getByRole('menuitem', { name: action, exact: true }).click()
  }

  /** Opens the days of an account by its row. */
  async openDays(name: string): Promise<void> {
    await this.row(name).getByRole('button', { name, exact: true }).click()
    await expect(this.panel.getByRole('heading', { name: 'Today' })).toBeVisible()
  }
}
