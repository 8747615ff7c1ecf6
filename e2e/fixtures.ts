import { type Page, test as base } from '@playwright/test'

import { type Farm, startFarm } from './relays/farm'
import { type ExtensionBrowser, launchExtension } from './support/browser'

interface Fixtures {
  /** A fresh profile with the extension in it. */
  extension: ExtensionBrowser
  /** A loopback server that gives every added relay its own origin. */
  farm: Farm
  /** The options page, open from the start of the test. */
  options: Page
}

export const test = base.extend<Fixtures>({
  // Playwright wants the destructured first argument even where nothing is taken from it.
  farm: async ({}, use) => {
    const farm = await startFarm()
    await use(farm)
    await farm.close()
  },
  extension: async ({}, use) => {
    const extension = await launchExtension()
    await use(extension)
    await extension.close()
  },
  options: async ({ extension }, use) => {
    await use(await extension.openOptions())
  },
})

export { expect } from '@playwright/test'
