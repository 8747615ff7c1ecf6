import { describe, expect, test } from 'vitest'

import { sendHtml, sendJson, startLoopback } from '../../net/loopback'
import { startGateway } from './bench'

const page = (ids: readonly string[]) => ({ data: ids.map((id) => ({ id })) })

describe('the model list', () => {
  test('of one model passes and names it', async () => {
    const { probe } = await startGateway({ models: ['gpt-5.2'] })
    const result = await probe('models', 'openai-compatible')
    expect(result).toMatchObject({ state: 'pass', detail: '1 · gpt-5.2', httpStatus: 200 })
    expect(result.latencyMs).toBeGreaterThanOrEqual(0)
  })

  test.each([[page([])], [{ object: 'list', data: null }]])('%j holds no models', async (body) => {
    const site = await startLoopback((_, response) => sendJson(response, body))
    const { probe } = await startGateway()
    const result = await probe('models', 'openai', { record: { baseUrl: site.origin } })
    expect(result).toMatchObject({ state: 'fail', cause: 'no-models' })
  })

  test('a key refused in its own header is tried as a bearer, and that is remembered', async () => {
    const { probe, gateway } = await startGateway({ bearerListsOnly: true })
    for (const apiType of ['anthropic', 'google'] as const) {
      gateway.counters.reset()
      expect((await probe('models', apiType)).state).toBe('pass')
      expect(gateway.counters.total()).toBe(2)
      expect((await probe('models', apiType)).state).toBe('pass')
      expect(gateway.counters.total()).toBe(3)
    }
  })

  test('a refused bearer is not remembered', async () => {
    const { probe, gateway } = await startGateway({ keys: ['another'] })
    expect((await probe('models', 'anthropic')).cause).toBe('unauthorized')
    expect((await probe('models', 'anthropic')).cause).toBe('unauthorized')
    expect(gateway.counters.total()).toBe(4)
  })

  test.each(['anthropic', 'google'] as const)('%s is read page by page', async (apiType) => {
    const models = Array.from({ length: 47 }, (_, at) => `claude-${at}`)
    const { probe, gateway } = await startGateway({ models, pageSize: 10 })
    expect((await probe('models', apiType)).detail).toMatch(/^47 · claude-0, /)
    expect(gateway.counters.total()).toBe(5)
  })

  test('ends after 20 pages', async () => {
    const models = Array.from({ length: 30 }, (_, at) => `claude-${at}`)
    const { probe, gateway } = await startGateway({ models, pageSize: 1 })
    expect((await probe('models', 'anthropic')).detail).toMatch(/^20 · /)
    expect(gateway.counters.total()).toBe(20)
  })

  test('without a version is found where the versioned one is not', async () => {
    const site = await startLoopback((request, response) => {
      if (request.path === '/models') sendJson(response, page(['gpt-5.2']))
      else sendJson(response, { error: { message: 'no such path' } }, 404)
    })
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    expect((await probe('models', 'openai-compatible', { record })).state).toBe('pass')
    expect(site.seen.map(({ path }) => path)).toEqual(['/v1/models', '/models'])
  })

  test('that is nowhere says where it was looked for', async () => {
    const site = await startLoopback((request, response) => {
      if (request.path === '/models') sendHtml(response, '<html>console</html>')
      else sendJson(response, { error: { message: 'no such path' } }, 404)
    })
    const { probe } = await startGateway()
    const result = await probe('models', 'openai-compatible', { record: { baseUrl: site.origin } })
    expect(result).toMatchObject({ cause: 'endpoint-not-found', httpStatus: 404 })
  })

  test('skips wildcards and names nothing twice', async () => {
    const site = await startLoopback((_, response) => {
      sendJson(response, page(['gpt-*', 'gpt-4o', 'gpt-4o', '']))
    })
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    expect((await probe('models', 'openai', { record })).detail).toBe('1 · gpt-4o')
  })

  test('of another protocol is read all the same', async () => {
    const site = await startLoopback((_, response) => {
      sendJson(response, { models: [{ name: 'models/gemini-3' }] })
    })
    const { probe } = await startGateway()
    const record = { baseUrl: site.origin }
    expect((await probe('models', 'anthropic', { record })).detail).toBe('1 · gemini-3')
  })
})
