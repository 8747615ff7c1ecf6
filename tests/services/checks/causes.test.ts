import { describe, expect, onTestFinished, test } from 'vitest'

import { startSite } from '@/e2e/relays/farm'
import { createModelGateway } from '@/e2e/relays/models/gateway'
import type { Probe, ProbeCause } from '@/src/domain/check-run'
import { createHttpTransport } from '@/src/net/http-transport'
import { listModels, type ListPorts } from '@/src/services/checks/models'
import { probeModel } from '@/src/services/checks/probe'

import { sendHtml, sendJson, startLoopback } from '../../net/loopback'
import { KEY, makeRecord, startGateway, startNetwork } from './bench'

type Answer = [status: number, body: unknown]
const error = (message: string, more: object = {}) => ({ error: { message, ...more } })

describe.each<[string, Answer, ProbeCause]>([
  ['a wrong key', [401, error('Invalid token')], 'unauthorized'],
  ['a disabled key', [401, error('该令牌状态不可用', { type: 'new_api_error' })], 'unauthorized'],
  [
    'Sub2API, wrong key',
    [401, { code: 'INVALID_API_KEY', message: 'Invalid key' }],
    'unauthorized',
  ],
  ['an address outside of the list', [403, error('IP x is not allowed')], 'forbidden'],
  ['a group that is gone', [403, { code: 'GROUP_DELETED', message: 'gone' }], 'forbidden'],
  ['an exhausted key', [401, error('该令牌额度已用尽')], 'no-quota'],
  ['an exhausted key of a hub', [401, error('令牌额度已用尽 (request id: 1)')], 'no-quota'],
  ['a poor user', [403, error('no', { code: 'insufficient_user_quota' })], 'no-quota'],
  ['a poor wallet', [403, { code: 'INSUFFICIENT_BALANCE', message: 'no' }], 'no-quota'],
  ['a spent Sub2API key', [429, { code: 'API_KEY_QUOTA_EXHAUSTED', message: 'x' }], 'no-quota'],
  ['OpenAI without money', [429, error('x', { code: 'insufficient_quota' })], 'no-quota'],
  ['payment required', [402, error('pay')], 'no-quota'],
  ['too many requests', [429, error('slow down', { type: 'rate_limit_error' })], 'rate-limited'],
  ['a bare 429', [429, ''], 'rate-limited'],
  ['an unknown path', [404, error('Invalid URL (POST /v1/responses)')], 'endpoint-not-found'],
  ['plain text 404', [404, '404 page not found'], 'endpoint-not-found'],
  ['a method that is not there', [405, ''], 'endpoint-not-found'],
  [
    'a model without channel',
    [503, error('当前分组 a 下对于模型 b 无可用渠道')],
    'model-not-found',
  ],
  ['a model by code', [404, error('x', { code: 'model_not_found' })], 'model-not-found'],
  ['a model the key may not use', [403, error('该令牌无权访问模型 b')], 'model-not-found'],
  ['a full upstream', [503, error('当前分组上游负载已饱和，请稍后再试')], 'server-error'],
  ['a broken server', [500, 'oops'], 'server-error'],
  ['a time-out of the server', [408, ''], 'timeout'],
  ['a bad request', [400, error('messages: too long')], 'bad-request'],
  [
    'an error with 200',
    [200, error('Invalid token', { type: 'authentication_error' })],
    'unauthorized',
  ],
  ['a failure with 200', [200, { success: false, message: '上游错误' }], 'server-error'],
  [
    'an extension refused',
    [403, error('x', { code: 'browser_extension_blocked' })],
    'official-clients-only',
  ],
  ['JSON of something else', [200, { hello: 'world' }], 'unexpected-shape'],
  ['text', [200, 'welcome'], 'unexpected-shape'],
  ['nothing', [200, ''], 'unexpected-shape'],
])('%s', (_, [status, body], cause) => {
  test.each<Probe>(['text', 'claude-code'])(`is ${cause} to %s`, async (probe) => {
    const site = await startLoopback((__, response) => {
      if (typeof body === 'string') response.writeHead(status).end(body)
      else sendJson(response, body, status)
    })
    const { probe: run } = await startGateway()
    const result = await run(probe, 'openai-compatible', {
      model: 'm',
      record: { baseUrl: site.origin },
    })
    expect(result).toMatchObject({ cause, httpStatus: status })
    expect(site.seen).toHaveLength(1)
  })
})

describe('web pages', () => {
  test('with 200 are no endpoint', async () => {
    const { probe, desk } = await startGateway()
    desk.behaviour.html = true
    for (const name of ['text', 'stream', 'codex'] as const) {
      expect(await probe(name, 'openai-compatible')).toMatchObject({
        state: 'fail',
        cause: 'not-an-endpoint',
      })
    }
  })

  test.each<[number, string, ProbeCause]>([
    [403, '<html><title>Just a moment</title>_cf_chl_opt</html>', 'protection-page'],
    [403, '<html>blocked</html>', 'protection-page'],
    [429, '<html>slow</html>', 'protection-page'],
    [200, '<html>acw_sc__v2</html>', 'protection-page'],
    [404, '<html>nothing</html>', 'endpoint-not-found'],
    [502, '<html>bad gateway</html>', 'server-error'],
  ])('with %i (%s) are %s', async (status, html, cause) => {
    const site = await startLoopback((_, response) => sendHtml(response, html, status))
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    const result = await probe('text', 'anthropic', { model: 'm', record })
    expect(result.cause).toBe(cause)
    expect(result).not.toHaveProperty('detail')
  })
})

