import type { CredentialView } from '@/src/domain/credential'

import { expect, test as base } from './fixtures'
import { CheckPanel } from './pages/check-panel'
import { createModelGateway, type ModelGateway } from './relays/models/gateway'
import type { ModelBehaviour } from './relays/models/desk'
import { addCredential } from './support/credentials'
import { addListedSite } from './support/listed-site'

const KEY = 'sk-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl'
const MODELS = ['gpt-4o-mini', 'claude-sonnet-4', 'gemini-2.5-pro']
const PROBES = ['Model list', 'Text', 'Streaming', 'Tool calling', 'Structured output']
const TOOLS = ['Claude Code', 'Codex', 'Gemini CLI']

/** A gateway that speaks every protocol, and a credential that leads to it. */
const test = base.extend<{ gateway: ModelGateway; credentialId: string }>({
  gateway: async ({ farm }, use) => {
    const gateway = createModelGateway({ keys: [KEY], models: MODELS })
    farm.add('models.test', gateway)
    await use(gateway)
  },
  credentialId: async ({ extension, farm, options, gateway }, use) => {
    const baseUrl = farm.origin('models.test')
    const id = await addCredential(extension, options, { name: 'Harbour', baseUrl, apiKey: KEY })
    expect(gateway.counters.total(), 'saving by itself asks nobody').toBe(0)
    await use(id)
  },
})

test('every probe and every tool passes, and the result is there after a reload', async ({
  extension,
  gateway,
  credentialId,
}) => {
  const check = await CheckPanel.ofCredential(extension, credentialId)
  await expect(check.panel.getByText('Not verified yet.')).toBeVisible()
  await check.choose(...PROBES, ...TOOLS)
  await expect(check.panel.getByRole('note')).toContainText('uses a little quota: 8 requests')
  expect(gateway.desk.calls, 'nothing that costs is sent before').toEqual([])
  await check.run()
  for (const name of [...PROBES, ...TOOLS]) {
    await expect(check.probe(name)).toContainText('Passed')
    await expect(check.probe(name)).toContainText(/\d ms/)
  }
  // In the shape each tool sends, and as the browser it comes from.
  const paths = gateway.desk.calls.slice(-3).map(({ path }) => path)
  expect(paths).toEqual([
    '/v1/messages',
    '/v1/responses',
    '/v1beta/models/gemini-2.5-pro:streamGenerateContent',
  ])
  const [claude, codex] = gateway.desk.calls.slice(-3)
  expect(claude?.headers['x-app']).toBe('cli')
  expect(codex?.headers['originator']).toMatch(/^codex/)
  expect(await check.page.content()).not.toContain(KEY)

  await check.page.reload()
  await expect(check.runs).toHaveCount(1)
  await expect(check.runs).toContainText('8 of 8 passed')
  await expect(check.probe('Codex')).toContainText('Passed')
  await check.panel.getByRole('button', { name: 'Clear' }).click()
  await expect(check.panel.getByText('Not verified yet.')).toBeVisible()
})

test('another API type and model are for one verification only', async ({
  extension,
  options,
  gateway,
  credentialId,
}) => {
  const check = await CheckPanel.ofCredential(extension, credentialId)
  await check.panel.getByLabel('API type').selectOption('Anthropic')
  await expect(check.panel.getByText('The stored type stays OpenAI compatible.')).toBeVisible()
  await check.panel.getByRole('combobox', { name: 'Model' }).fill('claude-sonnet-4')
  await check.choose('Text')
  await check.run()
  await expect(check.probe('Text')).toContainText('Passed')
  await expect(check.runs).toContainText('Anthropic · claude-sonnet-4')
  expect(gateway.desk.calls.map(({ path }) => path)).toEqual(['/v1/messages'])
  expect(gateway.desk.calls[0]?.body).toMatchObject({ model: 'claude-sonnet-4' })

  const list = await extension.send(options, 'credentials.list', {})
  const types = list.ok && list.value.map(({ decided }: CredentialView) => decided.apiType)
  expect(types).toEqual(['openai-compatible'])
  await check.page.reload()
  await expect(check.panel.getByLabel('API type')).toHaveValue('openai-compatible')
})

const REFUSED = { status: 401, message: 'Invalid token:', echo: true }

