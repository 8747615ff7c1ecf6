import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

interface CredentialForm {
  readonly name: string
  readonly address: string
  readonly key: string
}

/** The Credentials page as its user sees it. */
export class CredentialsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser, hash = '/credentials'): Promise<CredentialsPage> {
    return new CredentialsPage(await extension.openOptions(hash))
  }

  /** The panel beside the list: a form or details. */
  get panel(): Locator {
    return this.page.getByRole('complementary')
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Credentials' })
  }

  /** The rows of credentials; those of base addresses are others. */
  get rows(): Locator {
    const menu = this.page.getByRole('button', { name: /^More for / })
    return this.table.getByRole('row').filter({ has: menu })
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('button', { name, exact: true }) })
  }

  /** What a row shows in a column. */
  async cell(name: string, column: string): Promise<Locator> {
    await expect(this.row(name)).toBeVisible()
    const heads = await this.table.getByRole('columnheader').allTextContents()
    const at = heads.findIndex((head) => head.startsWith(column))
    if (at < 0) throw new Error(`no column ${column}`)
    return this.row(name).getByRole('cell').nth(at)
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search credentials' })
  }

  get filters(): Locator {
    return this.page.getByRole('group', { name: 'Show only' })
  }

  field(name: string): Locator {
    return this.panel.getByRole('textbox', { name, exact: true })
  }

  /** The key is a password field, which has no role. */
  get keyField(): Locator {
    return this.panel.locator('input[name="apiKey"]')
  }

  /** Opens the form of a new credential and fills it in. */
  async startAdd({ name, address, key }: CredentialForm): Promise<void> {
    await this.page.bringToFront()
    await this.page.getByRole('button', { name: 'Add credential' }).click()
    await this.field('Name').fill(name)
    await this.field('Base address').fill(address)
    await this.keyField.fill(key)
  }

  async save(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Save', exact: true }).click()
  }

  /** Adds a credential and waits for its details. */
  async add(form: CredentialForm): Promise<void> {
    await this.startAdd(form)
    await this.save()
    await expect(this.panel.getByText('About this credential')).toBeVisible()
  }

  /** Opens the details of a credential by its row. */
  async openDetails(name: string): Promise<void> {
    await this.row(name).getByRole('button', { name, exact: true }).click()
    await expect(this.panel.getByText('About this credential')).toBeVisible()
  }

  async close(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close' }).first().click()
    await expect(this.panel).toBeHidden()
  }

  /** What the details say under a name. */
  fact(name: string): Locator {
    return this.panel.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('+ dd')
  }

  /** Chooses something in the menu of a credential. */
  async choose(name: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `More for ${name}`, exact: true }).click()
    await this.page.getByRole('menuitem', { name: action, exact: true }).click()
  }

  /** Presses the test button of the form. */
  async test(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Test', exact: true }).click()
  }
}
