import type { Page } from '@playwright/test'

import type { Farm } from '@/e2e/relays/farm'
import type { SeedKey } from '@/e2e/relays/new-api/relay'
import { addTokenAccounts, refreshAll, seedSites } from '@/e2e/support/accounts'
import type { ExtensionBrowser } from '@/e2e/support/browser'

export const ACCOUNTS = 100
const KEYS_PER_ACCOUNT = 20
export const KEYS = ACCOUNTS * KEYS_PER_ACCOUNT

const USES = ['editor', 'nightly build', 'notebook', 'translator', 'review bot']
const DAY_SEC = 86_400

/** Adds the accounts and lists their keys; every second site tells keys only in part. */
export async function seedKeys(extension: ExtensionBrowser, farm: Farm, page: Page): Promise<void> {
  const sites = seedSites(farm, {
    count: ACCOUNTS,
    hostPrefix: 'keys',
    generation: (index) => (index % 2 === 0 ? 'g1b' : 'g1a'),
    keys: keysOf,
  })
  await addTokenAccounts(extension, page, sites)
  await refreshAll(extension, page)
  const started = await extension.send(page, 'keys.load', {})
  if (!started.ok) throw new Error(`keys not loaded: ${JSON.stringify(started.failure)}`)
  await loaded(extension, page)
}

/** Waits for the end of the loading, which has to have brought every key. */
async function loaded(extension: ExtensionBrowser, page: Page): Promise<void> {
  for (;;) {
    const answer = await extension.send(page, 'keys.lists', {})
    if (!answer.ok) throw new Error(`no key lists: ${JSON.stringify(answer.failure)}`)
    const { lists, loading } = answer.value
    if (loading === null) {
      const count = lists.reduce((sum, { rows }) => sum + rows.length, 0)
      if (count !== KEYS) throw new Error(`${String(count)} keys were listed, not ${String(KEYS)}`)
      return
    }
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
  }
}

/** Keys of every kind: used, limited, switched off, ending, of one model alone. */
function keysOf(account: number): SeedKey[] {
  const nowSec = Math.floor(Date.now() / 1000)
  return Array.from({ length: KEYS_PER_ACCOUNT }, (_, at) => ({
    name: `${USES[at % USES.length] ?? ''} ${String(account * KEYS_PER_ACCOUNT + at).padStart(4, '0')}`,
    status: at % 7 === 6 ? 2 : 1,
    unlimited: at % 3 === 0,
    remainQuota: (at + 1) * 250_000,
    usedQuota: at * 31_000,
    expiredTime: at % 4 === 1 ? nowSec + (at - 4) * DAY_SEC : -1,
    group: at % 5 === 2 ? 'vip' : '',
    modelLimits: at % 6 === 5 ? ['gpt-4o'] : [],
  }))
}
