import { readFile } from 'node:fs/promises'

import { parseCsv } from '../tests/exporters/parsers/csv'
import {
  ccSwitchReads,
  cherryStudioReads,
  claudeCodeRouterReads,
  kelivoReads,
  utf8FromBase64,
} from '../tests/exporters/parsers/links'
import { posixWords, variablesOf } from '../tests/exporters/parsers/shells'
import { parseToml } from '../tests/exporters/parsers/toml'
import { expect, test as base } from './fixtures'
import { ExportPanel } from './pages/export-panel'
import { addListedSite, type ListedSite } from './support/listed-site'

/** Names with everything a format could stumble over. */
const ACCOUNT = `Bob's "relay" (EU) 中转站（测试） 🦊 & Co; a=b`
const KEY_NAME = `it's "mine" (1) 密钥🔑`
const NAMED = `${ACCOUNT} - ${KEY_NAME}`
const MODEL = 'gpt-4o-mini'

const CHATS = [
  { 'In its hash': 'https://chat.test/#/?settings={"key":"{key}","url":"{address}"}' },
  { 'In its query': 'https://chat.test/?key={key}&url={address}' },
  { 'A program': 'cherrystudio://providers/api-keys?v=1&data={cherryConfig}' },
]

/** A site whose only key has such a name, and its key ready to be exported. */
const test = base.extend<{ site: ListedSite; panel: ExportPanel }>({
  site: async ({ extension, farm, options }, use) => {
    await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const keys = [{ name: KEY_NAME, unlimited: true }]
    const site = { host: 'harbour.test', name: ACCOUNT, keys, chats: CHATS }
    await use(await addListedSite(extension, farm, options, site))
  },
  panel: async ({ extension, site }, use) => {
    await use(await ExportPanel.ofKey(extension, site.accountId, site.keys[0]!.id))
  },
})

