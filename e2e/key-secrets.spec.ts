import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, type Page, test } from '@playwright/test'

import { createCliProxyApi } from './gateways/cli-proxy-api/server'
import { CheckPanel } from './pages/check-panel'
import { CredentialsPage } from './pages/credentials-page'
import { ExportPanel } from './pages/export-panel'
import { GatewaysSection } from './pages/gateways-section'
import { KeysPage } from './pages/keys-page'
import { scanProfile } from './profile-scan/scan'
import { type Farm, startFarm } from './relays/farm'
import { createModelGateway } from './relays/models/gateway'
import { type ExtensionBrowser, launchExtension } from './support/browser'
import { listenToConsoles } from './support/clear-text'
import { addListedSite, type ListedSite } from './support/listed-site'

/** Recognisable secrets, one of each kind there is. */
const SITE_KEY = 'canaryKeyQ7vR2mX9pL4kW8nZ1tB6yD3fG5hJ0sA7cE2uI9o'
const SAVED_KEY = 'sk-canarySavedK3mP8wT1xV6bN4qF9zR2yH7jL5dG0'
const GATEWAY_SECRET = 'canaryGatewayM5nB8vC2xZ7lK4jH9gF1dS6'
const TOTP = 'CANARYTOTPSECRETGEZDGNBVGY3TQOJQ'
/** Not secret, but nobody's business who finds the profile. */
const HOST = 'canary-api-7d3e9b.test'
const NAME = 'Canary Credential 51fa'
const NOTES = 'canary notes: rotate it when the geese leave'
const SECRETS = { SITE_KEY, SAVED_KEY, GATEWAY_SECRET, TOTP }
const CANARIES = Object.entries({ ...SECRETS, HOST, NAME, NOTES }).map(([name, value]) => ({
  name,
  value,
}))

/** Everything the extension keeps in the browser's storage that is not its database. */
function storageOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { storage } = (
      globalThis as unknown as {
        chrome: { storage: Record<'local' | 'session', { get(what: null): Promise<unknown> }> }
      }
    ).chrome
    const kept = await Promise.all([storage.local.get(null), storage.session.get(null)])
    const web = [localStorage, sessionStorage].map((one) => Object.entries(one))
    return JSON.stringify([kept, web])
  })
}

function expectNoSecret(text: string, where: string): void {
  for (const [name, value] of Object.entries(SECRETS)) {
    expect(text.includes(value), `${name} in ${where}`).toBe(false)
  }
}

/** Uses every kind of secret as its owner would: typed, revealed, copied, verified, handed over. */
async function useEverything(extension: ExtensionBrowser, farm: Farm, page: Page) {
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const site = await addListedSite(extension, farm, page, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: [{ name: 'first', key: SITE_KEY, unlimited: true }],
  })
  const totp = { accountId: site.accountId, secret: TOTP }
  expect(await extension.send(page, 'keys.saveTotp', totp)).toMatchObject({ ok: true })

  const models = createModelGateway({ keys: [SAVED_KEY], models: ['gpt-4o-mini'] })
  farm.add(HOST, models)
  const credentials = await CredentialsPage.open(extension)
  await credentials.startAdd({ name: NAME, address: farm.origin(HOST), key: SAVED_KEY })
  await credentials.field('Notes').fill(NOTES)
  await credentials.panel.getByRole('button', { name: 'Show', exact: false }).first().click()
  await credentials.save()
  await expect(credentials.panel.getByText('About this credential')).toBeVisible()
  await credentials.panel.getByRole('button', { name: 'Show key' }).click()
  await expect(credentials.panel.getByText(SAVED_KEY)).toBeVisible()
  await credentials.close()
  // A server that quotes the key it was sent.
  models.desk.behaviour.refusal = { status: 401, message: 'Invalid token:', echo: true }
  await credentials.choose(NAME, 'Verify')
  const check = new CheckPanel(credentials.page)
  await check.run()
  await expect(check.runs).toContainText('1 of 5 passed')

  const keys = await KeysPage.open(extension)
  await keys.page.getByRole('button', { name: 'Show the key first' }).click()
  await expect(keys.page.getByText(`sk-${SITE_KEY}`)).toBeVisible()
  await keys.page.getByRole('button', { name: 'Hide the key first' }).click()
  // Known now, it is found by its text.
  await keys.search.fill(SITE_KEY)
  await expect(keys.rows).toHaveCount(1)
  // The browser notes what stood in a page that is closed, to open it again.
  await keys.page.close()
  await useGateway(extension, farm, site)
}