/** What a server may do, the probe that meets it, and what is said then. */
const MISBEHAVIOURS: readonly (readonly [string, Partial<ModelBehaviour>, string, string])[] = [
  ['Text', { html: true }, 'Failed', 'A web page answered: this is not the address of an API.'],
  ['Text', { text: 'Buy quota' }, 'Failed', 'not with what it was asked for'],
  ['Streaming', { stream: 'never' }, 'Failed', 'in one piece instead of streaming'],
  ['Tool calling', { tools: 'refuse' }, 'Not supported', 'does not know a part of the request'],
  ['Tool calling', { tools: 'ignore' }, 'Failed', 'answered without calling the tool'],
  ['Structured output', { structured: 'ignore' }, 'Failed', 'not the JSON that was asked for'],
  [
    'Text',
    { clientsOnly: 'This endpoint is only for Claude Code clients' },
    'Not supported',
    'The site admits only official clients.',
  ],
  ['Text', { refusal: REFUSED }, 'Failed', 'The site does not accept this key.'],
  [
    'Text',
    { refusal: { status: 429, message: 'Rate limit reached' } },
    'Failed',
    'The site asks for a pause between requests.',
  ],
]

test('what a server does wrong is told in words, and never with the key', async ({
  extension,
  farm,
  gateway,
  credentialId,
}) => {
  const stranger = createModelGateway({ keys: [KEY], models: MODELS })
  farm.add('stranger.test', stranger)
  const check = await CheckPanel.ofCredential(extension, credentialId)
  const redirectTo = `${farm.origin('stranger.test')}/v1/chat/completions`
  const redirect = ['Text', { redirectTo }, 'Failed', 'The key was not sent there.'] as const
  for (const [probe, behaviour, state, words] of [redirect, ...MISBEHAVIOURS]) {
    gateway.desk.reset()
    Object.assign(gateway.desk.behaviour, behaviour)
    await check.choose(probe)
    await check.run()
    await expect(check.probe(probe), JSON.stringify(behaviour)).toContainText(words)
    await expect(check.probe(probe)).toContainText(state)
    expect(gateway.desk.calls.length).toBeGreaterThan(0)
    expect(gateway.desk.calls.length, 'not tried again and again').toBeLessThanOrEqual(2)
  }
  expect(stranger.counters.total()).toBe(0)
  // The server quoted the key: what it said is there to read, without it.
  const quoted = check.runs.filter({ hasText: 'Invalid token' })
  await expect(quoted).toHaveCount(1)
  expect(await check.page.content()).not.toContain(KEY)
})

test('a verification is stopped in the middle: what was found stays, nothing more is sent', async ({
  extension,
  gateway,
  credentialId,
}) => {
  const check = await CheckPanel.ofCredential(extension, credentialId)
  await check.panel.getByRole('combobox', { name: 'Model' }).fill('gpt-4o-mini')
  await check.choose('Model list', 'Text', 'Streaming', 'Tool calling')
  gateway.faults.set({ path: '/v1/chat/completions' }, { kind: 'hang' })
  await check.start()
  await expect(check.probe('Text')).toContainText('Running')
  await expect(check.panel.getByRole('status')).toContainText('1 of 4 probes done')
  await expect.poll(() => gateway.counters.count('POST', '/v1/chat/completions')).toBe(1)
  await check.panel.getByRole('button', { name: 'Stop' }).click()
  await expect(check.panel.getByRole('button', { name: 'Start' })).toBeVisible()
  await expect(check.runs).toContainText('1 of 4 passed · Stopped')
  await expect(check.probe('Model list')).toContainText('Passed')
  for (const name of ['Text', 'Streaming', 'Tool calling']) {
    await expect(check.probe(name)).toContainText('Stopped')
  }
  // The next one begins at once and finds nothing in its way.
  gateway.faults.clear()
  await check.choose('Text')
  await check.run()
  await expect(check.probe('Text')).toContainText('Passed')
  expect(gateway.counters.count('POST', '/v1/chat/completions')).toBe(2)
})

test('a worker that dies in the middle leaves a run that says it was stopped', async ({
  extension,
  gateway,
  credentialId,
}) => {
  const check = await CheckPanel.ofCredential(extension, credentialId)
  await check.choose('Model list', 'Text', 'Streaming')
  gateway.faults.set({ path: '/v1/chat/completions' }, { kind: 'hang' })
  await check.start()
  await expect(check.probe('Text')).toContainText('Running')
  await extension.stopWorker()
  // It announces nothing any more, and yet the open panel learns of it.
  await expect(check.runs).toContainText('1 of 3 passed · Stopped')
  await expect(check.probe('Model list')).toContainText('Passed')
  await expect(check.probe('Text')).toContainText('Stopped')
  await expect(check.panel.getByRole('button', { name: 'Start' })).toBeVisible()
})

test('a key of an account is verified with its full text, and named in the panel', async ({
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
  const check = await CheckPanel.ofKey(extension, site.accountId, key!.id)
  await expect(check.panel.getByRole('heading', { name: /^Verify .*first/ })).toBeVisible()
  await check.run()
  await expect(check.runs).toContainText('5 of 5 passed')
  const sent = site.relay.models.calls.map(({ headers }) => headers.authorization)
  expect(new Set(sent)).toEqual(new Set([`Bearer ${key!.secret}`]))
  expect(await check.page.content()).not.toContain(key!.secret)
})
