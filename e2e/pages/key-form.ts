import { expect, type Locator } from '@playwright/test'

/** What a person decides about a key; a field that is absent is left as it stands. */
export interface TypedKey {
  readonly name?: string
  readonly group?: string
  readonly backupGroup?: string
  readonly crossGroupRetry?: boolean
  /** In the currency that is chosen. */
  readonly amount?: string
  /** From now. */
  readonly days?: 7 | 30 | 90
  readonly models?: readonly string[]
  readonly addresses?: readonly string[]
}

/** Fields that not every site has. */
export const OPTIONAL_FIELDS = [
  'Group',
  'Backup group',
  'Unlimited quota',
  'Expires',
  'Models',
  'IP addresses',
] as const

export type OptionalField = (typeof OPTIONAL_FIELDS)[number]

/** The form of a key as its user sees it, in the panel beside the list. */
export class KeyForm {
  readonly panel: Locator

  constructor(panel: Locator) {
    this.panel = panel
  }

  get name(): Locator {
    return this.panel.getByRole('textbox', { name: 'Name', exact: true })
  }

  field(name: OptionalField): Locator {
    const { panel } = this
    const exact = { name, exact: true } as const
    switch (name) {
      case 'Group':
      case 'Backup group':
      case 'Expires':
        return panel.getByRole('combobox', exact)
      case 'Unlimited quota':
        return panel.getByRole('switch', exact)
      case 'Models':
        return panel.getByRole('searchbox', exact)
      case 'IP addresses':
        return panel.getByRole('textbox', exact)
    }
  }

  /** Only there where the site chooses the group itself. */
  get crossGroupRetry(): Locator {
    return this.panel.getByRole('switch', { name: 'Try the next group' })
  }

  async fill(key: TypedKey): Promise<void> {
    await expect(this.name).toBeVisible()
    if (key.name !== undefined) await this.name.fill(key.name)
    if (key.group !== undefined) await this.field('Group').selectOption(key.group)
    if (key.backupGroup !== undefined) {
      await this.field('Backup group').selectOption(key.backupGroup)
    }
    if (key.crossGroupRetry !== undefined) {
      await this.crossGroupRetry.setChecked(key.crossGroupRetry)
    }
    if (key.amount !== undefined) {
      await this.field('Unlimited quota').uncheck()
      await this.panel.getByRole('textbox', { name: 'Quota left to spend' }).fill(key.amount)
    }
    if (key.days !== undefined) await this.field('Expires').selectOption(String(key.days))
    for (const model of key.models ?? []) {
      await this.field('Models').fill(model)
      await this.panel.getByRole('checkbox', { name: model, exact: true }).check()
    }
    if (key.addresses !== undefined) {
      await this.field('IP addresses').fill(key.addresses.join('\n'))
    }
  }

  /** Sends the form of a new key, without waiting for what comes of it. */
  async create(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Create key' }).click()
  }

  /** Saves the changes and closes the form. */
  async save(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(this.panel.getByText('Saved', { exact: true })).toBeVisible()
    await this.close()
  }

  async close(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close' }).last().click()
    await expect(this.panel).toBeHidden()
  }
}
