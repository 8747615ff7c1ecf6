import type { KeySource } from '@/src/domain/credential'

import { parseCsv } from '../tests/exporters/parsers/csv'
import { ccSwitchReads, cherryStudioReads, kelivoReads } from '../tests/exporters/parsers/links'
import { expect, test as base } from './fixtures'
import { ExportPanel } from './pages/export-panel'
import { KeysPage } from './pages/keys-page'
import { addListedSite, type ListedSite, listKeys } from './support/listed-site'

/** Two sites, whose keys were listed in part. */
const test = base.extend<{ harbour: ListedSite; island: ListedSite }>({
  harbour: async ({ extension, farm, options }, use) => {
    await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const keys = [
      { name: 'first', unlimited: true },
      { name: 'second', unlimited: true },
    ]
    await use(
      await addListedSite(extension, farm, options, {
        host: 'harbour.test',
        name: 'Harbour',
        keys,
      }),
    )
  },
  island: async ({ extension, farm, options }, use) => {
    const keys = [{ name: 'third', unlimited: true }]
    await use(
      await addListedSite(extension, farm, options, { host: 'island.test', name: '岛屿', keys }),
    )
  },
})

/** The page with all keys, and the panel that exports those of these names. */
async function exportChosen(page: KeysPage, ...names: string[]): Promise<ExportPanel> {
  await page.select(...names)
  await page.selectionBar.getByRole('button', { name: 'Export' }).click()
  const panel = new ExportPanel(page.page)
  await expect(panel.panel).toBeVisible()
  return panel
}

test('several keys of several sites are exported at once, none twice and none mixed up', async ({
  extension,
  harbour,
  island,
}) => {
  const secrets = [...harbour.keys, ...island.keys].map(({ secret }) => secret)
  const names = ['Harbour - first', 'Harbour - second', '岛屿 - third']
  const panel = await exportChosen(await KeysPage.open(extension), 'first', 'second', 'third')
  await expect(panel.panel.getByRole('heading', { name: 'Export 3 keys' })).toBeVisible()
  // A target that takes one key at a time is not offered, and it says so.
  await expect(panel.target('Codex')).toHaveCount(0)
  await expect(panel.panel.getByText(/One key at a time: .*Codex/)).toBeVisible()

  await panel.choose('Cherry Studio')
  await panel.prepare()
  const cherry: unknown[] = []
  for (const name of names) {
    cherry.push(cherryStudioReads(await panel.copied(panel.part(name), 'Copy link')))
  }
  expect(cherry).toMatchObject([
    { baseUrl: harbour.origin, apiKey: secrets[0], name: 'Harbour' },
    { baseUrl: harbour.origin, apiKey: secrets[1], name: 'Harbour' },
    { baseUrl: island.origin, apiKey: secrets[2], name: '岛屿' },
  ])
  await panel.choose('CC Switch')
  await panel.prepare()
  const switched = await panel.copied(panel.part(names[2]!), 'Copy link')
  expect(ccSwitchReads(switched)).toMatchObject({ name: names[2], apiKey: secrets[2] })

  await panel.choose('Kelivo')
  await panel.prepare()
  const kelivo = kelivoReads(await panel.copied(panel.part('Text')))
  expect(kelivo).toHaveLength(3)
  expect(kelivo).toEqual(
    expect.arrayContaining(
      names.map((name, at) => expect.objectContaining({ name, apiKey: secrets[at] }) as unknown),
    ),
  )
  await panel.choose('Keys only')
  await panel.prepare()
  expect((await panel.copied(panel.part('Text'))).split('\n').sort()).toEqual([...secrets].sort())
  await panel.choose('CSV')
  await panel.prepare()
  const [, ...rows] = parseCsv(await panel.copied(panel.part('relay-keys.csv')))
  const read = new Map(rows.map(([name, address, key]) => [name, [address, key]]))
  const origins = [harbour.origin, harbour.origin, island.origin]
  expect(read).toEqual(new Map(names.map((name, at) => [name, [origins[at], secrets[at]]])))
  // One note for each key and place: a link that was not used is none.
  await panel.toTargets()
  await expect(panel.ledger).toHaveCount(3 + 1 + 3 + 3 + 3)
  await expect(panel.ledger.filter({ hasText: 'CC Switch' })).toContainText('岛屿 - third')
})

test('a key that the site does not show is told, and the others are exported without it', async ({
  extension,
  harbour,
  island,
}) => {
  const [first, second] = harbour.keys
  harbour.relay.faults.set({ path: '/api/token/:id/key' }, { kind: 'status', status: 500 })
  const page = await KeysPage.open(extension)
  const panel = await exportChosen(page, 'first', 'second', 'third')
  await panel.choose('Keys only')
  await panel.prepare()
  await expect(panel.panel.getByText('2 keys could not be had')).toBeVisible()
  await expect(panel.panel.getByRole('note').getByText('Harbour - first')).toBeVisible()
  const copied = await panel.copied(panel.part('Text'))
  expect(copied).toBe(island.keys[0]!.secret)
  const shown = await page.table.textContent()
  for (const { secret } of [first!, second!]) {
    // What the list shows of a key is never taken for it.
    expect(shown).toContain(secret.slice(-4))
    expect(copied).not.toContain(secret.slice(-4))
  }
})

test('the ledger says when a key it tells of was disabled or deleted', async ({
  extension,
  options,
  harbour,
}) => {
  const { accountId, keys } = harbour
  const [key] = keys
  const source: KeySource = { kind: 'key', accountId, keyId: key!.id }
  const saved = await extension.send(options, 'credentials.fromKey', {
    key: { accountId, keyId: key!.id },
    name: 'Copy of first',
    apiType: 'openai-compatible',
    tagIds: [],
  })
  expect(saved.ok).toBe(true)
  const panel = await ExportPanel.ofKey(extension, accountId, key!.id)
  await expect(panel.panel.getByText('Nowhere, as far as Relaydeck knows.')).toBeVisible()
  await panel.choose('Kelivo')
  await panel.prepare()
  await panel.copied(panel.part('Text'))
  await panel.toTargets()
  await expect(panel.ledger).toHaveCount(1)
  await expect(panel.ledger).not.toContainText('disabled')

  const ref = { accountId, keyId: key!.id }
  await extension.send(options, 'keys.setEnabled', { keys: [ref], enabled: false })
  await expect(panel.ledger).toContainText('The key there is disabled.')
  await extension.send(options, 'keys.setEnabled', { keys: [ref], enabled: true })
  await expect(panel.ledger).not.toContainText('disabled')

  // The same key by its credential: the note is about the key, wherever it is kept.
  const id = saved.ok ? saved.value.id : ''
  const other = await ExportPanel.ofCredential(extension, id)
  await expect(other.ledger).toHaveCount(1)
  // Deleted by somebody else, at the site.
  harbour.relay.state.tokens.delete(Number(key!.id))
  await listKeys(extension, options, accountId)
  await expect(other.ledger).toContainText('The key there was deleted.')
  const ledger = await extension.send(options, 'exports.ledger', {})
  expect(ledger).toMatchObject({ value: [{ source, stale: 'deleted', destination: 'kelivo' }] })
  expect(JSON.stringify(ledger)).not.toContain(key!.secret)

  await other.ledger.getByRole('button', { name: 'Forget Kelivo' }).click()
  await expect(other.ledger).toHaveCount(0)
})
