import type { Page } from '@playwright/test'

import { MARA } from '../families/family-site'
import { expect, test } from '../families/fixtures'
import { OPTIONAL_FIELDS } from '../pages/key-form'
import type { KeysPage } from '../pages/keys-page'
import type { KeyCase } from './key-cases'
import type { KeySite, SiteKey } from './key-sites'
import { SEEDED } from './key-sites'

const DAY_MS = 86_400_000
/** Sites keep whole seconds, and forms whole minutes. */
const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** A site of one family whose account is stored, and the Keys page with its keys. */
export interface Life {
  readonly keys: KeysPage
  readonly site: KeySite
  readonly keyCase: KeyCase
}

/** The whole life of a key through the screens; the site is looked at after every step. */
export async function liveThrough(life: Life): Promise<void> {
  const { keyCase } = life
  const { name } = keyCase.full
  const steps: readonly [string, (life: Life) => Promise<void>][] = [
    ['the list shows the keys of the site', listed],
    ['the menu offers what the family can do', offered],
    ['a key with every limit is made', created],
    ['the full key is shown on demand only', revealed],
    ['the full key is copied', copied],
    ['a new name changes nothing else', renamed],
    ...(keyCase.canDisable ? [['it is switched off and on', switched] as const] : []),
    ['another one is made after it', duplicated],
    ['it is deleted after a question', removed],
  ].map(([title, step]) => [`${name}: ${String(title)}`, step as (life: Life) => Promise<void>])
  for (const [title, step] of steps) {
    await test.step(title, async () => {
      await step(life)
      await expectAgreement(life)
    })
  }
}

const RENAMED = 'Day shift'

function keyNamed({ site }: Life, name: string): SiteKey {
  const found = site.keysOf(MARA).filter((key) => key.name === name)
  expect(found).toHaveLength(1)
  return found[0]!
}

/** What the page shows of every key is what the site has, and there is no other one. */
async function expectAgreement({ keys, site }: Life): Promise<void> {
  const stored = site.keysOf(MARA)
  await expect(keys.rows).toHaveCount(stored.length)
  for (const key of stored) {
    const cell = (column: string) => keys.cell(key.name, column)
    await expect(await cell('Status')).toHaveText(key.isEnabled ? 'Enabled' : 'Disabled')
    await expect(await cell('Remaining')).toHaveText(
      key.left === null ? 'unlimited' : key.left.toFixed(2),
    )
    await expectExpiry(await cell('Expires'), key)
    await expect(await cell('Group')).toContainText(key.group || 'account’s own')
    await expect(await cell('Limits')).toHaveText(limitsText(key))
  }
}

async function expectExpiry(
  cell: Awaited<ReturnType<KeysPage['cell']>>,
  { expiresAtMs }: SiteKey,
): Promise<void> {
  if (expiresAtMs === null) await expect(cell).toHaveText('never')
  else {
    const time = new Date(expiresAtMs).toISOString()
    await expect(cell.locator('time')).toHaveAttribute('datetime', time)
  }
}

function limitsText({ models, addresses }: SiteKey): string {
  const counted = (count: number, word: string) =>
    count === 0 ? [] : [`${String(count)} ${word}${count === 1 ? '' : 's'}`]
  const parts = [...counted(models.length, 'model'), ...counted(addresses.length, 'IP')]
  return parts.join(' · ') || 'none'
}

/** How often the secret part of a key stands anywhere in the page. */
function timesInPage(page: Page, { secret }: SiteKey): Promise<number> {
  return page.evaluate(
    (text) => {
      const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')]
      const all = [document.documentElement.outerHTML, ...fields.map(({ value }) => value)]
      return all.join('\n').split(text).length - 1
    },
    secret.replace(/^sk-(?:or-v1-)?/, ''),
  )
}

async function listed({ keys }: Life): Promise<void> {
  for (const name of SEEDED) await expect(keys.row(name)).toBeVisible()
  await keys.showColumns('Limits')
}