/** Every form of the key a page could give away. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${secret}`).toString('base64')
    // Without the characters that depend on what stands before and after it.
    return text.slice(offset === 0 ? 0 : 4, -4)
  })
  return [secret, encodeURIComponent(secret), ...base64]
}

async function expectHidden(panel: ExportPanel, secret: string): Promise<void> {
  const html = await panel.page.content()
  for (const form of formsOf(secret)) expect(html).not.toContain(form)
  const values = await panel.page.evaluate(() =>
    [...document.querySelectorAll('input, textarea, select')].map(
      (control) => (control as HTMLInputElement).value,
    ),
  )
  expect(values.join('\n')).not.toContain(secret)
  const addresses = await panel.page.evaluate(() =>
    [...document.querySelectorAll('a, area, iframe, form')].map(
      (one) => one.getAttribute('href') ?? one.getAttribute('src') ?? '',
    ),
  )
  expect(addresses.filter((address) => !address.startsWith('#'))).toEqual([])
}

test('links of programs carry the key there, and leave nothing of it in the page', async ({
  extension,
  site,
}) => {
  const [key] = site.keys
  const open = async (target: string, fill?: (panel: ExportPanel) => Promise<void>) => {
    const panel = await ExportPanel.ofKey(extension, site.accountId, key!.id)
    await panel.choose(target)
    await fill?.(panel)
    await panel.prepare()
    const part = panel.part(NAMED)
    const copied = await panel.copied(part, 'Copy link')
    await expectHidden(panel, key!.secret)
    const opened = await panel.openProgram(part)
    expect(opened).toBe(copied)
    return opened
  }
  const cherry = await open('Cherry Studio')
  expect(cherryStudioReads(cherry)).toMatchObject({
    baseUrl: site.origin,
    apiKey: key!.secret,
    name: ACCOUNT,
  })
  const claude = await open('CC Switch', async ({ panel }) => {
    await panel.getByLabel('For', { exact: true }).selectOption('Claude Code')
    await panel.getByRole('combobox', { name: 'Model', exact: true }).fill('claude-sonnet-4-5')
  })
  expect(ccSwitchReads(claude)).toMatchObject({
    app: 'claude',
    name: ACCOUNT,
    endpoint: site.origin,
    apiKey: key!.secret,
    model: 'claude-sonnet-4-5',
  })
  const router = await open('Claude Code Router 3', (panel) => panel.pickModels(MODEL))
  expect(claudeCodeRouterReads(router)).toMatchObject({
    name: ACCOUNT,
    base_url: `${site.origin}/v1`,
    api_key: key!.secret,
    models: [MODEL],
  })
  const own = await open('Chat link of the site', async ({ panel }) => {
    await panel.getByLabel('Chat link').selectOption('A program')
  })
  expect(cherryStudioReads(own)).toMatchObject({ baseUrl: site.origin, apiKey: key!.secret })

  const panel = await ExportPanel.ofKey(extension, site.accountId, key!.id)
  await expect(panel.ledger).toHaveCount(4)
  for (const target of ['Cherry Studio', 'CC Switch', 'Claude Code Router 3', 'Chat link of the']) {
    await expect(panel.ledger.filter({ hasText: target })).toBeVisible()
  }
})

test('each program of CC Switch gets a link of its own', async ({ site, panel }) => {
  const apps = {
    'Claude Code': ['claude', ''],
    Codex: ['codex', '/v1'],
    'Gemini CLI': ['gemini', ''],
    'Grok Build (newer versions)': ['grokbuild', '/v1'],
    'OpenCode (newer versions)': ['opencode', '/v1'],
    'OpenClaw (newer versions)': ['openclaw', '/v1'],
    'Hermes (newer versions)': ['hermes', '/v1'],
  } as const
  await panel.choose('CC Switch')
  for (const [label, [app, version]] of Object.entries(apps)) {
    await panel.panel.getByLabel('For', { exact: true }).selectOption(label)
    await panel.prepare()
    const read = ccSwitchReads(await panel.copied(panel.part(NAMED), 'Copy link'))
    expect(read).toMatchObject({
      app,
      endpoint: `${site.origin}${version}`,
      apiKey: site.keys[0]!.secret,
    })
  }
})

test('web chats are opened in a tab, and what their server will see is said before', async ({
  extension,
  farm,
  site,
  panel,
}) => {
  const [key] = site.keys
  const server: string[] = []
  const referrers = new Set<string | undefined>()
  farm.add('127.0.0.1', {
    handle: (request, response) => {
      server.push(request.url ?? '')
      if (request.url !== '/favicon.ico') referrers.add(request.headers.referer)
      response.end('<!doctype html><title>Chat</title>')
    },
  })
  const open = async (target: string) => {
    await panel.choose(target)
    await panel.panel.getByLabel('Address of the chat page').fill(farm.origin('127.0.0.1'))
    await panel.prepare()
    await expectHidden(panel, key!.secret)
    const opening = extension.context.waitForEvent('page')
    await panel.part(NAMED).getByRole('button', { name: 'Open' }).click()
    const tab = await opening
    await tab.waitForLoadState()
    const settings = /[?&]settings=([^#]*)/.exec(tab.url())?.[1] ?? ''
    await tab.close()
    await panel.page.bringToFront()
    return JSON.parse(decodeURIComponent(settings)) as unknown
  }
  expect(await open('NextChat')).toEqual({ key: key!.secret, url: site.origin })
  await expect(panel.part(NAMED).getByRole('note')).toHaveText(/history will hold it/)
  expect(server.join(), 'what follows the # is never sent').not.toContain(key!.secret)

  expect(await open('LobeChat')).toMatchObject({
    keyVaults: { openai: { apiKey: key!.secret, baseURL: `${site.origin}/v1` } },
  })
  await expect(panel.part(NAMED).getByRole('note')).toContainText([
    'will see this key',
    'history will hold it',
  ])
  expect(server.join()).toContain(key!.secret)
  expect([...referrers]).toEqual([undefined])

  await panel.choose('Chat link of the site')
  const choose = async (link: string) => {
    await panel.panel.getByLabel('Chat link').selectOption(link)
    await panel.prepare()
    await expect(panel.part(NAMED)).toContainText('Opens chat.test')
  }
  await choose('In its hash')
  await expect(panel.part(NAMED).getByRole('note')).toHaveText(/history will hold it/)
  const inHash = decodeURIComponent(await panel.copied(panel.part(NAMED), 'Copy link'))
  expect(inHash.slice(inHash.indexOf('#'))).toContain(key!.secret)
  await choose('In its query')
  await expect(panel.part(NAMED).getByRole('note')).toContainText([
    'will see this key',
    'history will hold it',
  ])
  const inQuery = new URL(await panel.copied(panel.part(NAMED), 'Copy link')).searchParams
  expect([inQuery.get('key'), inQuery.get('url')]).toEqual([key!.secret, site.origin])
})

test('texts and snippets hide the key until it is asked for, and are copied with it', async ({
  site,
  panel,
}) => {
  const { secret } = site.keys[0]!
  const v1 = `${site.origin}/v1`
  /** Prepares a target and gives its parts as they are copied, by their headings. */
  const texts = async (target: string, models: readonly string[] = []) => {
    await panel.choose(target)
    if (models.length > 0) await panel.pickModels(...models)
    await panel.prepare()
    await expectHidden(panel, secret)
    const found: Record<string, string> = {}
    for (const part of await panel.result.getByRole('group').all()) {
      const heading = await part.getByRole('heading').textContent()
      found[heading?.trim() ?? ''] = await panel.copied(part)
    }
    return found
  }
  const only = (found: Record<string, string>) => Object.values(found)[0] ?? ''
  const json = (text: string | undefined) => JSON.parse(text ?? '') as unknown

  expect(kelivoReads(only(await texts('Kelivo')))).toEqual([
    { type: 'openai', name: ACCOUNT, apiKey: secret, baseUrl: v1 },
  ])
  expect(json(only(await texts('Cursor++', [MODEL])))).toMatchObject({
    name: NAMED,
    baseUrl: v1,
    auth: { value: secret },
    models: [{ id: MODEL }],
  })
  expect(json(only(await texts('New API channel')))).toMatchObject({
    _type: 'newapi_channel_conn',
    key: secret,
    url: site.origin,
  })
  expect(only(await texts('Keys only'))).toBe(secret)

  const claude = await texts('Claude Code')
  const variables = { ANTHROPIC_BASE_URL: site.origin, ANTHROPIC_AUTH_TOKEN: secret }
  expect(variablesOf('posix', claude['Environment'] ?? '')).toEqual(variables)
  expect(json(claude['Settings ~/.claude/settings.json'])).toEqual({ env: variables })

  const codex = await texts('Codex')
  const config = parseToml(codex['Configuration ~/.codex/config.toml'] ?? '')
  expect(typeof config['model_provider']).toBe('string')
  expect(config['model_providers']).toEqual({
    [config['model_provider'] as string]: {
      name: ACCOUNT,
      base_url: v1,
      wire_api: 'responses',
      env_key: expect.stringMatching(/^[A-Z]\w*_API_KEY$/) as unknown as string,
    },
  })
  expect(Object.values(variablesOf('posix', codex['Environment'] ?? ''))).toEqual([secret])

  const gemini = await texts('Gemini CLI')
  const geminiVariables = { GEMINI_API_KEY: secret, GOOGLE_GEMINI_BASE_URL: site.origin }
  expect(variablesOf('posix', gemini['Environment'] ?? '')).toEqual(geminiVariables)
  expect(variablesOf('dotenv', gemini['Variables file ~/.gemini/.env'] ?? '')).toEqual(
    geminiVariables,
  )
  expect(variablesOf('posix', only(await texts('OpenAI variables')))).toEqual({
    OPENAI_BASE_URL: v1,
    OPENAI_API_KEY: secret,
  })
  const openCode = json(only(await texts('OpenCode', [MODEL]))) as { provider: object }
  expect(Object.values(openCode.provider)).toMatchObject([
    { name: ACCOUNT, options: { baseURL: v1, apiKey: secret }, models: { [MODEL]: {} } },
  ])
  expect(json(only(await texts('Claude Code Router 1, 2', [MODEL])))).toMatchObject({
    Providers: [{ api_base_url: `${v1}/chat/completions`, api_key: secret, models: [MODEL] }],
  })
})

