// @vitest-environment jsdom
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { answerQuestion } from '@/src/content/site-page'

const here = () => location.origin

test('only the named storage values are read', async () => {
  localStorage.setItem('user', '{"id":7}')
  localStorage.setItem('private', 'secret')
  expect(await answerQuestion({ ask: 'storage', origin: here(), keys: ['user', 'uid'] })).toEqual({
    got: 'storage',
    values: { user: '{"id":7}', uid: null },
  })
})

test('a page that has moved to another origin answers nothing', async () => {
  const elsewhere = 'https://elsewhere.example'
  expect(await answerQuestion({ ask: 'storage', origin: elsewhere, keys: ['user'] })).toEqual({
    got: 'failure',
    reason: 'moved',
  })
})

test.each(['https://evil.example/x', '//evil.example/x'])(
  'a path cannot lead to another origin: %s',
  async (path) => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    const answer = await answerQuestion({
      ask: 'fetch',
      origin: here(),
      request: { method: 'GET', path, cookies: 'include', budget: 'general' },
      timeoutMs: 100,
      maxBytes: 100,
    })
    const escaped = fetched.mock.calls.filter(
      ([target]) => target instanceof URL && target.origin !== here(),
    )
    expect(escaped).toEqual([])
    expect(answer.got).toBe('failure')
    fetched.mockRestore()
  },
)

let server: Server

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/big') response.end('x'.repeat(5000))
    else if (request.url === '/silent') response.flushHeaders()
    else response.writeHead(418, { 'content-type': 'text/plain', 'x-private': 'no' }).end('tea')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  vi.stubGlobal('location', { origin })
})

afterEach(() => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  server.close()
})

const ask = (path: string, limits: { timeoutMs?: number; maxBytes?: number } = {}) =>
  answerQuestion({
    ask: 'fetch',
    origin: location.origin,
    request: { method: 'GET', path, cookies: 'omit', budget: 'general' },
    timeoutMs: 2000,
    maxBytes: 1000,
    ...limits,
  })

test('an answer of any status comes back with the headers that matter', async () => {
  expect(await ask('/tea')).toEqual({
    got: 'response',
    status: 418,
    headers: { 'content-type': 'text/plain' },
    text: 'tea',
  })
})

test('a body over the cap and a silent server are told apart', async () => {
  expect(await ask('/big')).toEqual({ got: 'failure', reason: 'too-large' })
  expect(await ask('/silent', { timeoutMs: 50 })).toEqual({ got: 'failure', reason: 'timeout' })
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  '%s arrives with its body',
  async (method) => {
    const seen: string[] = []
    server.removeAllListeners('request')
    server.on('request', (request, response) => {
      request.on('data', (part: Buffer) => seen.push(part.toString()))
      request.on('end', () => response.end(request.method))
    })
    const answer = await answerQuestion({
      ask: 'fetch',
      origin: location.origin,
      request: { method, path: '/x', body: { a: 1 }, cookies: 'omit', budget: 'general' },
      timeoutMs: 2000,
      maxBytes: 1000,
    })
    expect(answer).toMatchObject({ got: 'response', status: 200, text: method })
    expect(seen).toEqual(['{"a":1}'])
  },
)
