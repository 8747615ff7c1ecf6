import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'
import { KeyForm } from './key-form'

/** The Keys page as its user sees it. */
export class KeysPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<KeysPage> {
    return new KeysPage(await extension.openOptions('/keys'))
  }

  /** Goes to the page by the navigation of an options page that is open. */
  static async goTo(page: Page): Promise<KeysPage> {
    await page.bringToFront()
    await page.getByRole('navigation').getByRole('link', { name: 'Keys', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible()
    return new KeysPage(page)
  }

  /** The panel beside the list: a form, details, or the repair. */
  get panel(): Locator {
    return this.page.getByRole('complementary')
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  get form(): KeyForm {
    return new KeyForm(this.panel)
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Keys' })
  }

  /** The rows of keys; those of accounts are others. */
  get rows(): Locator {
    const menu = this.page.getByRole('button', { name: /^More for / })
    return this.table.getByRole('row').filter({ has: menu })
  }

  /** The names of the keys, each a button that opens its details. */
  get names(): Locator {
    return this.rows.locator('[data-row-target]')
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name, exact: true }) })
  }

  /** The row that stands over the keys of an account. */
  accountRow(name: string): Locator {
    const head = this.page.getByRole('rowheader').filter({ hasText: name })
    return this.table.getByRole('row').filter({ has: head })
  }

  /** What a row shows in a column; the column has to be shown. */
  async cell(name: string, column: string): Promise<Locator> {
    const heads = await this.table.getByRole('columnheader').allTextContents()
    const at = heads.findIndex((head) => head.startsWith(column))
    if (at < 0) throw new Error(`no column ${column}`)
    return this.row(name).getByRole('cell').nth(at)
  }

  /** Shows the columns that are left out at first. */
  async showColumns(...columns: readonly string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'Columns', exact: true }).click()
    const choice = this.page.getByRole('group', { name: 'Columns' })
    for (const column of columns) await choice.getByLabel(column, { exact: true }).check()
    await this.page.keyboard.press('Escape')
    await expect(choice).toBeHidden()
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search keys' })
  }

  /** A narrowing of the list, by its name. */
  filter(name: 'Account' | 'Group' | 'Tag'): Locator {
    return this.page
      .getByRole('group', { name: 'Show only' })
      .getByRole('combobox', { name, exact: true })
  }

  /** The chip that shows only keys in a state. */
  status(name: string): Locator {
    return this.page.getByRole('group', { name: 'Show only' }).getByRole('button', { name })
  }

  get selectionBar(): Locator {
    return this.page.getByRole('region', { name: 'Selected keys' })
  }

  async select(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check()
    }
  }

  /** Lists the keys of all accounts anew, without waiting for the end. */
  async refresh(): Promise<void> {
    await this.page.getByRole('button', { name: 'Refresh', exact: true }).click()
  }

  /** Opens the form of a new key. */
  async startCreate(): Promise<KeyForm> {
    await this.page.getByRole('button', { name: 'Create key', exact: true }).click()
    return this.form
  }

  /** Opens the menu of a key. */
  async openMenu(name: string): Promise<Locator> {
    await this.page.getByRole('button', { name: `More for ${name}`, exact: true }).click()
    const menu = this.page.getByRole('menu', { name: `More for ${name}` })
    await expect(menu).toBeVisible()
    return menu
  }

  /** Chooses an action in the menu of a key. */
  async choose(name: string, action: string): Promise<void> {
    const menu = await this.openMenu(name)
    await menu.getByRole('menuitem', { name: action, exact: true }).click()
  }

  /** Deletes a key by its menu and says yes. */
  async remove(name: string): Promise<void> {
    await this.choose(name, 'Delete')
    await expect(this.dialog).toContainText(`Delete the key ${name}?`)
    await this.dialog.getByRole('button', { name: 'Delete' }).click()
  }

  async closePanel(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close' }).last().click()
    await expect(this.panel).toBeHidden()
  }

  /** Goes to the repair of missing keys. */
  async openRepair(): Promise<void> {
    await this.page.getByRole('link', { name: 'Repair missing keys' }).click()
    await expect(this.panel.getByText('Many sites show keys only in part.')).toBeVisible()
  }
}
