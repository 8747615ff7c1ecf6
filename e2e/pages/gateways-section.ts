import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

interface GatewayForm {
  readonly program: 'CLIProxyAPI' | 'Claude Code Router'
  readonly name: string
  readonly address: string
  readonly secret?: string
}

/** The gateways in the Settings as their user sees them. */
export class GatewaysSection {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<GatewaysSection> {
    const section = new GatewaysSection(await extension.openOptions('/settings'))
    await expect(section.page.getByRole('heading', { name: 'Gateways' })).toBeVisible()
    return section
  }

  get panel(): Locator {
    return this.page.getByRole('complementary')
  }

  row(name: string): Locator {
    return this.page
      .getByRole('list', { name: 'Gateways' })
      .getByRole('listitem')
      .filter({ hasText: name })
  }

  /** Fills the form of a new gateway in and saves it, without waiting for what comes of it. */
  async add({ program, name, address, secret = '' }: GatewayForm): Promise<void> {
    await this.page.bringToFront()
    await this.page.getByRole('button', { name: 'Add gateway' }).click()
    await this.panel.getByLabel('Program').selectOption(program)
    await this.panel.getByLabel('Name', { exact: true }).fill(name)
    await this.panel.getByLabel('Address').fill(address)
    await this.panel.getByLabel('Management key', { exact: true }).fill(secret)
    await this.panel.getByRole('button', { name: 'Save' }).click()
  }

  /** Gives a gateway another management key. */
  async changeSecret(name: string, secret: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Edit ${name}` })
      .click()
    await this.panel.getByLabel('Management key', { exact: true }).fill(secret)
    await this.panel.getByRole('button', { name: 'Save' }).click()
    await expect(this.panel).toBeHidden()
  }

  /** Presses the test button, without waiting for the answer. */
  async test(name: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Test ${name}` })
      .click()
  }
}
