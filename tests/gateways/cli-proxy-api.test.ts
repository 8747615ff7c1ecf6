import { describe, expect, test } from 'vitest'

import { createCliProxyApi as createClient } from '@/src/services/exports/cli-proxy-api/client'

import {
  type CliProxyApiOptions,
  createCliProxyApi as createDouble,
} from '../../e2e/gateways/cli-proxy-api/server'
import { failureFrom, lineTo, makeRecord, makeWish, serve } from './support'

const PATH = '/v0/management'
const SECRET = 'management-secret'

async function start(options: CliProxyApiOptions = {}, secret = SECRET) {
  const { gateway, origin } = await serve(createDouble(options))
  return { gateway, client: createClient(lineTo(origin, PATH, secret)) }
}

/** Something another person keeps there. */
const FOREIGN = {
  name: 'Somebody else',
  priority: 5,
  'base-url': 'https://other.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-FOREIGN', 'proxy-url': 'socks5://127.0.0.1:1', weight: 3 }],
  models: [{ name: 'm', alias: 'mine', thinking: { levels: ['low'] } }],
  headers: { 'X-Own': 'yes' },
  'request-scoped-errors': [429],
  'of-a-newer-server': { a: [1, null] },
}

const OURS = {
  name: 'example-relay',
  prefix: 'team',
  priority: 9,
  disabled: false,
  'base-url': 'https://Relay.Example.com:443/v1/',
  'api-key-entries': [{ 'api-key': 'sk-FIRST', 'proxy-url': 'http://127.0.0.1:9', weight: 2 }],
  models: [{ name: 'gpt-5', alias: 'five', image: true }],
  headers: { 'X-Team': 'a' },
  'support-prompt-cache-key': true,
}

