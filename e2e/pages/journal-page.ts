import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

type Kind = 'Refresh' | 'Check-in' | 'Redeem codes' | 'Notice'

/** The Journal as its user sees it. */
export class JournalPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<JournalPage> {
    const journal = new JournalPage(await extension.openOptions('/journal'))
    await expect(journal.page.getByRole('heading', { level: 1 })).toHaveText('Journal')
    return journal
  }

  /** The jobs in view, newest first. */
  get jobs(): Locator {
    return this.page
      .getByRole('list', { name: 'Jobs, newest first' })
      .getByRole('listitem')
      .filter({ has: this.page.locator('[data-row-target]') })
  }

  /** The jobs of a kind, newest first. */
  jobsOf(kind: Kind): Locator {
    return this.jobs.filter({
      has: this.page.getByRole('button', { name: new RegExp(`\\d ${kind} `) }),
    })
  }

  /** A chip that narrows the list. */
  chip(name: Kind | 'Only with problems'): Locator {
    return this.page
      .getByRole('group', { name: 'Show only' })
      .getByRole('button', { name, exact: true })
  }

  /** Opens what came of each part of a job. */
  async openDetails(job: Locator): Promise<void> {
    const button = job.locator('[data-row-target]')
    await button.click()
    await expect(button).toHaveAttribute('aria-expanded', 'true')
  }
}
