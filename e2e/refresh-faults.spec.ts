import type { Page } from '@playwright/test'

import type { FailureClass } from '@/src/domain/failure'

import { expect, test } from './fixtures'
import type { Fault } from './relays/kit/faults'
import {
  addTokenAccounts,
  glance,
  pointsOf,
  refreshAll,
  seedSites,
  STRANGER_ID,
} from './support/accounts'

/** Every tenth account meets one of these; `null` retains the class of a clean refresh. */
const FAULTS: readonly { readonly fault: Fault; readonly class: FailureClass }[] = [
  { fault: { kind: 'status', status: 500 }, class: 'server' },
  { fault: { kind: 'reset' }, class: 'network' },
  { fault: { kind: 'truncate' }, class: 'changed-api' },
  { fault: { kind: 'spa' }, class: 'changed-api' },
  { fault: { kind: 'challenge' }, class: 'challenge' },
  { fault: { kind: 'wrong-user', userId: STRANGER_ID }, class: 'identity' },
  { fault: { kind: 'rate-limit', retryAfterSec: 120 }, class: 'limit' },
  { fault: { kind: 'wrong-units' }, class: 'changed-api' },
  { fault: { kind: 'redirect', to: 'http://elsewhere.test/' }, class: 'changed-api' },
  { fault: { kind: 'hang' }, class: 'network' },
]

test('300 accounts, 10 % faults: right classes, last good balances kept, age shown', async ({
  extension,
  farm,
  options,
}) => {
  test.setTimeout(180_000)
  const sites = seedSites(farm, { count: 300 })
  const ids = await addTokenAccounts(extension, options, sites)
  const first = await refreshAll(extension, options)
  expect(first).toMatchObject({ total: 300, succeeded: 300, failed: 0 })

  const expected = new Map<string, FailureClass>()
  for (const site of sites) {
    site.user.quota += 1_000_000
    if (site.index % 10 !== 0) continue
    const { fault, class: failureClass } = FAULTS[(site.index / 10) % FAULTS.length]!
    site.relay.faults.set({ path: '*' }, fault)
    expected.set(ids[site.index]!, failureClass)
  }
  const second = await refreshAll(extension, options)
  expect(second).toMatchObject({ total: 300, succeeded: 270, failed: 30 })

  const rows = new Map((await glance(extension, options)).map((row) => [row.id, row]))
  for (const site of sites) {
    const id = ids[site.index]!
    const row = rows.get(id)
    expect.soft(row?.failure?.class, site.origin).toBe(expected.get(id))
    const goodQuota = expected.has(id) ? site.quota : site.quota + 1_000_000
    expect.soft(pointsOf(row), site.origin).toBe(goodQuota)
  }
  await expectAgeShown(await extension.openPopup())
})

test('without a network everything known stays on screen, marked as not fresh', async ({
  extension,
  farm,
  options,
}) => {
  const sites = seedSites(farm, { count: 5 })
  await addTokenAccounts(extension, options, sites)
  await refreshAll(extension, options)
  await farm.close()
  expect(await refreshAll(extension, options)).toMatchObject({ succeeded: 0, failed: 5 })

  const rows = await glance(extension, options)
  for (const row of rows) {
    expect(row).toMatchObject({ health: 'attention', failure: { class: 'network' } })
  }
  expect(rows.map(pointsOf).sort()).toEqual(sites.map((site) => site.quota).sort())
  await options.reload()
  await expect(options.getByRole('row', { name: /Site 0004/ })).toContainText('0.12')
  await options.getByText('Site 0004').first().click()
  await expect(options.getByRole('button', { name: 'Try again' })).toBeVisible()
})

/** The popup says how old what it shows is, for a failed account as for the whole. */
async function expectAgeShown(popup: Page): Promise<void> {
  await popup.getByRole('searchbox').fill('Site 0000')
  const row = popup.getByRole('listitem').filter({ hasText: 'Site 0000' })
  await expect(row).toHaveCount(1)
  await row.getByRole('button', { name: /Site 0000/ }).click()
  await expect(row.locator('time').first()).toBeVisible()
}