test('what takes a model asks for it; commands and values carry the key', async ({
  site,
  panel,
}) => {
  const { secret } = site.keys[0]!
  const v1 = `${site.origin}/v1`
  await panel.choose('curl')
  await panel.panel.getByRole('button', { name: /^Prepare/ }).click()
  await expect(panel.panel.getByRole('combobox', { name: 'Model', exact: true })).toBeFocused()
  await expect(panel.panel.getByText('Model: this is needed.')).toBeVisible()
  await panel.panel.getByRole('combobox', { name: 'Model', exact: true }).fill(MODEL)
  await panel.prepare()
  await expectHidden(panel, secret)
  const request = posixWords(await panel.copied(panel.part('Send a message')))
  expect(request.slice(0, 5)).toEqual([
    'curl',
    '-sS',
    `${v1}/chat/completions`,
    '-H',
    `Authorization: Bearer ${secret}`,
  ])
  expect(JSON.parse(request.at(-1) ?? '')).toMatchObject({ model: MODEL })
  const list = posixWords(await panel.copied(panel.part('List models')))
  expect(list).toContain(`${v1}/models`)

  await panel.choose('Cline')
  await panel.panel.getByRole('combobox', { name: 'Model', exact: true }).fill(MODEL)
  await panel.prepare()
  await expectHidden(panel, secret)
  expect(await panel.copied(panel.part('API Key'))).toBe(secret)
  expect(await panel.copied(panel.part('Base URL'))).toBe(v1)

  // Shown only on demand, and gone with the keys.
  const part = panel.part('API Key')
  await part.getByRole('button', { name: 'Show' }).click()
  await expect(part).toContainText(secret)
  await part.getByRole('button', { name: 'Hide' }).click()
  await expectHidden(panel, secret)
  await part.getByRole('button', { name: 'Show' }).click()
  await panel.panel.getByRole('button', { name: 'Forget these keys' }).click()
  await expect(panel.result).toBeHidden()
  await expectHidden(panel, secret)
  await panel.toTargets()
  await expect(panel.ledger).toHaveCount(2)
})

