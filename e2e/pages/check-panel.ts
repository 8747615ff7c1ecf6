import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

/** The panel that verifies one key, beside the page it was opened on. */
export class CheckPanel {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async ofCredential(extension: ExtensionBrowser, id: string): Promise<CheckPanel> {
    return CheckPanel.at(extension, `/credentials/check/${id}`)
  }

  static async ofKey(
    extension: ExtensionBrowser,
    accountId: string,
    keyId: string,
  ): Promise<CheckPanel> {
    return CheckPanel.at(extension, `/keys/check/${accountId}/${keyId}`)
  }

  private static async at(extension: ExtensionBrowser, hash: string): Promise<CheckPanel> {
    const panel = new CheckPanel(await extension.openOptions(hash))
    await expect(panel.panel).toBeVisible()
    return panel
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: /^Verify/ })
  }

  /** The runs that are over, the newest first. */
  get runs(): Locator {
    return this.panel.locator('details').filter({ has: this.page.getByText(/of \d+ passed/) })
  }

  /** What came of a probe in the newest run. */
  probe(name: string): Locator {
    return this.panel
      .getByRole('list', { name: 'Probes' })
      .first()
      .getByRole('listitem')
      .filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /** Chooses exactly these probes. */
  async choose(...probes: string[]): Promise<void> {
    for (const box of await this.panel.getByRole('checkbox').all()) await box.uncheck()
    for (const probe of probes) {
      await this.panel.getByRole('checkbox', { name: new RegExp(`^${probe}`) }).check()
    }
  }

  async start(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Start' }).click()
  }

  /** Starts and waits for the end. */
  async run(): Promise<void> {
    const before = await this.runs.count()
    await this.start()
    await expect(this.panel.getByRole('button', { name: 'Start' })).toBeVisible()
    await expect(this.runs).toHaveCount(before + 1)
  }
}