async function useGateway(extension: ExtensionBrowser, farm: Farm, site: ListedSite) {
  const proxy = createCliProxyApi({ secret: GATEWAY_SECRET })
  farm.add('proxy.test', proxy)
  const settings = await GatewaysSection.open(extension)
  const address = farm.origin('proxy.test')
  await settings.add({ program: 'CLIProxyAPI', name: 'Proxy', address, secret: GATEWAY_SECRET })
  await settings.test('Proxy')
  await expect(settings.row('Proxy').getByText('It works')).toBeVisible()
  const panel = await ExportPanel.ofKey(extension, site.accountId, site.keys[0]!.id)
  await panel.choose('Proxy')
  await panel.pickModels('gpt-4o-mini')
  await panel.panel.getByRole('button', { name: 'Send key' }).click()
  await expect(panel.result).toContainText('Created')
  await panel.choose('Claude Code')
  await panel.prepare()
  await panel.part('Environment').getByRole('button', { name: 'Show' }).click()
  await expect(panel.result).toContainText(SITE_KEY)
  await panel.panel.getByRole('button', { name: 'Forget these keys' }).click()
  await panel.choose('Cherry Studio')
  await panel.prepare()
  const link = await panel.openProgram(panel.part('Harbour - first'))
  expect(Buffer.from(new URL(link).searchParams.get('data') ?? '', 'base64').toString()).toContain(
    SITE_KEY,
  )
}

test('no secret can be read in the profile, in storage, in a log, or in a page unasked', async () => {
  test.setTimeout(120_000)
  const profileDir = await mkdtemp(path.join(tmpdir(), 'relaydeck-secrets-'))
  const farm = await startFarm()
  try {
    const extension = await launchExtension({ profileDir })
    const said = listenToConsoles(extension)
    const options = await extension.openOptions()
    await useEverything(extension, farm, options)

    const places = [
      ['keys', 'Keys', 'first'],
      ['keys/repair', 'Repair missing keys', 'first'],
      ['credentials', 'Credentials', NAME],
      ['settings', 'Settings', 'Proxy'],
    ] as const
    await extension.stopWorker()
    for (const [place, heading, shown] of places) {
      const page = await extension.openOptions(`/${place}`)
      await expect(page.getByRole('heading', { name: heading })).toBeVisible()
      await expect(page.getByText(shown, { exact: true }).first()).toBeVisible()
      expectNoSecret(await page.content(), place)
    }
    for (const page of extension.context.pages().filter((one) => one.url().includes('options'))) {
      expectNoSecret(await page.content(), page.url())
      expectNoSecret(page.url(), 'an address')
    }
    expectNoSecret(await storageOf(options), 'storage')
    expectNoSecret(said.join('\n'), 'a console')
    await extension.close()
    expect(await scanProfile(profileDir, CANARIES)).toEqual([])
  } finally {
    await farm.close()
    await rm(profileDir, { recursive: true, force: true })
  }
})

test('no field leaves what is typed to the browser, which writes it down to restore pages', async () => {
  const farm = await startFarm()
  const extension = await launchExtension()
  try {
    const options = await extension.openOptions()
    const site = await addListedSite(extension, farm, options, {
      host: 'harbour.test',
      name: 'Harbour',
      keys: [{ name: 'first', unlimited: true }],
    })
    const key = `${site.accountId}/${site.keys[0]!.id}`
    const forms = [
      ['credentials/add', 'Notes'],
      [`accounts/${site.accountId}/edit`, 'Notes'],
      [`keys/edit/${key}`, 'IP addresses'],
      [`keys/check/${key}`, 'Model'],
    ] as const
    for (const [place, field] of forms) {
      await options.goto(options.url().replace(/#.*$/, `#/${place}`))
      await expect(options.getByLabel(field, { exact: true })).toBeVisible()
      const kept = options.locator(
        ':is(textarea, select, input):not([autocomplete="off"], [type="checkbox"], [type="radio"])',
      )
      expect(await kept.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML)), place).toEqual(
        [],
      )
    }
  } finally {
    await extension.close()
    await farm.close()
  }
})
