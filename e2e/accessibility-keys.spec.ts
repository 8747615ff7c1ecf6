import { expect, test } from './fixtures'
import { ExportPanel } from './pages/export-panel'
import { createModelGateway } from './relays/models/gateway'
import { seriousIssues } from './support/axe'
import { addCredential } from './support/credentials'
import { addListedSite } from './support/listed-site'

// axe takes a second or two with every screen.
test.describe.configure({ timeout: 180_000 })

test('every panel of keys and credentials', async ({ extension, farm, options }) => {
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: [{ name: 'first', unlimited: true, modelLimits: ['gpt-4o-mini'] }],
  })
  const gateway = createModelGateway({ keys: ['sk-of-mine'], models: ['gpt-4o-mini'] })
  farm.add('models.test', gateway)
  const credential = await addCredential(extension, options, {
    name: 'Island',
    baseUrl: farm.origin('models.test'),
    apiKey: 'sk-of-mine',
    query: { mode: 'custom', custom: { endpoint: '/usage', paths: { balanceUsd: 'balance' } } },
  })
  await extension.send(options, 'credentials.refresh', { ids: [credential] })
  const key = `${site.accountId}/${site.keys[0]!.id}`
  const panels = [
    [`keys?account=${site.accountId}`, 'Keys'],
    ['keys/create', 'Create key'],
    [`keys/details/${key}`, 'first'],
    [`keys/edit/${key}`, 'Edit first'],
    [`keys/duplicate/${key}`, 'Duplicate first'],
    [`keys/check/${key}`, 'Verify first'],
    [`keys/rotate/${key}`, /Rotate/],
    ['keys/repair', 'Repair missing keys'],
    ['keys/audit', /audit/i],
    ['credentials/add', 'Add credential'],
    [`credentials/details/${credential}`, 'Island'],
    [`credentials/edit/${credential}`, 'Edit Island'],
    [`credentials/check/${credential}`, 'Verify Island'],
    [`models/${credential}`, 'Models of Island'],
    [`keys/export/${key}`, 'Export key'],
  ] as const
  for (const [place, heading] of panels) {
    await options.goto(options.url().replace(/#.*$/, `#/${place}`))
    await expect(options.getByRole('heading', { name: heading }).first()).toBeVisible()
    await expect(options.getByText(/^(?:Reading|Asking)/)).toHaveCount(0)
    expect(await seriousIssues(options), place).toEqual([])
  }
  const panel = new ExportPanel(options)
  for (const target of ['Cherry Studio', 'Codex', 'Kilo Code 7']) {
    await panel.choose(target)
    await panel.prepare()
    expect(await seriousIssues(options), target).toEqual([])
  }
})
