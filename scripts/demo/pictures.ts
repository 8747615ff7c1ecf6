import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import type { Locator, Page } from '@playwright/test'

import type { ExtensionBrowser } from '@/e2e/support/browser'
import type { KeyRef } from '@/src/domain/api-key'
import { hrefOf, type KeyPanelKind } from '@/src/ui/features/shell/route'

import { LIMITED_KEY } from './keys'

/** A view of the extension, and what shows that it has its content. */
interface View {
  readonly name: string
  readonly open: (extension: ExtensionBrowser, key: KeyRef) => Promise<Page>
  readonly content: (page: Page) => Locator
}

const VIEWS: readonly View[] = [
  {
    name: 'popup',
    open: (extension) => extension.openPopup(),
    content: (page) => page.getByRole('listitem').first(),
  },
  {
    name: 'accounts',
    open: (extension) => extension.openOptions('/accounts'),
    content: (page) => page.getByRole('row').nth(1),
  },
  {
    name: 'needs-you',
    open: (extension) => extension.openOptions('/needs-you'),
    content: (page) => page.getByRole('main').getByText('Granite Pass').first(),
  },
  {
    name: 'check-in',
    open: (extension) => extension.openOptions('/check-in'),
    content: (page) => page.getByRole('row').nth(1),
  },
  {
    name: 'keys',
    open: (extension) => extension.openOptions('/keys'),
    content: (page) => page.getByRole('button', { name: 'More for editor' }).first(),
  },
  {
    name: 'key-details',
    open: (extension, key) => openKey(extension, 'details', key),
    content: (page) => page.getByRole('complementary', { name: LIMITED_KEY }),
  },
  {
    name: 'key-export',
    open: (extension, key) => openKey(extension, 'export', key),
    content: (page) => page.getByRole('heading', { name: 'Files and text' }),
  },
  {
    name: 'credentials',
    open: (extension) => extension.openOptions('/credentials'),
    content: (page) => page.getByRole('button', { name: 'More for Lighthouse' }),
  },
]

/** Opens the panel of a key beside the list. */
function openKey(
  extension: ExtensionBrowser,
  kind: KeyPanelKind,
  { accountId, keyId }: KeyRef,
): Promise<Page> {
  const panel = { kind, account: accountId, key: keyId }
  return extension.openOptions(hrefOf({ page: 'keys', panel }).slice(1))
}

/**
 * Pictures of the views, light and dark, into `folder`.
 *
 * @param key the one whose panels are shown
 */
export async function takePictures(
  extension: ExtensionBrowser,
  key: KeyRef,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    for (const { name, open, content } of VIEWS) {
      const page = await open(extension, key)
      await page.emulateMedia({ colorScheme: scheme })
      await content(page).waitFor()
      const file = path.join(folder, `${name}-${scheme}.png`)
      await page.screenshot({ path: file })
      files.push(file)
      await page.close()
    }
  }
  return files
}
