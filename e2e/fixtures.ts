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

/** For what belongs to a day: it is about noon in this browser, and no day ends meanwhile. */
export const testAtNoon = test.extend({
  extension: async ({}, use) => {
    const extension = await launchExtension({ timeZone: zoneAtNoon() })
    await use(extension)
    await extension.close()
  },
})

/** A time zone of whole hours in which it is between half past eleven and half past twelve. */
function zoneAtNoon(): string {
  const eastHours = 12 - Math.round((Date.now() % 86_400_000) / 3_600_000)
  // The sign of these zones tells how far UTC is.
  return eastHours === 0 ? 'Etc/GMT' : `Etc/GMT${eastHours > 0 ? '-' : '+'}${Math.abs(eastHours)}`
}

export { expect } from '@playwright/test'
