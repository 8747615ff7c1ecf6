import { describe, expect, test } from 'vitest'

import { createClaudeCodeRouter as createClient } from '@/src/services/exports/claude-code-router/client'

import {
  type Config,
  createRouterFile,
  type RouterFileOptions,
} from '../../e2e/gateways/claude-code-router/file-server'
import { sendHtml, sendJson, startLoopback } from '../net/loopback'
import { failureFrom, lineTo, makeRecord, makeWish, serve } from './support'

const PROVIDER = {
  name: 'theirs',
  api_base_url: 'https://other.example/v1/chat/completions',
  api_key: 'sk-FOREIGN',
  models: ['m'],
  transformer: { use: ['openrouter'], m: { use: [['maxtoken', { max_tokens: 16384 }]] } },
}

const CONFIG: Config = {
  PORT: 3456,
  HOST: '127.0.0.1',
  APIKEY: 'local-secret',
  LOG: false,
  StatusLine: { enabled: true, x: [null] },
  CUSTOM_ROUTER_PATH: '/home/me/router.js',
  Providers: [PROVIDER],
  Router: { default: '', think: 'theirs,m', longContextThreshold: 60000 },
}

async function start(options: RouterFileOptions = {}, secret = 'local-secret') {
  const { gateway, origin } = await serve(createRouterFile({ config: CONFIG, ...options }))
  return { gateway, origin, client: createClient(lineTo(origin, '', secret)) }
}

const providersIn = (config: Config) => config['Providers'] as Config[]