test('files are saved with the key and read back', async ({ site, panel }) => {
  const { secret } = site.keys[0]!
  const v1 = `${site.origin}/v1`
  const save = async (target: string, fill?: () => Promise<void>) => {
    await panel.choose(target)
    await fill?.()
    await panel.prepare()
    await expectHidden(panel, secret)
    const file = await panel.download()
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
  }
  const kilo = await save('Kilo Code 7', () => panel.pickModels(MODEL))
  expect(kilo.name).toBe('kilo-settings.json')
  const settings = JSON.parse(kilo.text) as { provider: object }
  expect(Object.values(settings.provider)).toMatchObject([
    { name: NAMED, options: { apiKey: secret, baseURL: v1 }, models: { [MODEL]: {} } },
  ])
  const roo = await save('Roo Code, Kilo Code 5', () =>
    panel.panel.getByRole('combobox', { name: 'Model', exact: true }).fill(MODEL),
  )
  expect(roo.name).toBe('roo-code-settings.json')
  expect(JSON.parse(roo.text)).toMatchObject({
    providerProfiles: {
      currentApiConfigName: NAMED,
      apiConfigs: { [NAMED]: { openAiApiKey: secret, openAiBaseUrl: v1, openAiModelId: MODEL } },
    },
  })
  const json = await save('JSON')
  expect(JSON.parse(json.text)).toMatchObject({
    providers: [{ name: NAMED, baseUrl: site.origin, apiKey: secret }],
  })
  const csv = await save('CSV')
  expect(parseCsv(csv.text)).toEqual([
    ['name', 'base_url', 'key', 'models'],
    [NAMED, site.origin, secret, ''],
  ])
  // A blob's address dies with the page; nothing of the file stays in it.
  await panel.toTargets()
  await expect(panel.ledger).toHaveCount(4)
  await expectHidden(panel, secret)
})

test('the reader of hidden forms would find them', () => {
  const secret = 'sk-0123456789abcdefghijklmnop'
  for (const before of ['', '{', '{"', '{"k']) {
    const html = `<p>${Buffer.from(`${before}${secret}"}`).toString('base64')}</p>`
    expect(formsOf(secret).some((form) => html.includes(form))).toBe(true)
    expect(utf8FromBase64(Buffer.from(secret).toString('base64'))).toBe(secret)
  }
})
