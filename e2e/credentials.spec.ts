import type { IncomingMessage } from 'node:http'

import { expect, test } from './fixtures'
import { CredentialsPage } from './pages/credentials-page'
import type { Farm } from './relays/farm'
import { createModelGateway, type ModelGateway } from './relays/models/gateway'
import { createNewApiRelay } from './relays/new-api/relay'
import { createSub2ApiRelay } from './relays/sub2api/relay'
import type { ExtensionBrowser } from './support/browser'
import { addCredential } from './support/credentials'
import { addListedSite, listKeys } from './support/listed-site'

const SECRET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl'
const KEY = `sk-${SECRET}`

/** A New API site whose key has two dollars left of three. */
function addNewApi(farm: Farm, host: string) {
  const key = { name: 'one', key: SECRET, remainQuota: 1_000_000, usedQuota: 500_000 }
  const user = { id: 7, username: 'ada', password: 'pw', quota: 4_000_000, keys: [key] }
  const relay = createNewApiRelay({ generation: 'g1b', users: [user] })
  farm.add(host, relay)
  return relay
}

function addSub2Api(farm: Farm, host: string) {
  const relay = createSub2ApiRelay({
    generation: 'new',
    groups: [{ id: 4, name: 'claude', models: [{ name: 'claude-sonnet-4' }] }],
    users: [
      {
        id: 7,
        email: 'ada@mail.example',
        username: 'ada',
        password: 'pw',
        balance: 12.5,
        keys: [{ name: 'one', key: KEY, groupId: 4 }],
      },
    ],
  })
  farm.add(host, relay)
  return relay
}

function addGateway(farm: Farm, host: string, models: readonly string[]): ModelGateway {
  const gateway = createModelGateway({ keys: [KEY], models })
  farm.add(host, gateway)
  return gateway
}

async function listed(extension: ExtensionBrowser, { page }: CredentialsPage) {
  const answer = await extension.send(page, 'credentials.list', {})
  if (!answer.ok) throw new Error(`no list: ${JSON.stringify(answer.failure)}`)
  return answer.value
}

test('a credential is added with the address tidied, and its figures come by themselves', async ({
  extension,
  farm,
}) => {
  addNewApi(farm, 'harbour.test')
  addSub2Api(farm, 'island.test')
  const credentials = await CredentialsPage.open(extension)
  await expect(credentials.page.getByText('No credentials yet')).toBeVisible()
  const typed = `${farm.origin('HARBOUR.test')}/v1/`
  await credentials.startAdd({ name: 'Harbour', address: ` ${typed}`, key: KEY })
  await expect(credentials.field('Base address')).toHaveValue(` ${typed}`)
  const saved = farm.origin('harbour.test')
  await expect(credentials.panel.getByText(`Will be saved as ${saved}`)).toBeVisible()
  await credentials.save()

  await expect(credentials.fact('Base address')).toHaveText(saved)
  await expect(credentials.panel.getByText('$2.00')).toBeVisible()
  await expect(credentials.fact('Used in all')).toContainText('$1.00')
  await expect(credentials.fact('Granted in all')).toContainText('$3.00')
  await expect(credentials.fact('Balance and use')).toContainText('answered by New API token')
  await expect(credentials.panel.getByRole('heading', { name: 'Models 4' })).toBeVisible()
  await expect(await credentials.cell('Harbour', 'Balance')).toHaveText('2.00')
  await expect(credentials.row('Harbour')).toContainText('Working')
  await credentials.close()

  await credentials.add({ name: 'Island', address: farm.origin('island.test'), key: KEY })
  await expect(credentials.panel.getByText('$12.50')).toBeVisible()
  await expect(credentials.fact('Balance and use')).toContainText('answered by Sub2API')
  await expect(credentials.fact('Requests today')).toHaveText('0')
  // What was asked before it answered is told as not offered there, not as a failure.
  const attempts = credentials.panel.getByRole('listitem').filter({ hasText: 'New API token' })
  await expect(attempts).toContainText('not offered there')

  expect(await credentials.page.content()).not.toContain(SECRET)
  await credentials.panel.getByRole('button', { name: 'Show key' }).click()
  await expect(credentials.panel.getByText(KEY)).toBeVisible()
  await credentials.close()
  expect(await credentials.page.content()).not.toContain(SECRET)
})

interface Answer {
  readonly type: string
  readonly body: string
  readonly location?: string
}

/** A site of its own kind, which notes what it is asked. */
function addOwnSite(farm: Farm, host: string, answers: Readonly<Record<string, Answer>>) {
  const asked: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = []
  farm.add(host, {
    handle: (request, response) => {
      asked.push(request)
      const found = answers[(request.url ?? '').replace(/\?.*/, '')]
      const headers = {
        'content-type': found?.type ?? 'application/json',
        ...(found?.location === undefined ? {} : { location: found.location }),
      }
      response.writeHead(found ? (found.location === undefined ? 200 : 302) : 404, headers)
      response.end(found?.body ?? '{}')
    },
  })
  return asked
}

