import { describe, expect, test } from 'vitest'

import { createClaudeCodeRouter as createClient } from '@/src/services/exports/claude-code-router/client'

import type { Config } from '../../e2e/gateways/claude-code-router/file-server'
import { createRouterRpc } from '../../e2e/gateways/claude-code-router/rpc-server'
import { failureFrom, lineTo, makeRecord, makeWish, serve } from './support'

const PROVIDER = {
  id: 'p1',
  enabled: true,
  name: 'theirs',
  api_base_url: 'https://other.example/v1',
  api_key: 'sk-FOREIGN',
  models: ['m'],
  type: 'openai_chat_completions',
  credentials: [{ kind: 'x' }],
}
const CONFIG: Config = { Providers: [PROVIDER], Router: { default: '' }, profiles: [{ id: 1 }] }

async function start(token = 'web-token') {
  const { gateway, origin } = await serve(createRouterRpc({ config: CONFIG }))
  return { gateway, client: createClient(lineTo(origin, '', token)) }
}

describe('version 3', () => {
  test('is recognised, with its version, when it has the token', async () => {
    const { client } = await start()
    expect(await client.test()).toEqual({ version: '3.0.21', generation: 'v3' })
  })

  test('without a token leaves it to the link', async () => {
    const { client } = await start('')
    expect(await failureFrom(client.test())).toMatchObject({
      class: 'unsupported',
      reason: 'use-link',
    })
  })

  test('says that a token does not fit: it changes at each start', async () => {
    const { client } = await start('token-of-yesterday')
    expect(await failureFrom(client.test())).toMatchObject({
      class: 'login',
      reason: 'gateway-token-wrong',
    })
  })

  test('that does not know its host name says so', async () => {
    const gateway = createRouterRpc()
    const { origin } = await serve({
      ...gateway,
      // As a proxy in front of it passes requests on.
      handle: (request, response) => {
        request.headers.host = 'router.example:3458'
        gateway.handle(request, response)
      },
    })
    const client = createClient(lineTo(origin, '', 'web-token'))
    expect(await failureFrom(client.test())).toMatchObject({ reason: 'gateway-host-refused' })
  })

  test.each([
    ['openai-compatible', 'https://relay.example.com/v1', 'openai_chat_completions'],
    ['openai', 'https://relay.example.com/v1', 'openai_responses'],
    ['anthropic', 'https://relay.example.com', 'anthropic_messages'],
    ['google', 'https://relay.example.com', 'gemini_generate_content'],
  ] as const)('takes %s keys once, and keeps everything else', async (apiType, base, type) => {
    const { gateway, client } = await start()
    const wish = makeWish({ apiType })
    expect(await client.place(makeRecord(), wish)).toEqual({
      result: 'created',
      providerName: 'Example Relay',
    })
    expect(await client.place(makeRecord(), wish)).toMatchObject({ result: 'already-there' })
    const { Providers: providers, ...rest } = gateway.config()
    expect(rest).toEqual({ Router: { default: '' }, profiles: [{ id: 1 }] })
    expect(providers).toEqual([
      PROVIDER,
      {
        id: 'provider-1',
        enabled: true,
        name: 'Example Relay',
        api_base_url: base,
        api_key: 'sk-EXAMPLE',
        models: ['gpt-5.2'],
        type,
      },
    ])
  })

  test('keeps a key for chat and one for Responses apart, though their address is one', async () => {
    const { gateway, client } = await start()
    await client.place(makeRecord(), makeWish())
    await client.place(makeRecord(), makeWish({ apiType: 'openai' }))
    expect((gateway.config()['Providers'] as Config[]).map(({ name }) => name)).toEqual([
      ...['theirs', 'Example Relay', 'Example Relay-2'],
    ])
  })

  // 0 the probe, 1 the version, 2 and 3 the readings, 4 the write.
  test.each([0, 1, 2, 3])('loses nothing another client writes before request %i', async (at) => {
    const { gateway, client } = await start()
    gateway.before(at, () => {
      gateway.write({ ...CONFIG, Providers: [PROVIDER, { ...PROVIDER, id: 'p2', name: 'b' }] })
    })
    expect(await client.place(makeRecord(), makeWish())).toMatchObject({ result: 'created' })
    expect((gateway.config()['Providers'] as Config[]).map(({ name }) => name)).toEqual([
      ...['theirs', 'b', 'Example Relay'],
    ])
  })

  test('restarts when asked', async () => {
    const { gateway, client } = await start()
    expect(await client.restart?.()).toBe(true)
    expect(gateway.restarts()).toBe(1)
  })
})
