import { expect, test } from './fixtures'
import { createRouterFile, type RouterFile } from './gateways/claude-code-router/file-server'
import { type CliProxyApi, createCliProxyApi } from './gateways/cli-proxy-api/server'
import { ExportPanel } from './pages/export-panel'
import { GatewaysSection } from './pages/gateways-section'
import type { Farm } from './relays/farm'
import { addListedSite } from './support/listed-site'

const SECRET = 'management-secret'
const NAME = 'Proxy at home'
const KEYS = [
  { name: 'first', unlimited: true },
  { name: 'second', unlimited: true },
]

function addProxy(farm: Farm, options: Parameters<typeof createCliProxyApi>[0] = {}): CliProxyApi {
  const proxy = createCliProxyApi(options)
  farm.add('proxy.test', proxy)
  return proxy
}

/** The gateway of {@link addProxy} as it is typed into the form. */
const proxyForm = (farm: Farm, secret = SECRET) =>
  ({ program: 'CLIProxyAPI', name: NAME, address: farm.origin('proxy.test'), secret }) as const

test('CLIProxyAPI is set up, tested, and given a key twice: one provider, one entry', async ({
  extension,
  farm,
  options,
}) => {
  const proxy = addProxy(farm)
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: KEYS,
  })
  const settings = await GatewaysSection.open(extension)
  await settings.add(proxyForm(farm))
  await expect(settings.panel).toBeHidden()
  await expect(settings.row(NAME)).toContainText('management key stored')
  expect(proxy.requests, 'saving asks nobody').toHaveLength(0)
  await settings.test(NAME)
  await expect(settings.row(NAME).getByText('Version 7.2.140')).toBeVisible()
  expect(proxy.requests.map(({ method, status }) => [method, status])).toEqual([['GET', 200]])

  const send = async (result: string) => {
    const key = site.keys[0]!
    const panel = await ExportPanel.ofKey(extension, site.accountId, key.id)
    await panel.choose(NAME)
    await panel.pickModels('gpt-4o-mini')
    await panel.panel.getByLabel('Other name of gpt-4o-mini').fill('mini')
    await panel.panel.getByRole('button', { name: 'Send key' }).click()
    await expect(panel.result).toContainText(result)
    await panel.toTargets()
    await expect(panel.ledger).toHaveCount(1)
    await expect(panel.ledger).toContainText(NAME)
    await panel.page.close()
  }
  const expected = {
    name: 'Harbour',
    'base-url': `${site.origin}/v1`,
    'api-key-entries': [{ 'api-key': site.keys[0]!.secret, 'proxy-url': '' }],
    models: [{ name: 'gpt-4o-mini', alias: 'mini' }],
    headers: {},
  }
  await send('Created')
  expect(proxy.lists['openai-compatibility']).toEqual([expected])
  await send('Already there')
  expect(proxy.lists['openai-compatibility']).toEqual([expected])
})

test('what another client of CLIProxyAPI writes meanwhile is not lost', async ({
  extension,
  farm,
  options,
}) => {
  const proxy = addProxy(farm)
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: KEYS,
  })
  const settings = await GatewaysSection.open(extension)
  await settings.add(proxyForm(farm))
  await expect(settings.row(NAME)).toBeVisible()
  const theirs = {
    name: 'Theirs',
    'base-url': 'https://theirs.example/v1',
    'api-key-entries': [{ 'api-key': 'sk-of-somebody-else', 'proxy-url': '' }],
    models: [{ name: 'm', alias: 'm' }],
  }
  // Between our first look and the second one.
  proxy.before(1, () => proxy.lists['openai-compatibility'].push(theirs))

  const panel = await ExportPanel.ofKey(extension, site.accountId, site.keys[0]!.id)
  await panel.choose(NAME)
  await panel.pickModels('gpt-4o-mini')
  await panel.panel.getByRole('button', { name: 'Send key' }).click()
  await expect(panel.result).toContainText('Created')
  const names = proxy.lists['openai-compatibility'].map(({ name }) => name)
  expect(names.sort()).toEqual(['Harbour', 'Theirs'])
  expect(proxy.lists['openai-compatibility'].find(({ name }) => name === 'Theirs')).toEqual(theirs)
})

test('a wrong management key is sent once for each press, and a ban is told as one', async ({
  extension,
  farm,
}) => {
  const proxy = addProxy(farm)
  const settings = await GatewaysSection.open(extension)
  await settings.add(proxyForm(farm, 'not-the-secret'))
  await expect(settings.row(NAME)).toBeVisible()
  await settings.test(NAME)
  const row = settings.row(NAME)
  await expect(row.getByRole('alert')).toContainText('does not accept the management key')
  expect(proxy.requests.map(({ status }) => status)).toEqual([401])

  for (let tries = 2; tries <= 5; tries += 1) {
    await settings.test(NAME)
    await expect.poll(() => proxy.requests.length).toBe(tries)
    await expect(row.getByRole('alert')).toContainText('does not accept the management key')
  }
  // The right key does not help for half an hour, and it is not tried again by itself.
  await settings.changeSecret(NAME, SECRET)
  await settings.test(NAME)
  await expect(row.getByRole('alert')).toContainText('locked your address after five failed')
  await expect(row.getByRole('alert')).toContainText('Try again after')
  expect(proxy.requests.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 403])
})

