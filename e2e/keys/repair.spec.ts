import type { Page } from '@playwright/test'

import { expect, test } from '../fixtures'
import { KeysPage } from '../pages/keys-page'
import { type Farm, startFarm } from '../relays/farm'
import { totpCode } from '../relays/new-api/second-factor'
import type { ExtensionBrowser } from '../support/browser'
import { logIn } from '../support/console'
import { addByLogin } from '../support/shielded-sites'
import {
  addKeyAccount,
  type KeyAccount,
  keyRelay,
  plainKeys,
  TOTP_SECRET,
  USER_NAME,
  USER_PASSWORD,
} from './key-accounts'

const ONE = '/api/token/:id/key'
const MANY = '/api/token/batch/keys'

const numbered = (count: number) =>
  plainKeys(...Array.from({ length: count }, (_, at) => `key ${String(at + 1)}`))

const asked = ({ relay }: Pick<KeyAccount, 'relay'>) =>
  relay.counters.count('POST', ONE) + relay.counters.count('POST', MANY)

/** Every key is shown as the site has it, and nothing has to be asked for that. */
async function expectAllKnown(keys: KeysPage, { relay }: Pick<KeyAccount, 'relay'>) {
  const before = asked({ relay })
  for (const { name, key } of relay.state.tokens.values()) {
    await keys.page.getByRole('button', { name: `Show the key ${name}`, exact: true }).click()
    await expect(await keys.cell(name, 'Key')).toHaveText(`sk-${key}`)
  }
  expect(asked({ relay })).toBe(before)
}

test('a repair gets every key that the site hides, in one call where there is one', async ({
  extension,
  farm,
  options,
}) => {
  const north = await addKeyAccount(extension, options, farm, 'North', { keys: numbered(5) })
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(5)
  await keys.openRepair()
  const { panel } = keys
  await expect(panel.getByText('5 keys are known only in part.')).toBeVisible()
  expect(asked(north)).toBe(0)
  await panel.getByRole('button', { name: 'Start repair' }).click()
  await expect(panel.getByText('Finished, 5 of 5 keys done')).toBeVisible()
  await expect(panel.getByText('5 keys completed')).toBeVisible()
  await expect(panel.getByRole('region', { name: 'North' })).toContainText('5 of 5')
  expect(asked(north)).toBe(1)
  await keys.closePanel()
  await expect(keys.page.getByRole('link', { name: 'Repair missing keys' })).toBeHidden()
  await expectAllKnown(keys, north)
})

/** A fork that asks for a second factor, and its user's account by the browser's own login. */
async function protectedSite(extension: ExtensionBrowser, farm: Farm, options: Page) {
  const relay = keyRelay({ keys: numbered(3), protectKeys: true })
  farm.add('guarded.test', relay)
  const origin = farm.origin('guarded.test')
  const console = await extension.context.newPage()
  await logIn(console, origin, USER_NAME, USER_PASSWORD)
  await addByLogin(extension, options, origin, 'browser-login')
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(3)
  await keys.openRepair()
  await keys.panel.getByRole('button', { name: 'Start repair' }).click()
  await expect(
    keys.panel.getByText(/guarded\.test.* wants the code of your second factor for 3 keys/),
  ).toBeVisible()
  return { relay, keys, panel: keys.panel }
}

test('a site that wants a second factor asks for a code, and the repair goes on with it', async ({
  extension,
  farm,
  options,
}) => {
  const { relay, keys, panel } = await protectedSite(extension, farm, options)
  const code = panel.getByRole('textbox', { name: 'Current code' })
  const confirm = panel.getByRole('button', { name: 'Confirm' })
  await code.fill('12')
  await confirm.click()
  await expect(panel.getByText('A code has 4 to 16 characters.')).toBeVisible()
  expect(relay.counters.count('POST', '/api/verify')).toBe(0)
  await code.fill('00000000')
  await confirm.click()
  await expect(panel.getByRole('alert')).toBeVisible()
  expect(relay.counters.count('POST', '/api/verify')).toBe(1)

  await code.fill(totpCode(TOTP_SECRET, Date.now()))
  await confirm.click()
  await expect(panel.getByText('Finished, 3 of 3 keys done')).toBeVisible()
  await expect(panel.getByText('3 keys completed')).toBeVisible()
  await expect(code).toBeHidden()
  await keys.closePanel()
  await expectAllKnown(keys, { relay })
})