const JSON_TYPE = 'application/json'

test('a custom endpoint is tried first, asks its own site only, and says what is wrong', async ({
  extension,
  farm,
}) => {
  const strangers = addOwnSite(farm, 'stranger.test', {})
  const asked = addOwnSite(farm, 'own.test', {
    '/usage': { type: JSON_TYPE, body: '{"data":{"balance":"12.5","name":"ada"}}' },
    '/html': { type: 'text/html', body: '<!doctype html><title>Console</title>' },
    '/big': { type: JSON_TYPE, body: `"${'x'.repeat(10 << 20)}"` },
    '/away': { type: JSON_TYPE, body: '{}', location: `${farm.origin('stranger.test')}/taken` },
  })
  const credentials = await CredentialsPage.open(extension)
  await credentials.startAdd({ name: 'Own', address: farm.origin('own.test'), key: KEY })
  await credentials.panel.getByLabel('Balance and use').selectOption('Custom read-only endpoint')
  const attempt = async (endpoint: string, path: string, words: string) => {
    await credentials.field('Endpoint').fill(endpoint)
    await credentials.field('Balance').fill(path)
    await credentials.test()
    await expect(credentials.panel.getByText(words).first()).toBeVisible()
  }
  const balance = 'data.balance'
  await attempt('', balance, 'Enter the endpoint.')
  await attempt('/usage', '', 'Fill in at least one value.')
  const stranger = farm.origin('stranger.test')
  for (const elsewhere of [stranger, stranger.replace('http:', ''), `/\\${stranger.slice(7)}`]) {
    await attempt(`${elsewhere}/usage`, balance, 'the key goes nowhere else.')
  }
  await attempt('POST /usage', balance, 'Begin with a single /, or enter a whole address.')
  await attempt('/usage', 'data[0]', 'Only names and positions with dots between them.')
  await attempt('/usage', '__proto__.x', 'Only names and positions with dots between them.')
  expect(asked, 'nothing was sent for any of these').toEqual([])

  await attempt('/away', balance, 'which Relaydeck does not follow')
  await attempt('/html', balance, 'answered with a web page instead of data')
  await attempt('/missing', balance, 'does not know this request (status 404)')
  await attempt('/usage', 'data.nothing', 'nothing at the place given for “Balance”')
  await attempt('/usage', 'data.name', 'is not a number')
  await attempt('/big', balance, 'sent more data than an answer should have')
  await attempt('/usage?days=1', balance, 'This was read by Custom read-only endpoint.')
  await expect(credentials.panel.getByText('$12.50')).toBeVisible()
  expect(strangers).toEqual([])
  expect(asked.map(({ method }) => method)).toEqual(Array(7).fill('GET'))
  expect(asked.at(-1)?.url).toBe('/usage?days=1')
  for (const { headers } of asked) {
    expect(headers.authorization).toBe(`Bearer ${KEY}`)
    expect(headers.cookie).toBeUndefined()
  }
  expect(await listed(extension, credentials), 'trying stores nothing').toEqual([])

  await credentials.save()
  await expect(await credentials.cell('Own', 'Balance')).toHaveText('12.50')
})

test('a credential is changed without its key being typed again, and a second one joins it', async ({
  extension,
  farm,
}) => {
  const relay = addNewApi(farm, 'harbour.test')
  const address = farm.origin('harbour.test')
  const credentials = await CredentialsPage.open(extension)
  await credentials.add({ name: 'Harbour', address, key: KEY })
  await expect(credentials.panel.getByText('$2.00')).toBeVisible()
  const [before] = await listed(extension, credentials)

  await credentials.panel.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(credentials.keyField).toHaveValue('')
  await expect(credentials.panel.getByText('Leave empty to keep the stored key.')).toBeVisible()
  await credentials.field('Name').fill('Harbour, old')
  await credentials.field('Notes').fill('for the pipeline')
  await credentials.panel.getByRole('combobox', { name: 'Tags' }).fill('work')
  await credentials.page.keyboard.press('Enter')
  await credentials.save()
  await expect(credentials.panel.getByText('Saved', { exact: true })).toBeVisible()
  await credentials.close()
  await expect(credentials.row('Harbour, old')).toContainText('work')
  relay.state.tokens.forEach((token) => (token.remainQuota = 2_000_000))
  await credentials.choose('Harbour, old', 'Refresh')
  await expect(await credentials.cell('Harbour, old', 'Balance')).toHaveText('4.00')
  const [after] = await listed(extension, credentials)
  expect(after).toMatchObject({ id: before?.id, fingerprint: before?.fingerprint })

  // The same type, address and key again: one stays, with what was typed last and all tags.
  await credentials.startAdd({ name: 'Harbour', address: `${address}/v1`, key: ` ${KEY} ` })
  await credentials.panel.getByRole('combobox', { name: 'Tags' }).fill('home')
  await credentials.page.keyboard.press('Enter')
  await credentials.save()
  await expect(credentials.panel.getByText('was there already. It was updated')).toBeVisible()
  await expect(credentials.rows).toHaveCount(1)
  await expect(credentials.row('Harbour')).toContainText(/work, home|home, work/)
  expect((await listed(extension, credentials)).map(({ id }) => id)).toEqual([before?.id])
})

