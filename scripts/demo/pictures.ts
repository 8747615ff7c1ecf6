import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import type { Locator, Page } from '@playwright/test'

import type { ExtensionBrowser } from '@/e2e/support/browser'

/** A view of the extension, and what shows that it has its content. */
interface View {
  readonly name: string
  readonly open: (extension: ExtensionBrowser) => Promise<Page>
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
]

/** Pictures of the views, light and dark, into `folder`. */
export async function takePictures(extension: ExtensionBrowser, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    for (const { name, open, content } of VIEWS) {
      const page = await open(extension)
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