test('the stored secret of a second factor answers the site in place of a typed code', async ({
  extension,
  farm,
  options,
}) => {
  const { relay, keys, panel } = await protectedSite(extension, farm, options)
  await panel.getByText('Let Relaydeck make the codes').click()
  await panel
    .getByLabel('Secret of the second factor')
    .fill(`otpauth://totp/Guarded:ada?secret=${TOTP_SECRET}`)
  await panel.getByRole('button', { name: 'Store it' }).click()
  await panel.getByRole('button', { name: 'Use stored secret' }).click()
  await expect(panel.getByText('Finished, 3 of 3 keys done')).toBeVisible()
  await expect(panel.getByText('3 keys completed')).toBeVisible()
  expect(await keys.page.content()).not.toContain(TOTP_SECRET)
  await keys.closePanel()
  await expectAllKnown(keys, { relay })
})

test('a repair whose worker is killed in the middle goes on by itself and asks for nothing twice', async ({
  extension,
  farm,
  options,
}) => {
  const COUNT = 8
  const north = await addKeyAccount(extension, options, farm, 'North', {
    keys: numbered(COUNT),
    hasBatchReveal: false,
  })
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(COUNT)
  north.relay.faults.set({ path: ONE }, { kind: 'latency', ms: 150 })
  await keys.openRepair()
  await keys.panel.getByRole('button', { name: 'Start repair' }).click()
  await expect.poll(() => north.relay.counters.count('POST', ONE)).toBeGreaterThan(2)
  await extension.stopWorker()
  const killedAfter = north.relay.counters.count('POST', ONE)
  expect(killedAfter).toBeLessThan(COUNT)
  await expect(keys.panel.getByText('Finished, 8 of 8 keys done')).toBeVisible()
  // Only the call that was cut off may have been made again.
  expect(north.relay.counters.count('POST', ONE)).toBeLessThanOrEqual(COUNT + 1)
  await keys.closePanel()
  await expectAllKnown(keys, north)
})

test('a worker killed while it deletes many keys leaves list and site in agreement after a refresh', async ({
  extension,
  farm,
  options,
}) => {
  const north = await addKeyAccount(extension, options, farm, 'North', { keys: numbered(6) })
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(6)
  const STUCK = `/api/token/${String(north.key('key 4')!.id)}`
  north.relay.faults.set({ method: 'DELETE', path: STUCK }, { kind: 'hang' })
  await keys.page.getByRole('checkbox', { name: 'Select all shown keys', exact: true }).check()
  await keys.selectionBar.getByRole('button', { name: 'Delete' }).click()
  await keys.dialog.getByRole('button', { name: 'Delete' }).click()
  const isStuck = () => north.relay.counters.requests().some(({ path }) => path === STUCK)
  await expect.poll(isStuck).toBe(true)
  await extension.stopWorker()

  await expect(keys.page.getByText(/^It did not work for \d keys?:$/)).toBeVisible()
  const left = [...north.relay.state.tokens.values()].map(({ name }) => name)
  expect(left).toContain('key 4')
  expect(left.length).toBeLessThan(6)
  await keys.refresh()
  await expect(keys.names).toHaveText([...left].sort())
  north.relay.faults.clear()
  await keys.remove('key 4')
  await expect(keys.row('key 4')).toHaveCount(0)
  expect(north.key('key 4')).toBeUndefined()
})

test('without a network the known keys stay, and the page says why there are no newer ones', async ({
  extension,
  options,
}) => {
  const farm = await startFarm()
  const north = await addKeyAccount(extension, options, farm, 'North', { keys: numbered(3) })
  const keys = await KeysPage.open(extension)
  await expect(keys.rows).toHaveCount(3)
  await keys.page.getByRole('button', { name: 'Show the key key 1' }).click()
  const full = `sk-${north.key('key 1')!.key}`
  await expect(await keys.cell('key 1', 'Key')).toHaveText(full)
  await farm.close()

  await keys.refresh()
  const notice = keys.page.getByRole('note').filter({ hasText: '1 account could not be listed' })
  await expect(notice).toContainText('No connection')
  await expect(keys.accountRow('North')).toContainText('No connection · 3 keys')
  await expect(keys.names).toHaveText(['key 1', 'key 2', 'key 3'])
  await keys.page.reload()
  await expect(keys.names).toHaveText(['key 1', 'key 2', 'key 3'])
  // What was had once can be had without the site; what was not, cannot.
  await keys.page.getByRole('button', { name: 'Show the key key 1' }).click()
  await expect(await keys.cell('key 1', 'Key')).toHaveText(full)
  await keys.page.getByRole('button', { name: 'Show the key key 2' }).click()
  await expect(keys.page.getByRole('alert')).toContainText('No connection')

  const again = await startFarm({ port: farm.port })
  again.add(north.host, north.relay)
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect(notice).toBeHidden()
  await expect(keys.accountRow('North')).toContainText('3 keys')
  await again.close()
})
