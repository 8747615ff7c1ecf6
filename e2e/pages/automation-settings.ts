import { expect, type Locator, type Page } from '@playwright/test'

import type { ExtensionBrowser } from '../support/browser'

type SectionName = 'Refresh' | 'Check-in' | 'Warnings' | 'Toolbar icon' | 'Notices'

/** What the settings say about everything that runs by itself, as their user sees it. */
export class AutomationSettings {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(extension: ExtensionBrowser): Promise<AutomationSettings> {
    const settings = new AutomationSettings(await extension.openOptions('/settings'))
    await expect(settings.section('Refresh')).toBeVisible()
    return settings
  }

  section(name: SectionName): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  /** A typed value of a section. */
  field(section: SectionName, label: string): Locator {
    return this.section(section).getByLabel(label, { exact: true })
  }

  switch(section: SectionName, label: string): Locator {
    return this.section(section).getByRole('switch', { name: label, exact: true })
  }

  /** Switches something and waits until that is stored. */
  async choose(section: SectionName, label: string, isOn = true): Promise<void> {
    await this.page.bringToFront()
    await this.switch(section, label).click()
    await expect(this.switch(section, label)).toBeChecked({ checked: isOn })
    await expect(this.outcomeOfChoice).toHaveText('Saved')
  }

  /** Chooses one of several and waits until that is stored. */
  async chooseOne(section: SectionName, label: string): Promise<void> {
    await this.page.bringToFront()
    const one = this.section(section).getByRole('radio', { name: label, exact: true })
    await one.click()
    await expect(one).toBeChecked()
    await expect(this.outcomeOfChoice).toHaveText('Saved')
  }

  /** Stands at the top of the page. */
  private get outcomeOfChoice(): Locator {
    return this.page.getByRole('main').getByRole('status').first()
  }

  /** Stores what was typed in a section, without waiting for what comes of it. */
  async save(section: SectionName): Promise<void> {
    await this.section(section).getByRole('button', { name: 'Save', exact: true }).click()
  }

  /** What became of the last {@link save} of a section. */
  outcome(section: SectionName): Locator {
    return this.section(section).getByRole('form').getByRole('status')
  }

  /** A service notices can go to. */
  channel(place: string): Locator {
    return this.section('Notices')
      .getByRole('list', { name: 'Services' })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${place}`) })
  }

  get panel(): Locator {
    return this.page.getByRole('complementary')
  }

  /** Opens the form of a service and fills it in. */
  async fillChannel(place: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.page.bringToFront()
    await this.channel(place)
      .getByRole('button', { name: new RegExp(`^(?:Set up|Change) ${place}$`) })
      .click()
    for (const [label, value] of Object.entries(fields)) {
      // A star behind the label marks what has to be entered.
      await this.panel.getByLabel(new RegExp(`^${label}`)).fill(value)
    }
  }

  async saveChannel(): Promise<void> {
    await this.panel.getByRole('button', { name: /^Save/ }).click()
  }

  /** Sets a service up and switches it on. */
  async setUp(place: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.fillChannel(place, fields)
    await this.saveChannel()
    await expect(this.panel).toBeHidden()
    await expect(this.channel(place).getByRole('switch')).toBeChecked()
  }

  /** Sends a sample, without waiting for what comes of it. */
  async test(place: string): Promise<void> {
    await this.page.bringToFront()
    await this.channel(place)
      .getByRole('button', { name: `Test ${place}` })
      .click()
  }
}