describe('streams', () => {
  test.each<[string, string, ProbeCause]>([
    [
      'an error event',
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n',
      'server-error',
    ],
    ['an error chunk', 'data: {"error":{"message":"slow","code":429}}\n\n', 'rate-limited'],
    ['only the end', 'data: [DONE]\n\n', 'unexpected-shape'],
    ['comments', ': ping\n\n: ping\n\n', 'unexpected-shape'],
    [
      'other line ends',
      'data: {"choices":[{"delta":{"content":"O"}}]}\r\n\r\ndata:{"choices":[{"delta":{"content":"K"}}]}\r\n\r\n',
      'ok',
    ],
    ['a cut last event', 'data: {"choices":[{"delta":{"content":"OK"}}]}\n\ndata: {"cho', 'ok'],
    [
      'a JSON error in its type',
      '{"error":{"message":"no","type":"invalid_request_error"}}',
      'bad-request',
    ],
  ])('%s', async (_, text, cause) => {
    const site = await startLoopback((__, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text)
    })
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    expect((await probe('stream', 'openai-compatible', { model: 'm', record })).cause).toBe(cause)
  })

  test('are known without their media type', async () => {
    const site = await startLoopback((_, response) => {
      response.end('data: {"choices":[{"delta":{"content":"OK"}}]}\n\n')
    })
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    expect((await probe('stream', 'openai-compatible', { model: 'm', record })).state).toBe('pass')
  })

  test('that fail in the middle of a Responses answer', async () => {
    const failed = {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'slow' } },
    }
    const site = await startLoopback((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`data: ${JSON.stringify(failed)}\n\n`)
    })
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    expect(await probe('codex', 'openai', { model: 'm', record })).toMatchObject({
      cause: 'rate-limited',
      detail: 'slow · rate_limit_exceeded',
    })
  })
})

describe('what is no answer', () => {
  const ask = async (ports: Pick<ListPorts, 'transportTo' | 'signal'>, baseUrl: string) => {
    const list = { bearerBases: new Set<string>(), ...ports }
    const { result } = await probeModel(
      { ...list, now: () => Date.now(), listOf: (...of) => listModels(list, ...of) },
      'text',
      { record: makeRecord({ baseUrl }), apiType: 'openai-compatible', model: 'm' },
    )
    return result
  }

  test('a closed port is unreachable', async () => {
    const site = await startSite(createModelGateway({ keys: [KEY], models: [] }))
    await site.close()
    const result = await ask(startNetwork(), site.origin)
    expect(result).toMatchObject({ state: 'fail', cause: 'unreachable' })
    expect(result).not.toHaveProperty('httpStatus')
  })

  test('a site without access is not asked', async () => {
    const site = await startLoopback((_, response) => sendJson(response, {}))
    const network = startNetwork(() => Promise.resolve(false))
    expect((await ask(network, site.origin)).cause).toBe('no-access')
    expect(site.seen).toEqual([])
  })

  test('an endless and a huge answer are given up', async () => {
    const site = await startLoopback((request, response) => {
      if (request.path.startsWith('/huge')) response.end('x'.repeat(9000))
    })
    const { budgets } = startNetwork()
    const transportTo = (origin: string) =>
      createHttpTransport({
        origin,
        budgets,
        now: () => Date.now(),
        timeoutMs: 300,
        maxBytes: 8000,
      })
    expect((await ask({ transportTo }, `${site.origin}/slow`)).cause).toBe('timeout')
    expect((await ask({ transportTo }, `${site.origin}/huge`)).cause).toBe('too-large')
  })

  test('a 429 of a key does not hold back the account of the same site', async () => {
    const { probe, desk, network, origin } = await startGateway()
    desk.behaviour.refusal = { status: 429, message: 'slow down' }
    expect((await probe('text', 'openai-compatible')).cause).toBe('rate-limited')
    expect(network.budgets.snapshot()[origin]?.pausedUntil).toEqual({ general: 0, critical: 0 })
    desk.reset()
    expect((await probe('text', 'openai-compatible')).state).toBe('pass')
  })

  test('a redirect is not followed: the stranger gets nothing', async () => {
    const stranger = await startLoopback((_, response) => sendJson(response, {}))
    const { probe, desk, gateway, network, origin } = await startGateway()
    desk.behaviour.redirectTo = `${stranger.origin}/v1/chat/completions`
    for (const name of ['text', 'tools', 'claude-code', 'gemini-cli'] as const) {
      const result = await probe(name, 'openai-compatible')
      expect(result).toMatchObject({ state: 'fail', cause: 'redirected' })
    }
    gateway.faults.set({ method: 'GET' }, { kind: 'redirect', to: `${stranger.origin}/v1/models` })
    for (const apiType of ['openai', 'anthropic', 'google'] as const) {
      expect((await probe('models', apiType)).cause).toBe('redirected')
    }
    expect(stranger.seen).toEqual([])
    expect(new Set(network.origins)).toEqual(new Set([origin]))
  })

  test('what was stopped says nothing of the key', async () => {
    const { probe, gateway } = await startGateway()
    gateway.faults.set({ method: 'POST' }, { kind: 'hang' })
    onTestFinished(() => gateway.faults.clear())
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 100)
    const result = await probe('text', 'openai', { model: 'gpt-4o', signal: abort.signal })
    expect(result).toMatchObject({ state: 'stopped', cause: 'stopped' })
  })
})