test('a CLIProxyAPI that lets nobody in says what to do', async ({ extension, farm }) => {
  const settings = await GatewaysSection.open(extension)
  const refusals = [
    ['off', { secret: null }, 'The management interface of off is off.'],
    ['keyless', { secret: '' }, 'keyless has no management key of its own'],
    ['local', { isRemote: true }, 'local can be managed only from the computer it runs on.'],
  ] as const
  for (const [name, rules, words] of refusals) {
    const proxy = createCliProxyApi(rules)
    farm.add(`${name}.test`, proxy)
    await settings.add({ ...proxyForm(farm), name, address: farm.origin(`${name}.test`) })
    await settings.test(name)
    await expect(settings.row(name).getByRole('alert')).toContainText(words)
    expect(proxy.requests).toHaveLength(1)
  }
})

const ROUTER = 'Router at home'

/** A router whose file has a provider with its key in the environment. */
function addRouter(farm: Farm): RouterFile {
  const router = createRouterFile({
    config: {
      PORT: 3456,
      APIKEY: 'router-key',
      LOG: true,
      Providers: [
        {
          name: 'theirs',
          api_base_url: 'https://theirs.example/v1/chat/completions',
          api_key: '$THEIR_KEY',
          models: ['m'],
        },
      ],
      Router: { default: 'theirs,m', think: 'theirs,m' },
    },
    environment: { THEIR_KEY: 'sk-from-the-environment' },
  })
  farm.add('router.test', router)
  return router
}

test('Claude Code Router takes a key, keeps everything else, and is restarted', async ({
  extension,
  farm,
  options,
}) => {
  const router = addRouter(farm)
  const before = router.file()
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: KEYS,
  })
  const settings = await GatewaysSection.open(extension)
  const address = farm.origin('router.test')
  await settings.add({
    program: 'Claude Code Router',
    name: ROUTER,
    address,
    secret: 'router-key',
  })
  await settings.test(ROUTER)
  await expect(settings.row(ROUTER).getByText('It works')).toBeVisible()

  const panel = await ExportPanel.ofKey(extension, site.accountId, site.keys[0]!.id)
  await panel.choose(ROUTER)
  await expect(panel.panel.getByRole('note')).toContainText('environment variables become plain')
  expect(router.file(), 'the warning comes before anything is written').toEqual(before)
  await panel.pickModels('gpt-4o-mini')
  await panel.panel.getByLabel('Make the first model the default route').check()
  await panel.panel.getByRole('button', { name: 'Send key' }).click()
  await expect(panel.result).toContainText('Created')
  await expect(panel.result).toContainText('It was restarted.')
  expect(router.restarts()).toBe(1)
  expect(router.backups).toEqual([before])
  const after = router.file()
  expect(after['Providers']).toEqual([
    { ...(before['Providers'] as object[])[0], api_key: 'sk-from-the-environment' },
    {
      name: 'Harbour',
      api_base_url: `${site.origin}/v1/chat/completions`,
      api_key: site.keys[0]!.secret,
      models: ['gpt-4o-mini'],
    },
  ])
  expect(after['Router']).toEqual({ default: 'Harbour,gpt-4o-mini', think: 'theirs,m' })
  expect({ ...after, Providers: null, Router: null }).toEqual({
    ...before,
    Providers: null,
    Router: null,
  })
  // The same again changes nothing there.
  await panel.panel.getByLabel('Restart it afterwards').uncheck()
  await panel.panel.getByRole('button', { name: 'Send key' }).click()
  await expect(panel.result).toContainText('Already there')
  expect(router.file()).toEqual(after)
  expect(router.restarts()).toBe(1)
})

test('a wrong key of Claude Code Router is told, and nothing is written', async ({
  extension,
  farm,
  options,
}) => {
  const router = addRouter(farm)
  const before = router.file()
  const site = await addListedSite(extension, farm, options, {
    host: 'harbour.test',
    name: 'Harbour',
    keys: KEYS,
  })
  const settings = await GatewaysSection.open(extension)
  await settings.add({
    program: 'Claude Code Router',
    name: ROUTER,
    address: farm.origin('router.test'),
    secret: 'another-key',
  })
  await expect(settings.row(ROUTER)).toBeVisible()
  const panel = await ExportPanel.ofKey(extension, site.accountId, site.keys[0]!.id)
  await panel.choose(ROUTER)
  await panel.pickModels('gpt-4o-mini')
  await panel.panel.getByRole('button', { name: 'Send key' }).click()
  await expect(panel.result).toContainText('does not accept the management key')
  await expect(panel.result).not.toContainText('restarted')
  expect(router.file()).toEqual(before)
  expect(router.requests.filter(({ method }) => method === 'POST')).toEqual([])
  await panel.toTargets()
  await expect(panel.panel.getByText('Nowhere, as far as Relaydeck knows.')).toBeVisible()
})