describe('the first import', () => {
  test('makes one provider with one key in the documented form', async () => {
    const { gateway, client } = await start()
    expect(await client.place(makeRecord(), makeWish())).toEqual({
      result: 'created',
      providerName: 'Example Relay',
    })
    expect(gateway.lists['openai-compatibility']).toEqual([
      {
        name: 'Example Relay',
        'base-url': 'https://relay.example.com/v1',
        'api-key-entries': [{ 'api-key': 'sk-EXAMPLE', 'proxy-url': '' }],
        models: [{ name: 'gpt-5.2', alias: 'gpt-5.2' }],
        headers: {},
      },
    ])
    expect(gateway.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PUT', 'GET'])
    expect(gateway.requests[0]?.headers.authorization).toBe(`Bearer ${SECRET}`)
  })

  test('done twice leaves one provider with one entry, and writes nothing the second time', async () => {
    const { gateway, client } = await start()
    await client.place(makeRecord(), makeWish())
    const before = gateway.requests.length
    expect(await client.place(makeRecord(), makeWish())).toEqual({
      result: 'already-there',
      providerName: 'Example Relay',
    })
    expect(gateway.lists['openai-compatibility']).toHaveLength(1)
    expect(gateway.requests.slice(before).map(({ method }) => method)).toEqual(['GET'])
  })

  test('finds a name nobody has, and leaves everybody else alone', async () => {
    const { gateway, client } = await start()
    const named = { ...FOREIGN, name: 'example relay' }
    gateway.lists['openai-compatibility'] = [named, FOREIGN]
    const { providerName } = await client.place(makeRecord(), makeWish())
    expect(providerName).toBe('Example Relay (relay.example.com)')
    expect(gateway.lists['openai-compatibility'].slice(0, 2)).toEqual([named, FOREIGN])
  })

  test('needs models: without any the provider would answer nothing', async () => {
    const { gateway, client } = await start()
    expect(await failureFrom(client.place(makeRecord(), makeWish({ models: [] })))).toEqual({
      class: 'input',
      field: 'models',
      reason: 'gateway-no-models',
    })
    expect(gateway.lists['openai-compatibility']).toEqual([])
  })
})

describe('a second key of a site', () => {
  test.each(['merge', 'replace'] as const)(
    'joins its provider, whose other fields stay (servers that %s on PATCH)',
    async (patch) => {
      const { gateway, client } = await start({ patch })
      gateway.lists['openai-compatibility'] = [FOREIGN, OURS]
      expect(await client.place(makeRecord(), makeWish())).toEqual({
        result: 'updated',
        providerName: 'example-relay',
      })
      expect(gateway.lists['openai-compatibility']).toEqual([
        FOREIGN,
        {
          ...OURS,
          'api-key-entries': [
            ...OURS['api-key-entries'],
            { 'api-key': 'sk-EXAMPLE', 'proxy-url': '' },
          ],
          models: [...OURS.models, { name: 'gpt-5.2', alias: 'gpt-5.2' }],
        },
      ])
      const written = gateway.requests.find(({ method }) => method === 'PATCH')
      expect(written?.body).toMatchObject({ name: 'example-relay', value: { prefix: 'team' } })
      expect(written?.bodyText).not.toContain('auth-index')
      expect(written?.bodyText).not.toContain('sk-FOREIGN')
    },
  )

  test('is the same key with and without its prefix', async () => {
    const { client, gateway } = await start()
    gateway.lists['openai-compatibility'] = [
      { ...OURS, 'api-key-entries': [{ 'api-key': 'EXAMPLE' }] },
    ]
    const wish = makeWish({ models: [{ name: 'gpt-5', alias: 'other' }] })
    expect(await client.place(makeRecord(), wish)).toMatchObject({ result: 'already-there' })
  })

  test('replaces models where that was asked for, and keeps what is said about them', async () => {
    const { client, gateway } = await start()
    gateway.lists['openai-compatibility'] = [
      { ...OURS, models: [...OURS.models, { name: 'old', alias: 'old' }] },
    ]
    const models = [
      { name: 'gpt-5', alias: 'best' },
      { name: 'gpt-6', alias: '' },
    ]
    await client.place(makeRecord(), makeWish({ models, replaceModels: true }))
    expect(gateway.lists['openai-compatibility'][0]?.['models']).toEqual([
      { name: 'gpt-5', alias: 'best', image: true },
      { name: 'gpt-6', alias: 'gpt-6' },
    ])
  })

  test('is written by position where the name is not unique', async () => {
    const { client, gateway } = await start()
    gateway.lists['openai-compatibility'] = [{ ...FOREIGN, name: 'example-relay' }, OURS]
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'updated' })
    expect(gateway.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH', 'GET'])
    expect(gateway.lists['openai-compatibility'][0]).toEqual({ ...FOREIGN, name: 'example-relay' })
  })

  test('goes to the provider that has it, then to the one of that name, else a person decides', async () => {
    const { client, gateway } = await start()
    const twins = [OURS, { ...OURS, name: 'twin' }]
    gateway.lists['openai-compatibility'] = twins
    const asked = client.place(makeRecord(), makeWish({ providerName: 'third' }))
    expect(await failureFrom(asked)).toMatchObject({
      class: 'input',
      field: 'providerName',
      reason: 'ambiguous-provider',
    })
    expect(gateway.lists['openai-compatibility']).toEqual(twins)
    expect(await client.place(makeRecord(), makeWish({ providerName: 'Twin' }))).toEqual({
      result: 'updated',
      providerName: 'twin',
    })
    expect(await client.place(makeRecord(), makeWish({ providerName: 'third' }))).toEqual({
      result: 'already-there',
      providerName: 'twin',
    })
  })
})

describe('older servers', () => {
  test('get plain keys where their lists show them', async () => {
    const { client, gateway } = await start({ keys: 'plain', version: null })
    const { 'api-key-entries': _, ...rest } = OURS
    gateway.lists['openai-compatibility'] = [{ ...rest, 'api-keys': ['sk-FIRST'] }]
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'updated' })
    expect(gateway.lists['openai-compatibility'][0]?.['api-keys']).toEqual([
      'sk-FIRST',
      'sk-EXAMPLE',
    ])
  })

  test('are understood from what they made of an empty list', async () => {
    const { client, gateway } = await start({ keys: 'plain', version: null })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({
      providerName: 'Example Relay',
    })
    expect(gateway.lists['openai-compatibility']).toHaveLength(1)
    expect(gateway.lists['openai-compatibility'][0]?.['api-keys']).toEqual(['sk-EXAMPLE'])
  })

  test('without a list for Gemini say so', async () => {
    const { client } = await start({ lists: ['openai-compatibility'] })
    const asked = client.place(makeRecord(), makeWish({ apiType: 'google' }))
    expect(await failureFrom(asked)).toMatchObject({ reason: 'gateway-list-missing' })
  })

  test('that show a list as it was for a while are waited for', async () => {
    const { client, gateway } = await start({ staleReadings: 2 })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect(gateway.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })
})

