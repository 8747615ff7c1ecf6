import { describe, expect, test } from 'vitest'

import { API_TYPES, type ApiType } from '@/src/domain/api-types'
import { API_PROBES, CLI_PROBES, type ProbeCause } from '@/src/domain/check-run'

import { KEY, MODELS, startGateway } from './bench'

const BOTH = ['as-asked', 'always', 'never'] as const

describe.each(API_TYPES)('a good key by %s', (apiType) => {
  test.each(API_PROBES)('passes %s', async (probe) => {
    const { probe: run } = await startGateway()
    expect(await run(probe, apiType)).toMatchObject({ state: 'pass', cause: 'ok', httpStatus: 200 })
  })

  test.each(BOTH)('is read whether the site streams %s', async (stream) => {
    const { probe, desk } = await startGateway()
    desk.behaviour.stream = stream
    for (const name of ['text', 'tools', 'structured'] as const) {
      expect(await probe(name, apiType)).toMatchObject({ probe: name, state: 'pass' })
    }
    const streamed = await probe('stream', apiType)
    expect(streamed.cause).toBe(stream === 'never' ? 'not-streamed' : 'ok')
  })

  test('fails by what the model says, not by the status', async () => {
    const { probe, desk } = await startGateway()
    Object.assign(desk.behaviour, { text: 'Broken', tools: 'ignore', structured: 'ignore' })
    expect(await probe('text', apiType)).toMatchObject({
      state: 'fail',
      cause: 'wrong-text',
      detail: 'Broken',
    })
    expect((await probe('stream', apiType)).cause).toBe('wrong-text')
    expect((await probe('tools', apiType)).cause).toBe('no-tool-call')
    expect((await probe('structured', apiType)).cause).toBe('not-structured')
  })

  test('of a server that lacks a function, says so and does not blame the key', async () => {
    const { probe, desk } = await startGateway()
    Object.assign(desk.behaviour, { tools: 'refuse', structured: 'refuse' })
    const lacking = { state: 'unsupported', cause: 'parameter-unsupported', httpStatus: 400 }
    expect(await probe('tools', apiType)).toMatchObject(lacking)
    expect(await probe('structured', apiType)).toMatchObject(lacking)
    expect((await probe('text', apiType)).state).toBe('pass')
  })

  test('of a model that is not there, says so', async () => {
    const { probe } = await startGateway()
    const result = await probe('text', apiType, { model: 'nobody-9' })
    expect(result).toMatchObject({ state: 'fail', cause: 'model-not-found', httpStatus: 404 })
  })

  test('asks for few tokens', async () => {
    const { probe, desk } = await startGateway()
    await probe('text', apiType, { model: apiType === 'anthropic' ? 'claude-3-haiku' : 'gpt-4o' })
    expect(desk.calls.at(-1)?.bodyText).toMatch(/"max\w*okens":64\b/)
  })
})

describe('models of older and newer kinds', () => {
  test('a model that thinks may say more, by the name it takes', async () => {
    const { probe, desk } = await startGateway()
    expect((await probe('text', 'openai-compatible', { model: 'gpt-5.2' })).state).toBe('pass')
    expect(desk.calls.at(-1)?.body).toMatchObject({ max_completion_tokens: 1024 })
  })

  test('Claude models without schemas are given a tool to answer with', async () => {
    const { probe, desk } = await startGateway()
    const old = await probe('structured', 'anthropic', { model: 'claude-3-haiku' })
    expect(old.state).toBe('pass')
    expect(desk.calls.at(-1)?.body).toMatchObject({ tools: [{ name: 'json' }] })
    await probe('structured', 'anthropic', { model: 'claude-sonnet-4-5' })
    expect(desk.calls.at(-1)?.body).toHaveProperty('output_config')
  })

  test('a model whose name is a path stays one segment', async () => {
    const model = '../../api/user/self'
    const { probe, desk } = await startGateway({ models: [model] })
    expect((await probe('text', 'google', { model })).state).toBe('pass')
    expect(desk.calls.at(-1)?.path).toContain('/v1beta/models/..%2F')
  })
})