describe('an import into version 1 or 2', () => {
  test('adds a provider with the exact endpoint, and leaves everything else as it was', async () => {
    const { gateway, client } = await start()
    expect(await client.place(makeRecord(), makeWish())).toEqual({
      result: 'created',
      providerName: 'Example Relay',
    })
    expect(gateway.file()).toEqual({
      ...CONFIG,
      Providers: [
        PROVIDER,
        {
          name: 'Example Relay',
          api_base_url: 'https://relay.example.com/v1/chat/completions',
          api_key: 'sk-EXAMPLE',
          models: ['gpt-5.2'],
        },
      ],
    })
    expect(gateway.requests.map(({ method }) => method)).toEqual([
      ...['GET', 'GET', 'GET', 'POST', 'GET'],
    ])
    expect(gateway.restarts()).toBe(0)
  })

  test('done twice changes nothing the second time', async () => {
    const { gateway, client } = await start()
    await client.place(makeRecord(), makeWish())
    expect(await client.place(makeRecord(), makeWish())).toEqual({
      result: 'already-there',
      providerName: 'Example Relay',
    })
    expect(providersIn(gateway.file())).toHaveLength(2)
    expect(gateway.backups).toHaveLength(1)
  })

  test.each([
    ['openai', '/v1/responses', 'openai-responses'],
    ['anthropic', '/claude/v1/messages', 'Anthropic'],
    ['google', '/gemini/v1beta/models/', 'gemini'],
  ] as const)('gives %s its endpoint and transformer', async (apiType, path, transformer) => {
    const { gateway, client } = await start()
    const endpoints = { chat: '', responses: '', anthropic: '/claude', google: '/gemini' }
    await client.place(makeRecord({ endpoints }), makeWish({ apiType }))
    expect(providersIn(gateway.file())[1]).toMatchObject({
      api_base_url: `https://relay.example.com${path}`,
      transformer: { use: [transformer] },
    })
  })

  test('adds models to the provider of that address and key, under any name', async () => {
    const { gateway, client } = await start()
    const ours = {
      name: 'by hand',
      api_base_url: 'https://Relay.example.com:443/v1/chat/completions',
      api_key: 'EXAMPLE',
      models: ['gpt-5', 'gpt-5.2'],
      transformer: { use: ['deepseek'] },
      extra: 1,
    }
    gateway.write({ ...CONFIG, Providers: [ours, PROVIDER] })
    const models = [
      { name: 'gpt-5.2', alias: '' },
      { name: 'new', alias: 'x' },
    ]
    expect(await client.place(makeRecord(), makeWish({ models }))).toEqual({
      result: 'updated',
      providerName: 'by hand',
    })
    const merged = { ...ours, models: ['gpt-5', 'gpt-5.2', 'new'] }
    expect(providersIn(gateway.file())).toEqual([merged, PROVIDER])
    await client.place(makeRecord(), makeWish({ models: [models[1]!], replaceModels: true }))
    expect(providersIn(gateway.file())).toEqual([{ ...ours, models: ['new'] }, PROVIDER])
  })

  test('never takes a name that is there, and no comma into one', async () => {
    const { gateway, client } = await start()
    await client.place(makeRecord(), makeWish({ providerName: 'Theirs' }))
    await client.place(makeRecord({ key: 'sk-B' }), makeWish({ providerName: 'Theirs' }))
    await client.place(makeRecord({ key: 'sk-C' }), makeWish({ providerName: 'a, b' }))
    expect(providersIn(gateway.file()).map(({ name }) => name)).toEqual([
      ...['theirs', 'Theirs-2', 'Theirs-3', 'a b'],
    ])
  })

  test('makes the first wished model the default only when asked', async () => {
    const { gateway, client } = await start()
    await client.place(makeRecord(), makeWish())
    expect(gateway.file()['Router']).toEqual(CONFIG['Router'])
    expect(await client.place(makeRecord(), makeWish({ setDefault: true }))).toMatchObject({
      result: 'updated',
    })
    const router = { ...(CONFIG['Router'] as Config), default: 'Example Relay,gpt-5.2' }
    expect(gateway.file()).toMatchObject({ Router: router })
  })

  test('needs models', async () => {
    const { gateway, client } = await start()
    expect(await failureFrom(client.place(makeRecord(), makeWish({ models: [] })))).toMatchObject({
      class: 'input',
      field: 'models',
      reason: 'gateway-no-models',
    })
    expect(gateway.backups).toEqual([])
  })

  test('into an empty one needs no key', async () => {
    const { gateway, client } = await start({ config: { PORT: 3456 } }, '')
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(providersIn(gateway.file())).toHaveLength(1)
  })

  test('compares keys that stand there as references, and writes nothing when they are right', async () => {
    const provider = { ...PROVIDER, api_key: '$THEIR_KEY', name: 'env' }
    const record = makeRecord({ baseUrl: 'https://other.example', key: 'sk-from-env' })
    const wish = makeWish({ models: [{ name: 'm', alias: '' }] })
    const { gateway, client } = await start({
      config: { ...CONFIG, Providers: [provider] },
      environment: { THEIR_KEY: 'sk-from-env' },
    })
    expect(await client.place(record, wish)).toEqual({
      result: 'already-there',
      providerName: 'env',
    })
    expect(gateway.file()['Providers']).toEqual([provider])
  })

  test('puts a new key in the place of the one it replaces', async () => {
    const { gateway, client } = await start()
    await client.place(makeRecord({ key: 'sk-OLD' }), makeWish())
    const wish = makeWish({ models: [], oldKey: 'sk-OLD' })
    expect(await client.place(makeRecord({ key: 'sk-NEW' }), wish)).toMatchObject({
      result: 'updated',
      providerName: 'Example Relay',
    })
    expect(providersIn(gateway.file())[1]).toMatchObject({ api_key: 'sk-NEW', models: ['gpt-5.2'] })
  })
})