describe('lists of one key each', () => {
  const kinds = [
    ['openai', 'codex-api-key', 'https://relay.example.com/v1'],
    ['anthropic', 'claude-api-key', 'https://relay.example.com/claude'],
    ['google', 'gemini-api-key', 'https://relay.example.com/gemini'],
  ] as const
  const endpoints = { chat: '', responses: '', anthropic: '/claude', google: '/gemini' }

  test.each(kinds)('%s keys go to %s with base %s', async (apiType, list, base) => {
    const { client, gateway } = await start()
    const other = { 'api-key': 'sk-EXAMPLE', 'base-url': 'https://other.example', priority: 1 }
    gateway.lists[list] = [other]
    const record = makeRecord({ endpoints, baseUrl: 'https://relay.example.com/' })
    const wish = makeWish({ apiType })
    expect(await client.place(record, wish)).toEqual({ result: 'created', providerName: '' })
    expect(await client.place(record, wish)).toEqual({ result: 'already-there', providerName: '' })
    const entry = {
      'api-key': 'sk-EXAMPLE',
      'base-url': base,
      'proxy-url': '',
      models: [{ name: 'gpt-5.2', alias: 'gpt-5.2' }],
      headers: {},
    }
    expect(gateway.lists[list]).toEqual([other, entry])

    const more = makeWish({ apiType, models: [{ name: 'second', alias: 's' }] })
    expect(await client.place(record, more)).toEqual({ result: 'updated', providerName: '' })
    const models = [...entry.models, { name: 'second', alias: 's' }]
    expect(gateway.lists[list]).toEqual([other, { ...entry, models }])
    const last = gateway.requests.at(-2)
    // The key is there twice: only a position, or the whole list, means one of them.
    expect(last?.method).toBe(apiType === 'google' ? 'PUT' : 'PATCH')
  })

  test.each(kinds)('%s keys need no models', async (apiType, list) => {
    const { client, gateway } = await start()
    expect(await client.place(makeRecord(), makeWish({ apiType, models: [] }))).toMatchObject({
      result: 'created',
    })
    expect(gateway.lists[list][0]?.['models']).toEqual([])
  })

  test('a protocol the site does not speak is refused before anything is sent', async () => {
    const { client, gateway } = await start()
    const record = makeRecord({ endpoints: { ...endpoints, anthropic: null } })
    const asked = client.place(record, makeWish({ apiType: 'anthropic' }))
    expect(await failureFrom(asked)).toMatchObject({
      class: 'unsupported',
      reason: 'gateway-protocol-missing',
    })
    expect(gateway.requests).toEqual([])
  })
})

describe('after a rotation', () => {
  test.each([
    ['openai-compatible', 'openai-compatibility'],
    ['openai', 'codex-api-key'],
    ['anthropic', 'claude-api-key'],
    ['google', 'gemini-api-key'],
  ] as const)('the new key takes the place of the old one (%s)', async (apiType, list) => {
    const { client, gateway } = await start()
    await client.place(makeRecord({ key: 'sk-OLD' }), makeWish({ apiType }))
    const wish = makeWish({ apiType, models: [], oldKey: 'sk-OLD' })
    expect(await client.place(makeRecord({ key: 'sk-NEW' }), wish)).toMatchObject({
      result: 'updated',
    })
    const text = JSON.stringify(gateway.lists[list])
    expect(gateway.lists[list]).toHaveLength(1)
    expect([text.includes('sk-NEW'), text.includes('sk-OLD')]).toEqual([true, false])
    expect(await client.place(makeRecord({ key: 'sk-NEW' }), wish)).toMatchObject({
      result: 'already-there',
    })
  })
})