test('a credential saved from a key knows its key, and tells when that is gone', async ({
  extension,
  farm,
  options,
}) => {
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: [{ name: 'first', unlimited: true }],
  })
  const [key] = site.keys
  await options.goto(options.url().replace(/#.*$/, '#/keys'))
  await options.bringToFront()
  await options.getByRole('button', { name: 'More for first' }).click()
  await options.getByRole('menuitem', { name: 'Save as credential' }).click()
  const dialog = options.getByRole('dialog')
  await dialog.getByLabel('Name of the credential').fill('Copy of first')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()

  const credentials = await CredentialsPage.open(extension)
  await credentials.openDetails('Copy of first')
  await expect(credentials.panel.getByText('Linked to a key of an account')).toBeVisible()
  const link = credentials.panel.getByRole('link', { name: 'Open the key of Harbour' })
  await expect(link).toHaveAttribute('href', `#/keys/details/${site.accountId}/${key!.id}`)
  await credentials.panel.getByRole('button', { name: 'Show key' }).click()
  await expect(credentials.panel.getByText(key!.secret)).toBeVisible()

  site.relay.state.tokens.delete(Number(key!.id))
  await listKeys(extension, options, site.accountId)
  await expect(credentials.panel.getByText('The linked key is gone')).toBeVisible()
  await credentials.panel.getByRole('button', { name: 'End the link' }).click()
  await expect(credentials.panel.getByText('The linked key is gone')).toBeHidden()
  expect(await listed(extension, credentials)).toHaveLength(1)
})

test('credentials are found by name, address, tag, note and type, and deleted', async ({
  extension,
  farm,
}) => {
  addGateway(farm, 'harbour.test', ['gpt-4o'])
  addGateway(farm, 'island.test', ['gpt-4o'])
  const credentials = await CredentialsPage.open(extension)
  const { page } = credentials
  const tag = await extension.send(page, 'tags.make', { name: 'work' })
  const rows = [
    { name: 'Alpha', host: 'harbour.test', apiType: 'openai-compatible', notes: '', tagged: true },
    { name: 'Beta', host: 'harbour.test', apiType: 'anthropic', notes: 'fox', tagged: false },
    { name: 'Gamma', host: 'island.test', apiType: 'google', notes: '', tagged: false },
  ] as const
  for (const { host, tagged, ...form } of rows) {
    const tagIds = tagged && tag.ok ? [tag.value.id] : []
    const baseUrl = farm.origin(host)
    await addCredential(extension, page, { ...form, baseUrl, apiKey: KEY, tagIds })
  }
  await expect(credentials.rows).toHaveCount(3)
  const finds = { alp: ['Alpha'], island: ['Gamma'], work: ['Alpha'], FOX: ['Beta'], nope: [] }
  for (const [query, names] of Object.entries(finds)) {
    await credentials.search.fill(query)
    await expect(credentials.rows).toHaveCount(names.length)
    for (const name of names) await expect(credentials.row(name)).toBeVisible()
  }
  await expect(page.getByText('No credential fits the search and filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all credentials' }).click()
  await expect(credentials.rows).toHaveCount(3)

  const type = credentials.filters.getByRole('combobox', { name: 'API type' })
  await type.selectOption('Anthropic')
  await expect(credentials.rows).toHaveCount(1)
  await expect(credentials.row('Beta')).toBeVisible()
  await type.selectOption({ index: 0 })
  const label = credentials.filters.getByRole('button', { name: 'work', exact: true })
  await label.click()
  await expect(credentials.rows).toHaveCount(1)
  await label.click()
  await expect(credentials.rows).toHaveCount(3)

  await credentials.choose('Beta', 'Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Delete the credential Beta?')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(credentials.rows).toHaveCount(3)
  await credentials.choose('Beta', 'Delete')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(credentials.rows).toHaveCount(2)
  await page.reload()
  await expect(credentials.row('Alpha')).toBeVisible()
  await expect(credentials.row('Beta')).toHaveCount(0)
})
