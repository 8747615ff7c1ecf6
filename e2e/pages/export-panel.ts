import { expect, type Download, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

/** The panel that hands keys over, beside the page it was opened on. */
export class ExportPanel {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens the panel of one key by its address. */
  static async ofKey(
    extension: ExtensionBrowser,
    accountId: string,
    keyId: string,
  ): Promise<ExportPanel> {
    return ExportPanel.at(extension, `/keys/export/${accountId}/${keyId}`)
  }

  static async ofCredential(extension: ExtensionBrowser, id: string): Promise<ExportPanel> {
    return ExportPanel.at(extension, `/credentials/export/${id}`)
  }

  private static async at(extension: ExtensionBrowser, hash: string): Promise<ExportPanel> {
    const panel = new ExportPanel(await extension.openOptions(hash))
    await expect(panel.panel).toBeVisible()
    return panel
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: /^Export/ })
  }

  get result(): Locator {
    return this.panel.getByRole('region', { name: 'Result' })
  }

  /** Where these keys went so far. */
  get ledger(): Locator {
    return this.panel.getByRole('listitem').filter({
      has: this.page.getByRole('button', { name: /^Forget/ }),
    })
  }

  target(name: string): Locator {
    return this.panel
      .getByRole('button')
      .filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /** Goes to the form of a target, from wherever the panel is. */
  async choose(target: string): Promise<void> {
    await this.page.bringToFront()
    await this.toTargets()
    await this.target(target).click()
    await expect(this.panel.getByRole('heading', { level: 3, name: target })).toBeVisible()
  }

  async toTargets(): Promise<void> {
    const back = this.panel.getByRole('button', { name: 'Other target' })
    const anyTarget = this.panel.getByRole('heading', { name: 'Files and text' })
    await expect(back.or(anyTarget)).toBeVisible()
    if (await back.isVisible()) await back.click()
  }

  /** Chooses models in the table of a form; types those that are not listed. */
  async pickModels(...models: string[]): Promise<void> {
    const table = this.panel.getByRole('group', { name: 'Models' })
    for (const model of models) {
      await table.getByRole('searchbox').fill(model)
      const listed = table.getByRole('checkbox', { name: model, exact: true })
      const typed = table.getByRole('button', { name: `Add ${model}` })
      await expect(listed.or(typed)).toBeVisible()
      if (await typed.isVisible()) await typed.click()
      else await listed.check()
    }
    await table.getByRole('searchbox').fill('')
  }

  /** Fetches the keys and makes the export. */
  async prepare(): Promise<void> {
    await this.panel.getByRole('button', { name: /^Prepare/ }).click()
    await expect(this.result).toBeVisible()
  }

  /** A part of the result by its heading. */
  part(label: string | RegExp): Locator {
    return this.result.getByRole('group', { name: label })
  }

  /** Copies a part of the result and gives what is in the clipboard then. */
  async copied(part: Locator, button: 'Copy' | 'Copy link' = 'Copy'): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText(''))
    await part.getByRole('button', { name: button, exact: true }).click()
    await expect.poll(() => this.clipboard()).not.toBe('')
    return this.clipboard()
  }

  private clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  /**
   * Opens a link to a program on this computer and gives its address, which only the browser sees.
   * Its question whether to start the program stands over the page from then on: the page is closed.
   */
  async openProgram(part: Locator): Promise<string> {
    const session = await this.page.context().newCDPSession(this.page)
    await session.send('Page.enable')
    const asked = new Promise<{ url: string; disposition: string }>((resolve) => {
      session.once('Page.frameRequestedNavigation', resolve)
    })
    await part.getByRole('button', { name: 'Open' }).click()
    const { url, disposition } = await asked
    // A tab of its own would keep the link, and the key in it, as its address.
    expect(disposition).toBe('currentTab')
    await expect(part).toContainText('Opened. Confirm in')
    await this.page.close()
    return url
  }

  /** Saves the file of the result. */
  async download(): Promise<Download> {
    const saved = this.page.waitForEvent('download')
    await this.result.getByRole('button', { name: /^Download/ }).click()
    return saved
  }
}
