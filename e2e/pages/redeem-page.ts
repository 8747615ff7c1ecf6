import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'
import { masked } from '../support/codes'

/** The page where codes are redeemed, as its user sees it. */
export class RedeemPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<RedeemPage> {
    const redeem = new RedeemPage(await extension.openOptions('/redeem'))
    await expect(redeem.page.getByRole('heading', { level: 1 })).toHaveText('Redeem codes')
    return redeem
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Paste text with codes' })
  }

  /** Puts a text in and lets Relaydeck find the codes in it, without waiting for them. */
  async find(text: string): Promise<void> {
    await this.field.fill(text)
    await this.page.getByRole('button', { name: 'Find codes' }).click()
  }

  /** The codes that wait for a word. */
  get offer(): Locator {
    return this.page.getByRole('region', { name: /codes? found$/ })
  }

  offered(code: string): Locator {
    return this.offer.getByRole('checkbox', { name: masked(code) })
  }

  /** An account as somewhere the codes can go, whether one or several are chosen. */
  account(name: string): Locator {
    const wanted = { name: new RegExp(`^${name} `) }
    return this.offer.getByRole('radio', wanted).or(this.offer.getByRole('checkbox', wanted))
  }

  /** Redeems the picked codes, without waiting for what comes of them. */
  async redeem(): Promise<void> {
    await this.offer.getByRole('button', { name: /^Redeem / }).click()
  }

  /** Finds the codes in a text and redeems all of them at one account. */
  async redeemAt(account: string, text: string): Promise<void> {
    await this.find(text)
    await this.account(account).check()
    await this.redeem()
    await expect(this.offer).toBeHidden()
  }

  /** Batches, newest first. */
  get batches(): Locator {
    return this.page.getByRole('article', { name: /^Codes of / })
  }

  /** What the newest batch says of a code. */
  line(code: string): Locator {
    return this.batches
      .first()
      .getByRole('listitem')
      .filter({ hasText: masked(code) })
  }

  /** How far the newest batch is, or what came of it. */
  get status(): Locator {
    return this.batches.first().getByRole('status')
  }
}