async function offered({ keys, keyCase }: Life): Promise<void> {
  const { canDisable, showsOnce } = keyCase
  const menu = await keys.openMenu(SEEDED[0])
  const items = await menu.getByRole('menuitem').allTextContents()
  expect(items.filter((item) => !item.startsWith('Open the site'))).toEqual([
    ...(showsOnce ? [] : ['Show key', 'Copy key']),
    'Edit',
    'Duplicate',
    ...(canDisable ? ['Disable'] : []),
    ...(showsOnce ? [] : ['Verify', 'Export', 'Save as credential']),
    'Rotate',
    'Delete',
  ])
  await keys.page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
}

async function created(life: Life): Promise<void> {
  const { keys, site, keyCase } = life
  const { full, lacks, price } = keyCase
  const form = await keys.startCreate()
  await expect(form.name).toBeVisible()
  for (const field of OPTIONAL_FIELDS) {
    await expect(form.field(field), field).toHaveCount(lacks.includes(field) ? 0 : 1)
  }
  await form.fill(full)
  await expect(form.crossGroupRetry).toHaveCount(full.crossGroupRetry ? 1 : 0)
  if (price) {
    await expect(form.field('Group').locator('option:checked')).toHaveText(price)
  }
  const startedAtMs = Date.now()
  await form.create()
  await expect(keys.panel.getByText(`${full.name} was created`)).toBeVisible()
  expectTyped(keyNamed(life, full.name), keyCase, startedAtMs)
  expect(site.keysOf(MARA)).toHaveLength(SEEDED.length + 1)
  await (keyCase.showsOnce ? keepOnce(life) : keys.closePanel())
  await expectDetails(life)
}

function expectTyped(key: SiteKey, { full }: KeyCase, startedAtMs: number): void {
  expect(key).toMatchObject({
    isEnabled: true,
    left: full.amount === undefined ? null : Number(full.amount),
    models: full.models ?? [],
    addresses: full.addresses ?? [],
    group: full.group ?? '',
    backupGroup: full.backupGroup ?? '',
    crossGroupRetry: full.crossGroupRetry ?? false,
  })
  if (full.days === undefined) {
    expect(key.expiresAtMs).toBeNull()
    return
  }
  const lifeMs = full.days * DAY_MS
  expect(key.expiresAtMs).toBeGreaterThanOrEqual(startedAtMs + lifeMs - SECOND_MS)
  expect(key.expiresAtMs).toBeLessThanOrEqual(Date.now() + lifeMs)
}

/** A key that is shown once only is not closed away before it was kept. */
async function keepOnce(life: Life): Promise<void> {
  const { keys, keyCase } = life
  const key = keyNamed(life, keyCase.full.name)
  await expect(keys.panel.getByText('The site shows this key this once only.')).toBeVisible()
  await keys.panel.getByRole('button', { name: 'Close' }).last().click()
  await expect(keys.dialog).toContainText('Close without keeping the key?')
  await keys.dialog.getByRole('button', { name: 'Go back' }).click()
  await keys.panel.getByRole('button', { name: 'Copy key' }).click()
  await expect.poll(() => clipboardOf(keys.page)).toBe(key.secret)
  await keys.closePanel()
}

/** Every model and address is named in the details. */
async function expectDetails(life: Life): Promise<void> {
  const { keys, keyCase } = life
  const { name, models = [], addresses = [] } = keyCase.full
  await keys.row(name).getByRole('button', { name, exact: true }).click()
  await expect(keys.panel.getByRole('heading', { name, exact: true })).toBeVisible()
  await expect(keys.panel.getByRole('listitem')).toHaveText([...models, ...addresses])
  await keys.closePanel()
}