describe.each(CLI_PROBES)('the request of %s', (probe) => {
  const isOf = { 'claude-code': 'anthropic', codex: 'openai', 'gemini-cli': 'google' } as const
  const apiType: ApiType = isOf[probe as keyof typeof isOf]
  const lists = { anthropic: 'anthropic', openai: 'responses', google: 'google' } as const

  test('passes with a streamed tool call, and with streamed text', async () => {
    const { probe: run, desk } = await startGateway()
    expect(await run(probe, 'openai-compatible')).toMatchObject({ state: 'pass', cause: 'ok' })
    desk.behaviour.tools = 'ignore'
    expect((await run(probe, 'openai-compatible')).state).toBe('pass')
    expect(desk.calls.at(-1)?.headers['user-agent']).not.toMatch(/claude|codex|gemini/i)
  })

  test('fails where the answer is not streamed or says nothing', async () => {
    const { probe: run, desk } = await startGateway()
    desk.behaviour.stream = 'never'
    expect((await run(probe, apiType)).cause).toBe('not-streamed')
    Object.assign(desk.behaviour, { stream: 'as-asked', tools: 'ignore', text: '' })
    const silent = (await run(probe, apiType)).cause
    expect(['no-tool-call', 'unexpected-shape']).toContain(silent)
  })

  test('is unsupported without a request where the protocol is not spoken', async () => {
    const { probe: run, desk, record, network } = await startGateway()
    const endpoints = { ...record.endpoints, [lists[apiType]]: null }
    const result = await run(probe, 'openai-compatible', { record: { endpoints } })
    expect(result).toMatchObject({ state: 'unsupported', cause: 'protocol-unsupported' })
    expect([desk.calls, network.origins]).toEqual([[], []])
  })

  test('is unsupported where the server takes no tools', async () => {
    const { probe: run, desk } = await startGateway()
    desk.behaviour.tools = 'refuse'
    expect((await run(probe, apiType)).cause).toBe('parameter-unsupported')
  })

  test.each([
    'Client not allowed. Only the listed clients may use this key.',
    'Client blocked by the rules of this site',
    'claude_code_only',
    'This group only allows Claude Code clients',
    'Only official clients are served here',
    '此分组仅允许 Claude Code 客户端使用',
  ])('tells a site for official clients from a bad key: %s', async (clientsOnly) => {
    const { probe: run, desk } = await startGateway()
    desk.behaviour.clientsOnly = clientsOnly
    expect(await run(probe, apiType)).toMatchObject({
      state: 'unsupported',
      cause: 'official-clients-only',
    })
  })
})

test('the three tools are told by their marks', async () => {
  const { probe, desk } = await startGateway()
  for (const name of CLI_PROBES) await probe(name, 'openai-compatible')
  const [claude, codex, gemini] = desk.calls
  expect(claude).toMatchObject({
    path: '/v1/messages',
    query: { beta: 'true' },
    headers: {
      authorization: `Bearer ${KEY}`,
      'anthropic-version': '2023-06-01',
      'anthropic-beta': expect.stringContaining('claude-code-20250219') as string,
      'x-app': 'cli',
    },
    body: { stream: true, system: [{ type: 'text' }], model: 'claude-sonnet-4-5' },
  })
  expect(claude?.body).toHaveProperty('metadata.user_id')
  expect(codex).toMatchObject({
    path: '/v1/responses',
    headers: { accept: 'text/event-stream', originator: 'codex-tui' },
    body: { stream: true, store: false, model: 'gpt-5.2' },
  })
  expect(codex?.body).toHaveProperty('instructions')
  expect(gemini).toMatchObject({
    path: '/v1beta/models/gemini-2.5-pro:streamGenerateContent',
    query: { alt: 'sse' },
    headers: { 'x-goog-api-key': KEY },
  })
  for (const call of desk.calls) {
    expect(call.bodyText.match(/"description"/g)?.length).toBeGreaterThan(1)
  }
})

describe('which model a probe takes', () => {
  test('is the one given, then one the key is limited to, then one of the list', async () => {
    const { probe, desk } = await startGateway()
    const asked = () => (desk.calls.at(-1)?.body as { model: string }).model
    await probe('text', 'anthropic', { model: 'claude-3-haiku' })
    expect(asked()).toBe('claude-3-haiku')
    const record = { modelHint: ['gpt-4o', 'claude-3-haiku'] }
    await probe('text', 'anthropic', { record })
    expect(asked()).toBe('claude-3-haiku')
    await probe('text', 'anthropic')
    expect(asked()).toBe('claude-sonnet-4-5')
  })

  test('without any model there is nothing to try', async () => {
    const { probe, desk } = await startGateway({ models: [] })
    expect(await probe('text', 'google')).toMatchObject({ state: 'fail', cause: 'no-model-chosen' })
    expect(desk.calls).toEqual([])
  })
})

describe('endpoints of a family', () => {
  const prefixes = { chat: '', responses: '', messages: '/claude', gemini: '/gemini' }
  const endpoints = { chat: '', responses: '', anthropic: '/claude', google: '/gemini' }

  test.each(API_TYPES)('%s is looked for where it lives', async (apiType) => {
    const { probe } = await startGateway({ prefixes })
    const results = await Promise.all(
      API_PROBES.map((name) => probe(name, apiType, { record: { endpoints } })),
    )
    expect(results.map(({ cause }) => cause)).toEqual(API_PROBES.map(() => 'ok'))
  })

  test('a protocol that is not at the address fails as such', async () => {
    const { probe } = await startGateway({ prefixes: { responses: null } })
    expect(await probe('text', 'openai', { model: MODELS[0]! })).toMatchObject({
      state: 'fail',
      cause: 'endpoint-not-found',
      httpStatus: 404,
    } satisfies { state: string; cause: ProbeCause; httpStatus: number })
  })
})