describe('another client', () => {
  const theirs: Config = { ...CONFIG, LOG: true, Providers: [PROVIDER, { ...PROVIDER, name: 'b' }] }

  // 0 the probe, 1 and 2 the readings, 3 the write, 4 the look afterwards. There is no revision:
  // what is written between the last reading and our write cannot be noticed by anybody.
  test.each([0, 1, 2])('that writes before request %i loses nothing', async (at) => {
    const { gateway, client } = await start()
    gateway.before(at, () => {
      gateway.write(theirs)
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    const { Providers: providers, ...rest } = gateway.file()
    const { Providers: before, ...others } = theirs
    expect(rest).toEqual(others)
    expect((providers as Config[]).slice(0, 2)).toEqual(before)
    expect(providers).toHaveLength(3)
  })

  test('that overwrites ours with an older file is answered by a second import', async () => {
    const { gateway, client } = await start()
    gateway.before(4, () => {
      gateway.write(theirs)
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(providersIn(gateway.file()).map(({ name }) => name)).toEqual([
      ...['theirs', 'b', 'Example Relay'],
    ])
    expect(gateway.file()['LOG']).toBe(true)
  })

  test('that writes while the import ends is told of', async () => {
    const { gateway, client } = await start()
    gateway.before(4, () => {
      gateway.write({ ...gateway.file(), LOG: true })
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'conflict' })
  })

  test('that never stops writing is given way to', async () => {
    const { gateway, client } = await start()
    for (let at = 1; at < 20; at++) {
      gateway.before(at, () => {
        gateway.write({ ...CONFIG, API_TIMEOUT_MS: at })
      })
    }
    expect(await failureFrom(client.place(makeRecord(), makeWish()))).toEqual({
      class: 'refused',
      reason: 'gateway-conflict',
    })
    expect(gateway.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  test('is not there: a write without an answer is looked for', async () => {
    const { gateway, client } = await start()
    gateway.loseAnswer(3)
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(gateway.backups).toHaveLength(1)
  })
})

describe('refusals', () => {
  test.each([
    ['no key', '', { class: 'login', reason: 'gateway-key-missing' }],
    ['a wrong key', 'other', { class: 'login', reason: 'gateway-key-wrong' }],
  ])('%s is told, by one request', async (_, secret, failure) => {
    const { gateway, client } = await start({}, secret)
    expect(await failureFrom(client.test())).toMatchObject(failure)
    expect(gateway.requests).toHaveLength(1)
  })

  test('a router without a key refuses what browsers say of an extension: it tells to set one', async () => {
    const { APIKEY: _, ...open } = CONFIG
    const { gateway, client } = await start({ config: open }, '')
    expect(await client.test()).toEqual({ version: null, generation: 'v2' })
    expect(await failureFrom(client.place(makeRecord(), makeWish()))).toMatchObject({
      class: 'refused',
      reason: 'gateway-origin-refused',
      httpStatus: 403,
    })
    expect(gateway.file()).toEqual(open)
  })

  test.each([
    ['a page', 200, '<!doctype html>'],
    ['other JSON', 200, '{"data":[]}'],
    ['providers that are none', 200, '{"Providers":{"a":1}}'],
    ['JSON of another 404', 404, '{"detail":"Not Found"}'],
    ['a page that is not there', 404, '<!doctype html>'],
  ])('%s is another program', async (_, status, text) => {
    const { origin } = await startLoopback((_request, response) => {
      if (text.startsWith('<')) sendHtml(response, text, status)
      else sendJson(response, JSON.parse(text), status)
    })
    const client = createClient(lineTo(origin, '', 'local-secret'))
    expect(await failureFrom(client.test())).toMatchObject({
      class: 'changed-api',
      reason: 'gateway-unknown-program',
    })
  })

  test('never hold a key, whatever the server says', async () => {
    const own = 'Xy/own+key.Zz'
    const { origin } = await startLoopback(({ method, headers, body }, response) => {
      if (method === 'GET') sendJson(response, CONFIG)
      else sendJson(response, { error: `no: ${headers.authorization ?? ''} ${body}` }, 500)
    })
    const client = createClient(lineTo(origin, '', 'local-secret'))
    const failure = await failureFrom(client.place(makeRecord({ key: own }), makeWish()))
    expect(failure).toMatchObject({ class: 'server', httpStatus: 500 })
    const text = JSON.stringify(failure)
    for (const secret of [own, 'sk-FOREIGN', 'local-secret']) expect(text).not.toContain(secret)
  })
})

describe('a restart', () => {
  test('is waited for until the router answers again', async () => {
    const { gateway, client } = await start({ downFor: 3 })
    expect(await client.restart?.()).toBe(true)
    expect(gateway.restarts()).toBe(1)
    expect(gateway.requests.filter(({ path }) => path === '/health')).toHaveLength(4)
  })

  test('is given up after 15 seconds', async () => {
    const { gateway, origin } = await serve(
      createRouterFile({ config: CONFIG, downFor: Number.POSITIVE_INFINITY }),
    )
    let nowMs = 0
    const line = lineTo(origin, '', 'local-secret')
    const client = createClient({
      ...line,
      now: () => nowMs,
      sleep: (ms) => {
        nowMs += ms
        return Promise.resolve()
      },
    })
    expect(await client.restart?.()).toBe(false)
    expect(nowMs).toBeLessThan(16_000)
    expect(gateway.requests.length).toBeGreaterThan(10)
  })
})