async function revealed(life: Life): Promise<void> {
  const { keys, keyCase } = life
  const { name } = keyCase.full
  const key = keyNamed(life, name)
  expect(await timesInPage(keys.page, key)).toBe(0)
  await keys.page.getByRole('button', { name: `Show the key ${name}` }).click()
  await expect(await keys.cell(name, 'Key')).toHaveText(key.secret)
  expect(await timesInPage(keys.page, key)).toBe(1)
  await keys.page.getByRole('button', { name: `Hide the key ${name}` }).click()
  await expect(await keys.cell(name, 'Key')).not.toHaveText(key.secret)
  expect(await timesInPage(keys.page, key)).toBe(0)
}

function clipboardOf(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

async function copied(life: Life): Promise<void> {
  const { keys, keyCase } = life
  const { name } = keyCase.full
  const key = keyNamed(life, name)
  await keys.page.evaluate(() => navigator.clipboard.writeText('what was there before'))
  await keys.page.getByRole('button', { name: `Copy the key ${name}` }).click()
  await expect.poll(() => clipboardOf(keys.page)).toBe(key.secret)
  expect(await timesInPage(keys.page, key)).toBe(0)
}

async function renamed(life: Life): Promise<void> {
  const { keys, keyCase } = life
  const { full, lacks, alsoFixed = [] } = keyCase
  const before = keyNamed(life, full.name)
  await keys.choose(full.name, 'Edit')
  const { form } = keys
  await expect(form.name).toHaveValue(full.name)
  for (const field of OPTIONAL_FIELDS) {
    const isThere = !lacks.includes(field) && !alsoFixed.includes(field)
    await expect(form.field(field), field).toHaveCount(isThere ? 1 : 0)
  }
  await form.fill({ name: RENAMED })
  await form.save()
  expect(keyNamed(life, RENAMED)).toEqual({ ...before, name: RENAMED })
}

async function switched(life: Life): Promise<void> {
  const { keys } = life
  const before = keyNamed(life, RENAMED)
  await keys.choose(RENAMED, 'Disable')
  await expect(await keys.cell(RENAMED, 'Status')).toHaveText('Disabled')
  const off = keyNamed(life, RENAMED)
  expect({ ...off, rest: {} }).toEqual({ ...before, isEnabled: false, rest: {} })
  await keys.choose(RENAMED, 'Enable')
  await expect(await keys.cell(RENAMED, 'Status')).toHaveText('Enabled')
  expect(keyNamed(life, RENAMED)).toEqual(before)
}

async function duplicated(life: Life): Promise<void> {
  const { keys } = life
  const name = `${RENAMED} copy`
  const model = keyNamed(life, RENAMED)
  await keys.choose(RENAMED, 'Duplicate')
  await expect(keys.form.name).toHaveValue(name)
  await keys.form.create()
  await expect(keys.panel.getByText(`${name} was created`)).toBeVisible()
  const made = keyNamed(life, name)
  expect(made.secret).not.toBe(model.secret)
  const { expiresAtMs, secret, rest } = model
  expect({ ...made, expiresAtMs, secret, rest }).toEqual({ ...model, name })
  if (expiresAtMs === null) expect(made.expiresAtMs).toBeNull()
  else expect(Math.abs(made.expiresAtMs! - expiresAtMs)).toBeLessThan(MINUTE_MS)
  await (life.keyCase.showsOnce ? insist(life) : keys.closePanel())
}

/** Closes over a key that nobody kept. */
async function insist({ keys }: Life): Promise<void> {
  await keys.panel.getByRole('button', { name: 'Close' }).last().click()
  await keys.dialog.getByRole('button', { name: 'Close anyway' }).click()
  await expect(keys.panel).toBeHidden()
}

async function removed(life: Life): Promise<void> {
  const { keys, site } = life
  const before = site.keysOf(MARA)
  await keys.choose(RENAMED, 'Delete')
  await keys.dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(keys.dialog).toBeHidden()
  expect(site.keysOf(MARA)).toEqual(before)
  await keys.remove(RENAMED)
  await expect(keys.row(RENAMED)).toHaveCount(0)
  expect(site.keysOf(MARA)).toEqual(before.filter(({ name }) => name !== RENAMED))
}
