import { type Page, test as base } from '@playwright/test'

import { type Farm, startFarm } from '../relays/farm'
import { glance } from '../support/accounts'
import { type ExtensionBrowser, launchExtension } from '../support/browser'

interface Fixtures {
  /** The worker's browser, without accounts and without open pages. */
  extension: ExtensionBrowser
  farm: Farm
}

interface WorkerFixtures {
  /** Every test has a host of its own, so many can use one browser. */
  sharedBrowser: ExtensionBrowser
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sharedBrowser: [
    async ({}, use) => {
      const extension = await launchExtension()
      await use(extension)
      await extension.close()
    },
    { scope: 'worker' },
  ],
  extension: async ({ sharedBrowser }, use) => {
    const kept = new Set<Page>(sharedBrowser.context.pages())
    await use(sharedBrowser)
    const options = await sharedBrowser.openOptions()
    const rows = await glance(sharedBrowser, options)
    await sharedBrowser.send(options, 'accounts.remove', { ids: rows.map(({ id }) => id) })
    for (const page of sharedBrowser.context.pages()) if (!kept.has(page)) await page.close()
  },
  farm: async ({}, use) => {
    const farm = await startFarm()
    await use(farm)
    await farm.close()
  },
})

export { expect } from '@playwright/test'
